"""`luodi saving`: what months saved are worth in interest, and one book in labour and fees; exact, every input shown."""

import argparse
import json

from luodi.cli.reaching import add_language


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi saving`."""
    parser = commands.add_parser("saving", help="省下的时间值多少钱 / what time saved is worth")
    parser.add_argument(
        "--loan", default="1.5亿元", metavar="万元", help="贷款，如 1.5亿元 / loan in 10⁴ yuan (1.5亿元: Ruihu)"
    )
    parser.add_argument("--rate", default="4.75", metavar="%", help="年利率（百分数）/ rate a year in per cent (4.75)")
    parser.add_argument("--months", default="9", help="节省的月数 / months saved (9)")
    parser.add_argument("--reports", default="", help="一本制合并的报告数 / reports one book replaces")
    parser.add_argument("--fee", default="", metavar="万元", help="每份报告的费用 / fee of each report")
    parser.add_argument("--book-fee", default="", metavar="万元", help="一本报告的费用 / fee of the one book")
    parser.add_argument("--days", default="", help="每人节省的工作日 / working days saved, each person")
    parser.add_argument("--people", default="", help="人数 / people")
    parser.add_argument("--day-cost", default="", metavar="元", help="每人每天的成本 / cost of a person's day in yuan")
    parser.add_argument("--json", action="store_true", help="JSON")
    add_language(parser)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Print the sums with all that went into them.  Raises `Refusal` for what is no number."""
    from luodi.domain.dealings.saving import Money, book_of, loan_of, said

    loan, book = loan_of(vars(args)), book_of(vars(args))
    total = Money(loan.saved.exact + (book.saved.exact if book else 0))
    if args.json:
        sums = {"interest": loan.saved, "total": total} | ({"fees": book.fees, "labour": book.labour} if book else {})
        print(json.dumps({name: {"wan_yuan": f"{one.figure:f}", "exact": one.ends} for name, one in sums.items()}))
        return 0
    wan = "10⁴ yuan" if args.lang == "en" else "万元"
    print(f"{loan.amount:f} {wan} × {loan.rate}% × {loan.months} ÷ 12 = {said(loan.saved)} {wan}")
    if book:
        words = ("Fees", "Labour", "Together") if args.lang == "en" else ("费用", "人工", "合计")
        print(f"{words[0]}  {book.reports} × {book.fee:f} − {book.book_fee:f} = {said(book.fees)} {wan}")
        print(f"{words[1]}  {book.days} × {book.people} × {book.day_cost} ÷ 10000 = {said(book.labour)} {wan}")
        print(f"{words[2]}  {said(total)} {wan}")
    return 0
