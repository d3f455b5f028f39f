"""A plot drawn from its corners alone: no map, no foreign host; north is up, with a measure beside it."""

from math import cos, radians

from markupsafe import Markup

from luodi.domain.facts.boundary import Boundary

SIDE, EDGE = 260.0, 14.0
DEGREE = 111_320.0  # metres of a degree of latitude
MEASURES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


def picture(boundary: Boundary, label: str) -> Markup:
    """The drawing as SVG, 288 wide at most."""
    rings = [_metres(ring, boundary) for rings in boundary.polygons for ring in rings]
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    wide, tall = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    scale = SIDE / max(wide, tall)

    def point(x: float, y: float) -> str:
        return f"{EDGE + (x - min(xs)) * scale:.1f} {EDGE + (max(ys) - y) * scale:.1f}"

    paths = " ".join("M" + " L".join(point(x, y) for x, y in ring[:-1]) + "Z" for ring in rings)
    corners = [point(x, y).split() for ring in rings for x, y in ring[:-1]]
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.2"/>' for x, y in corners) if len(corners) <= 60 else ""
    bottom = EDGE + tall * scale
    size = max((one for one in MEASURES if one * scale <= SIDE / 3), default=1)
    end = EDGE + size * scale
    return Markup(  # noqa: S704 - numbers, and one escaped label
        f'<svg class="plot" viewBox="0 0 {wide * scale + 2 * EDGE:.0f} {bottom + 34:.0f}" '
        f'width="{wide * scale + 2 * EDGE:.0f}" role="img" aria-label="{Markup.escape(label)}">'
        f'<path class="land" fill-rule="evenodd" d="{paths}"/><g class="corner">{dots}</g>'
        f'<path class="measure" d="M{EDGE} {bottom + 14:.1f}v5H{end:.1f}v-5"/>'
        f'<text class="mute" x="{end + 5:.1f}" y="{bottom + 21:.1f}" font-size="11">{size} m</text></svg>'
    )


def _metres(ring: tuple[tuple[float, float], ...], boundary: Boundary) -> list[tuple[float, float]]:
    if boundary.metric:
        return list(ring)
    narrow = cos(radians(ring[0][1]))
    return [(x * DEGREE * narrow, y * DEGREE) for x, y in ring]
