"""Conditions as data: a closed set of operators over facts, and the words for why one holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.domain.vocabulary import Scalar

OPERATORS = ("==", "in", ">", ">=", "<", "<=", "is_true", "is_false")


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with a value."""

    fact: str
    op: str
    value: Scalar | tuple[Scalar, ...] | None = None

    def holds(self, facts: Mapping[str, Scalar]) -> bool:
        """Whether the comparison is true; a fact that is absent makes it false."""
        if self.fact not in facts:
            return False
        got = facts[self.fact]
        match self.op:
            case "is_true":
                return got is True
            case "is_false":
                return got is False
            case "==":
                return got == self.value
            case "in":
                return isinstance(self.value, tuple) and got in self.value
        if isinstance(got, int | float) and isinstance(self.value, int | float):
            greater, equal = got > self.value, got == self.value
            return {">": greater, ">=": greater or equal, "<": not greater and not equal, "<=": not greater}[self.op]
        return False


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple["Condition", ...]

    def holds(self, facts: Mapping[str, Scalar]) -> bool:
        """Whether every part is true."""
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def holds(self, facts: Mapping[str, Scalar]) -> bool:
        """Whether any part is true."""
        return any(part.holds(facts) for part in self.parts)


Condition = Test | Every | Either


def deciding(condition: Condition, facts: Mapping[str, Scalar]) -> tuple[Test, ...]:
    """The comparisons that make a true condition true, for saying why a matter applies."""
    match condition:
        case Test():
            return (condition,) if condition.holds(facts) else ()
        case Every(parts) | Either(parts):
            return tuple(test for part in parts for test in deciding(part, facts))


def facts_of(condition: Condition | None) -> tuple[str, ...]:
    """Every fact a condition asks for."""
    match condition:
        case None:
            return ()
        case Test(fact):
            return (fact,)
        case Every(parts) | Either(parts):
            return tuple(fact for part in parts for fact in facts_of(part))
