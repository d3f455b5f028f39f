"""How values are written into logs: moments, numbers, and text without what XML cannot hold."""

import re
from datetime import datetime
from xml.sax.saxutils import quoteattr

from luodi.domain.clock.office import SHANGHAI
from luodi.exchange.logs.log import Value

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 file may hold."""
PLAIN = re.compile('[^&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]*')
"""Text that stands in quotes as it is: nearly all."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def moment(at: datetime) -> str:
    """A moment with milliseconds and its zone, in Shanghai's time."""
    return at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")


def plain(value: Value) -> str:
    """A value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return moment(value) if isinstance(value, datetime) else str(value)


def quoted(text: str) -> str:
    """Text as an XML attribute in its quotes; what XML cannot hold becomes the replacement character."""
    if PLAIN.fullmatch(text):
        return f'"{text}"'
    return quoteattr(FORBIDDEN.sub("\ufffd", text))


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
