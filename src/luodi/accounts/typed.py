"""What somebody typed into a form, read as what it should be."""

from datetime import date

from luodi.domain.vocabulary import Refusal


def whole(written: str) -> int:
    """A number of a form.  Raises `Refusal` for anything else."""
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise Refusal("choice_missing")
    return int(written)


def day(written: str) -> date:
    """A day, 2026-11-21.  Raises `Refusal` for anything else."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise Refusal("date_unreadable", value=written[:40]) from None


def day_or_none(written: str) -> date | None:
    """A day, or nothing where nothing was typed."""
    return day(written) if written.strip() else None
