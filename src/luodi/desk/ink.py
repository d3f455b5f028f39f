"""The few colours of the desk and the small marks of SVG, so that every drawing means the same by them.

No Django here: the terminal, the page and the printed sheet draw with the same functions.
"""

from html import escape

INK, MUTE, PAPER, CARD, LINE, FAINT = "#1f2328", "#6b7280", "#faf9f6", "#ffffff", "#e5e2da", "#f1efe9"
SEAL, SEAL_SOFT = "#b3261e", "#f6e4e2"
JADE, JADE_SOFT = "#1f7a5c", "#dfeee8"
SLATE, SLATE_SOFT = "#9aa7b4", "#e6eaee"
AMBER, AMBER_SOFT = "#b7791f", "#f5e8cf"
FONT = "Noto Sans SC Variable, Noto Sans SC, sans-serif"


def attributes(**values: object) -> str:
    """SVG attributes, escaped; `class_` and `stroke_width` are written `class` and `stroke-width`, None is left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for name, value in values.items()
        if value is not None
    )


def rect(**values: object) -> str:
    """A rectangle."""
    return f"<rect{attributes(**values)}/>"


def line(**values: object) -> str:
    """A line."""
    return f"<line{attributes(**values)}/>"


def text(content: str, **values: object) -> str:
    """A line of text."""
    return f"<text{attributes(**values)}>{escape(content)}</text>"


def linked(inside: str, *, href: str | None, why: str) -> str:
    """Marks that say why on hover and focus, and open a page where there is one."""
    title = f"<title>{escape(why)}</title>"
    if href is None:
        return f"<g>{title}{inside}</g>"
    return f"<a{attributes(href=href, aria_label=why)}>{title}{inside}</a>"


def sheet(inside: str, *, width: str, height: float, view: str | None, label: str, class_: str) -> str:
    """The whole drawing."""
    head = attributes(
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        width=width,
        height=f"{height:g}",
        viewBox=view,
        role="img" if "<a" not in inside else "group",
        aria_label=label,
        font_family=FONT,
        font_size="12",
    )
    return f"<svg{head}>{inside}</svg>"
