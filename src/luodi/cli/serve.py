"""`luodi migrate` and `luodi serve`: the office's own server, as docs/production.md sets it up."""

import argparse
import importlib
import os

from luodi.domain.vocabulary import Refusal


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi serve`."""
    parser = commands.add_parser("serve", help="正式运行 / serve an office (docs/production.md)")
    parser.add_argument("--host", default="127.0.0.1", help="地址 / address (127.0.0.1: nginx stands before it)")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--workers", type=int, default=2, help="进程数 / processes (2)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Serve with one thread in each process until told to stop.  Raises `Refusal` where a secret is missing."""
    needed("LUODI_SECRET_KEY", "LUODI_SEALING_KEY", "LUODI_DATABASE_URL", "LUODI_ALLOWED_HOSTS")
    from luodi.cli.demo import PAGES, free, serve

    free(args.host, args.port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    import django

    django.setup()
    importlib.import_module(PAGES)  # a fault stops the start in plain sight
    serve(args.host, args.port, workers=args.workers)
    return 0


def needed(*settings: str) -> None:
    """Refuse to serve people on defaults that are only safe for a demo; names all that are missing at once."""
    missing = [name for name in settings if not os.environ.get(name)]
    if missing:
        raise Refusal("setting_missing", settings=", ".join(missing))
