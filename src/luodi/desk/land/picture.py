"""Parcels drawn to scale by the server: north up, coloured by state, intensity or vacancy, with what lies over them.

The colours stand in `assets/land.css` by class; a fill is given too, so that the drawing means the same printed by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from luodi.desk import ink
from luodi.domain.facts.boundary import Boundary
from luodi.domain.land.plane import Box, around, box
from luodi.domain.vocabulary import Text

WIDE, EDGE = 1000.0, 16.0
DEGREE = 111_195.0  # metres of a degree of latitude
MEASURES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
LABELS = 40
"""Parcels up to which each carries its number."""

FILLS: Mapping[str, str] = {
    "raw": ink.SLATE_SOFT, "net": ink.JADE_SOFT, "listed": ink.AMBER_SOFT, "supplied": ink.SLATE, "delivered": ink.JADE,
    "met": ink.JADE_SOFT, "short": ink.SEAL_SOFT, "unknown": ink.FAINT, "vacant": ink.AMBER_SOFT, "full": ink.JADE_SOFT,
    "none": ink.FAINT,
}  # fmt: skip
OVER: Mapping[str, tuple[str, str | None]] = {
    "blocks": (ink.SEAL, None), "adds": (ink.AMBER, "5 3"), "paper": (ink.AMBER, "2 2"), "limits": (ink.MUTE, "5 3"),
    "covers": (ink.JADE, "5 3"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patch:
    """A parcel to draw: its colour by `kind`, what it says on hover, and where it leads ("": nowhere)."""

    boundary: Boundary
    kind: str
    label: str
    why: str
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Veil:
    """An area over the parcels, drawn by its effect."""

    boundary: Boundary
    effect: str
    why: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Degrees to the sheet: even in all directions at the middle of the box."""

    box: Box
    narrow: float
    scale: float

    @property
    def tall(self) -> float:
        """The height of the sheet."""
        return (self.box.north - self.box.south) * DEGREE * self.scale + 2 * EDGE

    def point(self, x: float, y: float) -> str:
        """A corner on the sheet."""
        return f"{self.across(x):.1f} {self.down(y):.1f}"

    def across(self, x: float) -> float:
        """From the left edge."""
        return EDGE + (x - self.box.west) * DEGREE * self.narrow * self.scale

    def down(self, y: float) -> float:
        """From the upper edge."""
        return EDGE + (self.box.north - y) * DEGREE * self.scale


Drawing = Callable[[Ground], str]


def nothing(_ground: Ground) -> str:
    """No drawing."""
    return ""


def draw(
    patches: Sequence[Patch], veils: Sequence[Veil], label: Text, language: str, focus: Boundary | None = None, *,
    under: Drawing = nothing, over: Drawing = nothing, boxes: tuple[Box, ...] = (),
) -> str:  # fmt: skip
    """The drawing as SVG, 1000 wide; there is at least one patch or box.  `focus`: that parcel fills a third, the rest is cut.

    `under` and `over` draw beneath the patches and above all; `boxes`: what must be on the sheet beside the patches.
    """
    around_all = (*(box(one.boundary) for one in patches), *boxes)
    ground = laid(around_all if focus is None else (widened(box(focus)),))
    parts = [_patch(one, ground, named=len(patches) <= LABELS) for one in patches]
    near = [one for one in veils if box(one.boundary).meets(ground.box)]
    clip = f'<clipPath id="sheet"><rect width="{WIDE:g}" height="{ground.tall:.0f}"/></clipPath>'
    veiled = "".join(_veil(one, ground) for one in near)
    cut = 'clip-path="url(#sheet)"'
    inside = (
        f'<defs>{clip}</defs><g class="ground" {cut}>{under(ground)}</g><g class="patches" {cut}>{"".join(parts)}</g>'
        f'<g class="veils" {cut}>{veiled}</g><g class="marks" {cut}>{over(ground)}</g>'
    )
    return ink.sheet(
        inside + _measure(ground, language), width="100%", height=ground.tall + 26,
        view=f"0 0 {WIDE:g} {ground.tall + 26:.0f}", label=label[language], class_="land-map",
    )  # fmt: skip


def widened(inner: Box) -> Box:
    """A box with two thirds of its size around it on every side."""
    wide, tall = (inner.east - inner.west) * 0.67, (inner.north - inner.south) * 0.67
    return Box(inner.west - wide, inner.south - tall, inner.east + wide, inner.north + tall)


def laid(boxes: tuple[Box, ...]) -> Ground:
    """The ground under boxes, with a margin; never flatter than a third of its width."""
    whole = around(boxes)
    middle = (whole.south + whole.north) / 2
    narrow = cos(radians(middle))
    wide, tall = (whole.east - whole.west) * DEGREE * narrow, (whole.north - whole.south) * DEGREE
    size = max(wide, tall * 1.6, 100.0) * 1.06
    half_x, half_y = size / 2 / DEGREE / narrow, max(tall * 1.06, size / 3) / 2 / DEGREE
    centre = (whole.west + whole.east) / 2
    room = Box(centre - half_x, middle - half_y, centre + half_x, middle + half_y)
    return Ground(room, narrow, (WIDE - 2 * EDGE) / size)


def path(boundary: Boundary, ground: Ground) -> str:
    """The rings of a boundary on the sheet."""
    return " ".join(
        "M" + " L".join(ground.point(x, y) for x, y in ring[:-1]) + "Z" for rings in boundary.polygons for ring in rings
    )


def _patch(one: Patch, ground: Ground, *, named: bool) -> str:
    shape = "<path" + ink.attributes(
        class_=f"patch {one.kind}{' here' if one.here else ''}", d=path(one.boundary, ground), fill_rule="evenodd",
        fill=FILLS.get(one.kind, ink.FAINT), stroke=ink.INK if one.here else ink.MUTE,
        stroke_width="2.2" if one.here else "0.8",
    ) + "/>"  # fmt: skip
    if named:
        where = box(one.boundary)
        shape += ink.text(
            one.label, class_="ink", x=f"{(ground.across(where.west) + ground.across(where.east)) / 2:.1f}",
            y=f"{(ground.down(where.south) + ground.down(where.north)) / 2 + 4:.1f}", text_anchor="middle", font_size="12",
            fill=ink.INK,
        )  # fmt: skip
    return ink.linked(shape, href=one.href or None, why=one.why)


def _veil(one: Veil, ground: Ground) -> str:
    stroke, dashes = OVER[one.effect]
    shape = "<path" + ink.attributes(
        class_=f"veil {one.effect}", d=path(one.boundary, ground), fill_rule="evenodd", fill=stroke, fill_opacity="0.07",
        stroke=stroke, stroke_width="1.4", stroke_dasharray=dashes,
        pointer_events="visibleStroke",
    ) + "/>"  # fmt: skip
    return ink.linked(shape, href=None, why=one.why)


def _measure(ground: Ground, language: str) -> str:
    size = max((one for one in MEASURES if one * ground.scale <= WIDE / 4), default=MEASURES[0])
    end, level = EDGE + size * ground.scale, ground.tall + 8
    said = f"{size / 1000:g} km" if size >= 1000 else f"{size} m"
    north = {"zh": "北向上", "en": "north is up"}["en" if language.startswith("en") else "zh"]
    bar = "<path" + ink.attributes(class_="measure", d=f"M{EDGE:g} {level - 5:.1f}v5H{end:.1f}v-5", fill="none",
                                   stroke=ink.MUTE) + "/>"  # fmt: skip
    return bar + ink.text(f"{said} · {north}", class_="mute", x=f"{end + 8:.1f}", y=f"{level + 3:.1f}", font_size="11",
                          fill=ink.MUTE)  # fmt: skip
