"""What can be done about a debt: owe it, keep it, check it, remind of it, take a step, repair it."""

from luodi.debts.actions.advancing import Advanced, advance
from luodi.debts.actions.climbing import climb, remind, repair
from luodi.debts.actions.keeping import check, exchange, give_back, hand_in
from luodi.debts.actions.owing import issue_letter, owe
from luodi.debts.actions.stepping import Stepped

__all__ = [
    "Advanced",
    "Stepped",
    "advance",
    "check",
    "climb",
    "exchange",
    "give_back",
    "hand_in",
    "issue_letter",
    "owe",
    "remind",
    "repair",
]
