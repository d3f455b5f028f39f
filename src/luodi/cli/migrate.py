"""`luodi migrate`: bring the tables of the configured database up to date."""

import argparse
import os

from luodi.domain.vocabulary import Refusal


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi migrate`."""
    parser = commands.add_parser("migrate", help="更新数据库表 / bring the database's tables up to date")
    parser.set_defaults(func=run)


def run(_args: argparse.Namespace) -> int:
    """Apply what is not applied yet and load the registry of zones.  Raises `Refusal` when the database refuses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    django.setup()
    try:
        call_command("migrate", verbosity=1, interactive=False)
    except DatabaseError as error:
        raise Refusal("database_refused", reason=str(error)) from error
    return 0
