"""Telephone numbers are unreadable in the table and masked on a page."""

import pytest
from pytest_django import Settings

from luodi.accounts.sealing import masked, seal, unseal
from luodi.domain.vocabulary import Refusal


@pytest.fixture(autouse=True)
def key(settings: Settings) -> None:
    """A key."""
    settings.SEALING_KEY = "a secret of the test"


def test_it_comes_back() -> None:
    assert unseal(seal("13812345678")) == "13812345678"
    assert seal("") == unseal("") == ""


def test_the_same_number_is_sealed_differently_each_time() -> None:
    one, other = seal("13812345678"), seal("13812345678")
    assert one != other
    assert "13812345678" not in one


def test_a_change_in_the_table_is_noticed() -> None:
    sealed = seal("13812345678")
    broken = sealed[:-2] + ("A" if sealed[-2] != "A" else "B") + sealed[-1]
    with pytest.raises(Refusal, match="seal_broken"):
        unseal(broken)


def test_another_key_opens_nothing(settings: Settings) -> None:
    sealed = seal("13812345678")
    settings.SEALING_KEY = "another"
    with pytest.raises(Refusal, match="seal_broken"):
        unseal(sealed)


def test_without_a_key_nothing_is_sealed(settings: Settings) -> None:
    settings.SEALING_KEY = ""
    with pytest.raises(Refusal, match="sealing_key_missing"):
        seal("13812345678")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13812345678", "138****5678"), ("+8613812345678", "+86****5678"), ("12345", "*****"), ("", "")],
)
def test_a_page_shows_it_masked(number: str, shown: str) -> None:
    assert masked(number) == shown
