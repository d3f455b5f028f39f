"""What each reform is worth, drawn: from the days before reform, lever by lever, down to the days after."""

from dataclasses import dataclass
from fractions import Fraction

from luodi.desk import ink
from luodi.desk.charting import words
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.levers import LeverWorth
from luodi.domain.vocabulary import Text

ROW, TOP, NAMES, TAIL = 26, 6, 168, 70
COLOURS = {"total": ink.SLATE, "saved": ink.JADE, "cost": ink.SEAL}
BEFORE, AFTER = Text("改革前", "Before reform"), Text("全部改革", "All reforms")
NONE_ON, ALL_ON = Text("不用任何举措", "No lever on"), Text("全部举措到位", "Every lever on")
TITLE, DAYS = Text("天数瀑布图", "Waterfall of days"), Text("天", "d")


@dataclass(frozen=True, slots=True)
class Fall:
    """A bar of the chart, in days: from `left` to `right` of the scale, the figure beside it, and why."""

    id: str
    label: str
    low: Fraction
    high: Fraction
    figure: str
    why: str
    kind: str  # total | saved | cost


def falls(worth: LeverWorth, catalogue: Catalogue, language: str) -> tuple[Fall, ...]:
    """The bars from before to after, the largest share first; shares are exact and sum to the days saved."""
    left = Fraction(worth.total_before)
    bars = [total("before_reform", worth.total_before, BEFORE, NONE_ON, language)]
    for lever in sorted(worth.shares, key=lambda key: -worth.shares[key]):
        share = worth.shares[lever]
        low, high = sorted((left, left - share))
        sign = "−" if share > 0 else "+" if share < 0 else ""
        beside = f"{sign}{figure(abs(share))}{words.THIN}{DAYS[language]}"
        name = catalogue.levers[lever].name[language]
        why = reason(worth, lever, catalogue, language)
        bars.append(Fall(lever, name, low, high, beside, why, "saved" if share >= 0 else "cost"))
        left -= share
    bars.append(total("reform", worth.total_after, AFTER, ALL_ON, language))
    return tuple(bars)


def total(id_: str, days: int, label: Text, why: Text, language: str) -> Fall:
    """The first and the last bar: all the days."""
    return Fall(id_, label[language], Fraction(0), Fraction(days), words.days(days, language), why[language], "total")


def reason(worth: LeverWorth, lever: str, catalogue: Catalogue, language: str) -> str:
    """The figures of a lever in words, and what it changes."""
    rule, share = catalogue.levers[lever], figure(worth.shares[lever])
    alone, last = worth.one_at_a_time[lever], worth.last_in[lever]
    if language.startswith("en"):
        figures = f"fair share {share} days; alone saves {alone}; lost if it alone is dropped {last}"
        return f"{rule.name.en}: {figures}. {rule.meaning.en}"
    return f"{rule.name.zh}：公平分摊 {share} 天；单独使用省 {alone} 天；唯独不用它多 {last} 天。{rule.meaning.zh}"


def figure(share: Fraction) -> str:
    """A share with one decimal where it has one."""
    rounded = round(float(share), 1)
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"


def draw(worth: LeverWorth, catalogue: Catalogue, language: str, *, width: float = 760.0) -> str:
    """The waterfall as an SVG string."""
    bars = falls(worth, catalogue, language)
    scale = (width - NAMES - TAIL) / float(max([*(bar.high for bar in bars), Fraction(1)]))
    height = TOP * 2 + ROW * len(bars)
    out = []
    for place, bar in enumerate(bars):
        drawn = one(bar, TOP + ROW * place, scale, last=place + 1 == len(bars))
        href = f"/handbook/#lever-{bar.id}" if bar.id in catalogue.levers else None
        out.append(ink.linked(drawn, href=href, why=bar.why))
    view = f"0 0 {width:g} {height}"
    return ink.sheet(
        "".join(out), width=f"{width:g}", height=height, view=view, label=TITLE[language], class_="waterfall"
    )


def one(bar: Fall, y: float, scale: float, *, last: bool) -> str:
    """A row: name, bar, figure, and the hairline down to the next row."""
    x, end = NAMES + float(bar.low) * scale, NAMES + float(bar.high) * scale
    length = max(1.5, end - x)
    weight = "600" if bar.kind == "total" else None
    beside = {"x": f"{x + length + 6:.2f}", "y": y + 17, "fill": ink.JADE if bar.kind == "saved" else ink.INK}
    box = {"x": f"{x:.2f}", "y": y + 6, "width": f"{length:.2f}", "height": 14, "rx": 1.5}
    drawn = ink.text(bar.label, class_="ink", x=0, y=y + 17, fill=ink.INK, font_weight=weight, font_size="12.5")
    drawn += ink.rect(class_=f"fall {bar.kind}", **box, fill=COLOURS[bar.kind])
    drawn += ink.text(bar.figure, class_=f"figure {bar.kind}", **beside, font_size="11.5")
    if not last:
        edge = f"{x if bar.kind == 'saved' else end:.2f}"
        drawn += ink.line(class_="month", x1=edge, x2=edge, y1=y + 20, y2=y + 32, stroke=ink.LINE)
    return drawn
