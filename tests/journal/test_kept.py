"""The database itself refuses to change or remove what is recorded, whoever asks."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from tests.journal.people import AT, WANG, reading

from luodi.journal import actions
from luodi.journal.models import Checkpoint, Entry

pytestmark = pytest.mark.django_db
KEY = "11" * 32


@pytest.fixture
def kept():
    """A record with one entry and one checkpoint, kept by the database's own triggers."""
    actions.append(chain="project:jinko", kind="page.read", by=WANG, at=AT, zone="zonggai", payload=reading())
    actions.checkpoint(zone="*", at=AT, key=KEY)
    assert apps.is_installed("luodi.journal")


@pytest.mark.parametrize("table", [Entry, Checkpoint])
@pytest.mark.parametrize("act", ["update", "delete", "sql_update", "sql_delete"])
def test_no_row_can_be_changed_or_removed(kept, table, act):
    name = table._meta.db_table

    def do():
        if act == "update":
            table.objects.update(zone="other")
        elif act == "delete":
            table.objects.all().delete()
        else:
            with connection.cursor() as cursor:
                verb = f"UPDATE {name} SET zone = 'x'" if act == "sql_update" else f"DELETE FROM {name}"  # noqa: S608
                cursor.execute(verb)

    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        do()
    assert table.objects.filter(zone__in=("zonggai", "*")).count() == 1
