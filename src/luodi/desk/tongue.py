"""Which of the two languages this page speaks."""

from django.utils.translation import get_language


def language() -> str:
    """`en` or `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"
