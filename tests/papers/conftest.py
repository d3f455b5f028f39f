"""Keys and a sealed paper that all tests of the room share: making them takes longer than any test."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from luodi.papers.keys import SealKeys, keyring, roots_of
from luodi.papers.sealing import seal
from luodi.papers.verifying import Roots, roots_from

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
PAGE = """
#set document(title: "准予行政许可决定书", keywords: ("luodi:1", "number:综改审批准字〔2026〕1号", "until:2027-01-31"))
"""


@pytest.fixture(scope="session")
def seal_keys(tmp_path_factory: pytest.TempPathFactory) -> SealKeys:
    """The demo's own keys."""
    keys = SealKeys(tmp_path_factory.mktemp("keys") / "seal")
    keyring(keys, "", MADE)
    return keys


@pytest.fixture(scope="session")
def roots(seal_keys: SealKeys) -> Roots:
    """What verification trusts."""
    return roots_from(roots_of(seal_keys).read_bytes(), "roots.pem")


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A PDF without a seal."""
    import typst

    page = tmp_path_factory.mktemp("page") / "page.typ"
    page.write_text(PAGE, encoding="utf-8")
    return bytes(typst.compile(page, pdf_standards="a-2b"))


@pytest.fixture(scope="session")
def sealed(plain: bytes, seal_keys: SealKeys) -> bytes:
    """The same, sealed at `AT`."""
    return seal(plain, ring=keyring(seal_keys, "", AT), at=AT, reason="示例")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """pyHanko logs every signature that fails: in these tests that is what they do."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("pyhanko").setLevel(logging.NOTSET)
