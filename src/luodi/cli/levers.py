"""`luodi levers`: what each reform is worth to a project, in days, by every subset of reforms."""

import argparse

from luodi.cli.reaching import add_language, add_overlays, add_project, open_catalogue, open_project

BAR = 36


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi levers`."""
    parser = commands.add_parser("levers", help="每项改革值多少天 / what each reform is worth in days")
    add_project(parser)
    parser.add_argument("--json", action="store_true", help="JSON")
    add_overlays(parser)
    add_language(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Every lever's Shapley share, alone and last in; the shares sum exactly to the days saved."""
    from luodi.domain.planning import plan_json
    from luodi.domain.planning.levers import worth

    catalogue = open_catalogue(args)
    project = open_project(args.project, catalogue)
    found = worth(project, catalogue, to=args.to, as_of=args.as_of)
    if args.json:
        print(plan_json.dumps(plan_json.worth_document(project.id, found)))
        return 0
    english = args.lang == "en"
    start, to = catalogue.milestones[found.start].name[args.lang], catalogue.milestones[found.to].name[args.lang]
    print(project.name[args.lang])
    print(
        f"{start} → {to}: {found.total_before} → {found.total_after} days, {found.saved_days} saved (calendar days)"
        if english
        else f"{start} → {to}：{found.total_before} → {found.total_after} 天，共省 {found.saved_days} 天（日历日）"
    )
    print("          share   alone  last in" if english else "       应得份额  单独采用  最后采用")
    widest = max((abs(share) for share in found.shares.values()), default=0) or 1
    for lever, share in sorted(found.shares.items(), key=lambda item: -item[1]):
        bar = "█" * round(float(abs(share) / widest) * BAR)
        numbers = f"{float(share):9.1f} {found.one_at_a_time[lever]:7d} {found.last_in[lever]:8d}"
        print(f"{numbers}  {catalogue.levers[lever].name[args.lang]} {bar}")
    return 0
