"""`luodi site`: which recorded parcels suit a project, each explained, and why it cannot have the others."""

import argparse
import os
from typing import TYPE_CHECKING

from luodi.cli.reaching import add_language
from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from luodi.domain.land.siting import Candidate
    from luodi.land.siting import Sited


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi site`."""
    parser = commands.add_parser("site", help="为项目选址 / which recorded parcels suit a project, and why")
    parser.add_argument("projects", metavar="PROJECT", nargs="+", help="已登记项目的代号 / recorded projects")
    parser.add_argument("--budget", type=float, metavar="万元", help="土地费用上限 / the most a project pays for land")
    add_language(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print the candidates of each project; of several also who goes where.  3 where nobody finds a parcel."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")

    import django
    from django.utils import timezone

    django.setup()
    from luodi.desk.land.nodes_near import node_places
    from luodi.desk.land.quota_left import land_left
    from luodi.land import siting
    from luodi.projects import readers as projects

    today = timezone.localdate()
    left = land_left(today.year)
    found = []
    for slug in args.projects:
        project = projects.project(slug)
        if project is None:
            raise Refusal("project_unknown", slug=slug)
        told = siting.candidates(
            project.file, slug=slug, reach=None, on=today, budget=args.budget, left=left, nodes=node_places()
        )
        found.append(told)
    if not any(one.candidates for one in found):
        raise Refusal("site_no_parcels")
    for one in found:
        _print(one, args.lang)
    if len(found) > 1:
        _print_together(found, args.lang)
    return 0 if any(not each.reasons for one in found for each in one.candidates) else 3


def _print(found: "Sited", language: str) -> None:
    need, english = found.need, language == "en"
    print(f"{need.name[language]}  {need.mu:,.2f} {'mu' if english else '亩'}  {need.industry}")
    for one in found.candidates:
        mark = "×" if one.reasons else "◆" if one.best else "·"
        parcel = one.site.parcel
        print(f" {mark} {parcel.number} {parcel.name[language]}  {_figures(one, english=english)}")
        for why in one.reasons or one.must:
            print(f"     {why[language]}")
        if one.beaten_by:
            print(
                f"     {one.beaten_by} "
                + ("is nowhere worse, and somewhere better." if english else "处处不差，且有更好之处。")
            )
    print("◆ undominated   · possible   × excluded" if english else "◆ 没有更好的   · 可以   × 排除")


def _figures(one: "Candidate", *, english: bool) -> str:
    unknown = "not known" if english else "不详"
    cost = unknown if one.cost is None else f"{one.cost:,.0f}万元"
    days = unknown if one.days is None else f"{one.days}{' days to start' if english else '天开工'}"
    far = unknown if one.distance is None else f"{one.distance:,.0f} m"
    fit = ("fits" if english else "产业相符") if one.fit else ("no fit" if english else "产业不符")
    return " · ".join((f"{one.site.parcel.mu:,.2f}{' mu' if english else '亩'}", cost, days, fit, far))


def _print_together(found: "list[Sited]", language: str) -> None:
    """Who goes where when all of them choose at once."""
    from luodi.land.siting import together

    placed = together(found)
    parcels = sorted({one.site.id: one.site.parcel for each in found for one in each.candidates}.items())
    english = language == "en"
    print(
        ("Together under shared ledgers, least cost" if english else "一并选址，台账共用，费用最少")
        + ("" if placed.proven else " (?)")
    )
    for each, spot in zip(found, placed.places, strict=True):
        where = parcels[spot][1].number if spot is not None else ("none" if english else "没有合适的")
        print(f"  {each.need.name[language]} → {where}")
