"""One matter among its neighbours: what it waits for on the left, what waits for it on the right."""

from luodi.desk import ink
from luodi.desk.charting import words
from luodi.domain.catalogue.matters import Catalogue, Matter

BOX, STEP, WIDE, GAP = 26, 34, 236, 88


def waited_for_by(matter: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The matters and milestones that name this one among what they wait for."""
    later = [other.id for other in catalogue.matters.values() if matter in (*other.requires, *other.starts_with)]
    later += [stone.id for stone in catalogue.milestones.values() if matter in (*stone.requires, *stone.any_of)]
    return tuple(later)


def draw(matter: Matter, catalogue: Catalogue, language: str) -> str:
    """The small graph as an SVG string."""
    before = tuple(dict.fromkeys((*matter.requires, *matter.starts_with)))
    after = waited_for_by(matter.id, catalogue)
    tall = max(len(before), len(after), 1)
    height, width = tall * STEP + 8, WIDE * 3 + GAP * 2
    middle = height / 2
    out = []
    for side, ids in (("before", before), ("after", after)):
        offset = (tall - len(ids)) * STEP / 2 + 4
        for place, id_ in enumerate(ids):
            y = offset + place * STEP + BOX / 2
            dashed = "3 3" if side == "before" and id_ in matter.starts_with else None
            out.append(link(side, y, middle, dashed))
            out.append(box(id_, 0.5 if side == "before" else WIDE * 2 + GAP * 2 - 0.5, y, catalogue, language))
    out.append(centre(matter.name[language], middle, language))
    return ink.sheet(
        "".join(out),
        width=f"{width}",
        height=height,
        view=f"0 0 {width} {height}",
        label=matter.name[language],
        class_="graph",
    )


def centre(label: str, middle: float, language: str) -> str:
    """The matter itself."""
    x, top = WIDE + GAP, middle - BOX / 2
    drawn = ink.rect(class_="box here", x=x, y=top, width=WIDE, height=BOX, rx=4, fill=ink.SEAL_SOFT, stroke=ink.SEAL)
    place = {"x": x + WIDE / 2, "y": middle + 4.5, "text_anchor": "middle"}
    return drawn + ink.text(clip(label, language), class_="here", **place, fill=ink.SEAL, font_weight="600")


def link(side: str, y: float, middle: float, dashed: str | None) -> str:
    """A curve between a neighbour and the matter; dashed where it may start together."""
    x1, x2 = (WIDE, WIDE + GAP) if side == "before" else (WIDE * 2 + GAP, WIDE * 2 + GAP * 2)
    y1, y2 = (y, middle) if side == "before" else (middle, y)
    bend = (x1 + x2) / 2
    way = ink.attributes(
        class_="edge",
        d=f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}",
        fill="none",
        stroke=ink.SLATE,
        stroke_dasharray=dashed,
    )
    return f"<path{way}/>"


def box(id_: str, x: float, y: float, catalogue: Catalogue, language: str) -> str:
    """A neighbour, opening its page; a milestone has round ends and no page."""
    stone = id_ in catalogue.milestones
    label = words.name(id_, catalogue, language)
    drawn = ink.rect(
        class_="box",
        x=x,
        y=y - BOX / 2,
        width=WIDE,
        height=BOX,
        rx=13 if stone else 4,
        fill=ink.CARD,
        stroke=ink.JADE if stone else ink.LINE,
    )
    drawn += ink.text(
        clip(label, language), class_="ink", x=x + WIDE / 2, y=y + 4.5, text_anchor="middle", fill=ink.INK
    )
    return ink.linked(drawn, href=None if stone else f"/handbook/{id_}/", why=label)


def clip(label: str, language: str) -> str:
    """A name short enough for its box."""
    length = 34 if language.startswith("en") else 17
    return label if len(label) <= length else label[: length - 1] + "…"
