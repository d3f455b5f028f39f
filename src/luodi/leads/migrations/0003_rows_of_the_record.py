"""So that a lead can be shown as it stood: corrections, landings and reports of before, from the record as dated rows."""

import json
from typing import Any

from django.db import migrations


def rows_of_the_record(apps: Any, _editor: object) -> None:
    """What the record says of earlier acts, as the rows and columns that say it from now on."""
    leads, turns, meetings = (apps.get_model("leads", name) for name in ("Lead", "Turn", "Meeting"))
    entries = apps.get_model("journal", "Entry").objects.order_by("at", "id")
    for entry in entries.filter(kind__in=("lead.amended", "lead.landed")).iterator():
        payload = json.loads(entry.payload)
        row = leads.objects.filter(pk=payload["lead"]).first()
        if row is None:
            continue
        row.seq += 1
        row.save(update_fields=("seq",))
        landed = entry.kind == "lead.landed"
        turns.objects.create(
            lead=row, seq=row.seq, kind="landed" if landed else "facts", on=entry.at.date(), who=entry.who, at=entry.at,
            word=payload["project"][:32] if landed else "",
            text="" if landed else json.dumps(payload["was"], ensure_ascii=False),
        )  # fmt: skip
    for entry in entries.filter(kind="meeting.reported").iterator():
        meetings.objects.filter(pk=json.loads(entry.payload)["meeting"]).update(reported=entry.at)


class Migration(migrations.Migration):
    dependencies = (("leads", "0002_standing"), ("journal", "0002_kept"))

    operations = (migrations.RunPython(rows_of_the_record, migrations.RunPython.noop),)
