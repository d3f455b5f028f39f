"""The schematic ground of the sheet: a net of degrees, the towns, the borders of zones, and the utility nodes.

Towns that lie beyond the sheet stand at its edge with their distance, so that every sheet says where it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import hypot

from luodi.desk import ink
from luodi.desk.land.picture import EDGE, WIDE, Ground, path
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.land.overlays import Overlay
from luodi.domain.land.plane import metres
from luodi.domain.regions.resources import Settlement, settlements
from luodi.domain.vocabulary import Text

STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
LINES = 5
MOST_TOWNS, AT_EDGE = 24, 3
SIGNS = Text(
    "▣ 设施节点　－··－ 开发区范围　○ 城镇（GeoNames，CC BY 4.0，示意）　制图 {at}",
    "▣ utility node   －··－ zone boundary   ○ town (GeoNames, CC BY 4.0, schematic)   drawn {at}",
)


@dataclass(frozen=True, slots=True)
class Station:
    """A utility node on a map: what it says on hover, and the page it opens."""

    place: tuple[float, float]
    name: str
    why: str
    href: str


def base(ground: Ground, language: str) -> str:
    """The net of degrees and the towns on the sheet, which lie beneath everything."""
    return "".join((*_net(ground), *_towns(ground, language)))


def edge(ground: Ground, language: str, made: datetime) -> str:
    """What stands above everything: towns beyond the edge, what the signs mean, where the towns are from, when it was drawn."""
    middle = ((ground.box.west + ground.box.east) / 2, (ground.box.south + ground.box.north) / 2)
    beyond = [one for one in settlements().places if not _on((one.lon, one.lat), ground)]
    beyond.sort(key=lambda one: metres((one.lon, one.lat), middle) * (0.5 if one.city else 1.0))
    towns = "".join(_at_edge(one, middle, ground, language) for one in beyond[:AT_EDGE])
    said = SIGNS[language].format(at=f"{made.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    return towns + _words(said, x=f"{WIDE - 6:g}", y=f"{ground.tall - 18:.1f}", text_anchor="end", font_size="10")


def borders(areas: Sequence[Overlay], ground: Ground, language: str) -> str:
    """The borders of zones, as lines."""
    return "".join(
        ink.linked(
            "<path" + ink.attributes(class_="border", d=path(one.boundary, ground), fill="none", stroke=ink.INK,
                                     stroke_width="1.6", stroke_dasharray="8 3 2 3") + "/>",
            href=None, why=f"{one.name[language]} · {one.document} · {one.on}",
        )
        for one in areas
    )  # fmt: skip


def stations(found: Sequence[Station], ground: Ground) -> str:
    """The utility nodes: a square with its name, which opens its page."""
    return "".join(_station(one, ground) for one in found if _on(one.place, ground))


def _net(ground: Ground) -> Iterator[str]:
    box = ground.box
    step = next((one for one in STEPS if (box.east - box.west) / one <= LINES), STEPS[-1])
    for place in range(int(box.west / step) + 1, int(box.east / step) + 1):
        x = ground.across(place * step)
        yield ink.line(
            x1=f"{x:.1f}", y1="0", x2=f"{x:.1f}", y2=f"{ground.tall:.0f}", stroke=ink.LINE, stroke_width="0.6"
        )
        yield ink.text(f"{place * step:g}°E", class_="mute", x=f"{x + 3:.1f}", y=f"{ground.tall - 4:.1f}", font_size="9",
                       fill=ink.MUTE)  # fmt: skip
    for place in range(int(box.south / step) + 1, int(box.north / step) + 1):
        y = ground.down(place * step)
        yield ink.line(x1="0", y1=f"{y:.1f}", x2=f"{WIDE:g}", y2=f"{y:.1f}", stroke=ink.LINE, stroke_width="0.6")
        yield ink.text(f"{place * step:g}°N", class_="mute", x="3", y=f"{y - 3:.1f}", font_size="9", fill=ink.MUTE)


def _towns(ground: Ground, language: str) -> Iterator[str]:
    known = settlements().places
    inside = [one for one in known if _on((one.lon, one.lat), ground)][:MOST_TOWNS]
    for one in inside:
        x, y = ground.across(one.lon), ground.down(one.lat)
        mark = ink.attributes(cx=f"{x:.1f}", cy=f"{y:.1f}", r="4" if one.city else "2.6", fill=ink.CARD, stroke=ink.INK)
        yield f"<circle{mark}/>" + ink.text(
            one.name[language], class_="ink", x=f"{x + 6:.1f}", y=f"{y + 4:.1f}", font_size="13" if one.city else "11",
            fill=ink.INK,
        )  # fmt: skip


def _at_edge(one: Settlement, middle: tuple[float, float], ground: Ground, language: str) -> str:
    """A town beyond the sheet: an arrow at the edge, in its direction, with its distance from the middle."""
    x, y = ground.across(one.lon), ground.down(one.lat)
    cx, cy = WIDE / 2, ground.tall / 2
    share = min((cx - EDGE) / max(abs(x - cx), 1e-9), (cy - EDGE) / max(abs(y - cy), 1e-9))
    ex, ey = cx + (x - cx) * share, cy + (y - cy) * share
    far = hypot(x - cx, y - cy)
    ux, uy = (x - cx) / far, (y - cy) / far
    tip = f"M{ex:.1f} {ey:.1f} L{ex - 9 * ux - 4 * uy:.1f} {ey - 9 * uy + 4 * ux:.1f} "
    tip += f"L{ex - 9 * ux + 4 * uy:.1f} {ey - 9 * uy - 4 * ux:.1f}Z"
    side = "end" if ex > WIDE * 0.85 else "start" if ex < WIDE * 0.15 else "middle"
    said = f"{one.name[language]} {metres((one.lon, one.lat), middle) / 1000:,.0f} km"
    return "<path" + ink.attributes(d=tip, fill=ink.MUTE) + "/>" + _words(
        said, x=f"{ex - 14 * ux:.1f}", y=f"{ey - 16 * uy + 4:.1f}", text_anchor=side, font_size="11"
    )  # fmt: skip


def _words(said: str, **where: str) -> str:
    """Words that stay readable above anything."""
    return ink.text(
        said, class_="mute", fill=ink.MUTE, stroke=ink.CARD, stroke_width="3", paint_order="stroke", **where
    )


def _station(one: Station, ground: Ground) -> str:
    x, y = ground.across(one.place[0]), ground.down(one.place[1])
    mark = ink.rect(class_="station", x=f"{x - 5:.1f}", y=f"{y - 5:.1f}", width="10", height="10", fill=ink.CARD,
                    stroke=ink.INK, stroke_width="1.6")  # fmt: skip
    bolt = ink.rect(x=f"{x - 2:.1f}", y=f"{y - 2:.1f}", width="4", height="4", fill=ink.INK)
    left = x > WIDE * 0.8
    said = _words(
        one.name, x=f"{x - 9 if left else x + 9:.1f}", y=f"{y + 4:.1f}", text_anchor="end" if left else "start", font_size="11"
    )  # fmt: skip
    return ink.linked(mark + bolt + said, href=one.href, why=one.why)


def _on(place: tuple[float, float], ground: Ground) -> bool:
    box = ground.box
    return box.west <= place[0] <= box.east and box.south <= place[1] <= box.north
