"""The invented organisations and people of the demo (`data/samples_org/`)."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from luodi.accounts import actions, readers
from luodi.accounts.acting import Acting
from luodi.accounts.own_views import DEMO_PASSWORD
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data

DOCUMENT = "示例任命"


@transaction.atomic
def load(*, by: Acting, at: datetime) -> int:
    """Record what is not recorded yet; how many organisations and people were new.  Raises `BadInput` for a bad file."""
    return load_organisations(by=by, at=at) + load_people(by=by, at=at)


def load_organisations(*, by: Acting, at: datetime) -> int:
    """The organisations of the file that are not recorded."""
    known = {one.code for one in readers.organisations()}
    faults = Faults("samples_org/organisations.yaml")
    rows = ask.row(read_data("samples_org/organisations.yaml", faults), faults)
    new = 0
    for code, row in ask.rows(rows):
        values = {
            "kind": ask.text(row, "kind"),
            "name": ask.pair(row),
            "zone": ask.text(row, "zone", ""),
            "unit": ask.text(row, "unit", ""),
            "parent": ask.text(row, "parent", None),
            "starts": ask.day(row, "starts"),
            "ends": ask.day(row, "ends", None),
        }
        ask.close(row)
        faults.settle()
        if code not in known:
            actions.record_organisation(code=code, sample=True, by=by, at=at, **values)  # type: ignore[arg-type]
            new += 1
    return new


def load_people(*, by: Acting, at: datetime) -> int:
    """The people of the file that are not recorded, with their posts."""
    units = {one.code: one.id for one in readers.organisations()}
    faults = Faults("samples_org/people.yaml")
    rows = ask.row(read_data("samples_org/people.yaml", faults), faults)
    new, hashed = 0, ""
    for username, row in ask.rows(rows):
        name, telephone = ask.text(row, "name"), ask.code(row, "telephone", "")
        posts = [
            (ask.text(one, "kind"), ask.choice(one, "organisation", units), ask.day(one, "starts"))
            for one in ask.children(row, "posts")
        ]
        ask.close(row)
        faults.settle()
        if readers.person(username) is not None:
            continue
        hashed = hashed or make_password(DEMO_PASSWORD)  # one hash for all: each costs a tenth of a second
        person = actions.record_person(
            username=username, name=name, telephone=telephone if settings.SEALING_KEY else "", hashed=hashed, sample=True,
            by=by, at=at,
        )  # fmt: skip
        for kind, code, starts in posts:
            actions.appoint(
                person=person, organisation=units[code], kind=kind, starts=starts, document=DOCUMENT, by=by, at=at
            )
        new += 1
    return new
