"""Whatever is done to a sealed file is found, and said in the right word."""

import random
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.papers.conftest import AT

from luodi.domain.documents.revoked import Revoked, RevokedList, list_text, read_list, signed_text
from luodi.domain.documents.telling import told
from luodi.domain.documents.verdict import Outcome, Verdict
from luodi.domain.vocabulary import BadInput, Refusal
from luodi.papers.keys import SealKeys, keyring
from luodi.papers.sealing import seal, sign
from luodi.papers.verifying import RANGE, Roots, proved_list, roots_from, taken_apart, verify

FLIPS = 1_000


def covered(data: bytes) -> tuple[int, int]:
    """Where the gap of the signature begins and ends."""
    first, length, second, rest = (int(one) for one in list(RANGE.finditer(data))[-1].groups())
    assert (first, second + rest) == (0, len(data))
    return length, second


def test_a_sealed_paper_is_valid_and_says_what_it_is(sealed: bytes, roots: Roots) -> None:
    found = verify(sealed, roots, None, AT)
    assert found.good
    assert found.why == "whole"
    assert found.about == {"number": "综改审批准字〔2026〕1号", "until": "2027-01-31"}
    assert found.until == date(2027, 1, 31)
    assert found.seal is not None
    assert found.seal.sealed_at == AT
    assert "示例" in found.seal.signer


@pytest.mark.slow
def test_a_thousand_flipped_bytes_of_the_signed_range_are_all_found(sealed: bytes, roots: Roots) -> None:
    chance = random.Random(20261121)
    before, behind = covered(sealed)
    places = [*range(before), *range(behind, len(sealed))]
    missed = []
    for _ in range(FLIPS):
        place, bit = chance.choice(places), 1 << chance.randrange(8)
        flipped = bytearray(sealed)
        flipped[place] ^= bit
        if verify(bytes(flipped), roots, None, AT).outcome is not Outcome.ALTERED:
            missed.append((place, bit))
    assert not missed


@pytest.mark.slow
def test_flipped_digits_of_the_signature_never_change_what_the_paper_says(sealed: bytes, roots: Roots) -> None:
    chance = random.Random(7)
    before, behind = covered(sealed)
    content = verify(sealed, roots, None, AT).seal
    assert content is not None
    for _ in range(200):
        flipped = bytearray(sealed)
        flipped[chance.randrange(before, behind)] ^= 1 << chance.randrange(8)
        found = verify(bytes(flipped), roots, None, AT)
        assert found.outcome in (Outcome.ALTERED, Outcome.UNKNOWN) or found.seal == content


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda data: data + b"\n", "added_behind"),
        (lambda data: data + b"\n/ByteRange [1 1 2 3]", "range_wrong"),
        (lambda data: data[:-700], "range_missing"),
        (lambda data: data.replace(b"/ByteRange", b"/ByteRanga"), "range_missing"),
        (lambda data: data.replace(b"000>", b"001>"), "signature_damaged"),
        (lambda data: data[:30] + b"x" + data[31:], "content_changed"),
    ],
)
def test_what_was_done_to_the_file_is_said(sealed: bytes, roots: Roots, change, why: str) -> None:
    changed = change(sealed)
    assert changed != sealed
    found = verify(changed, roots, None, AT)
    assert (found.outcome, found.why) == (Outcome.ALTERED, why)


def test_the_seal_of_one_paper_fits_no_other(sealed: bytes, plain: bytes, seal_keys: SealKeys, roots: Roots) -> None:
    other = seal(plain, ring=keyring(seal_keys, "", AT), at=AT, reason="另一份")
    before, behind = covered(sealed)
    at, until = covered(other)
    mixed = sealed[:before] + other[at:until] + sealed[behind:]
    assert verify(mixed, roots, None, AT).outcome is Outcome.ALTERED


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 100])
def test_what_never_had_a_seal_has_none(data: bytes, roots: Roots) -> None:
    assert verify(data, roots, None, AT).outcome is Outcome.UNSEALED


def test_a_paper_without_a_seal_has_none(plain: bytes, roots: Roots) -> None:
    assert verify(plain, roots, None, AT).outcome is Outcome.UNSEALED


def test_a_seal_of_another_authority_is_unknown(sealed: bytes, tmp_path: Path) -> None:
    keys = SealKeys(tmp_path / "other")
    keyring(keys, "", AT)
    found = verify(sealed, roots_from((keys.folder / "roots.pem").read_bytes(), ""), None, AT)
    assert (found.outcome, found.why) == (Outcome.UNKNOWN, "no_path")
    assert found.seal is not None
    assert found.seal.sealed_at is None


def test_a_seal_outlives_its_certificate_but_not_without_a_time_stamp(
    plain: bytes, sealed: bytes, seal_keys: SealKeys, roots: Roots
) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    later = AT + timedelta(days=4000)
    assert verify(sealed, roots, None, later).why == "past_its_day"
    made = BytesIO()
    meta = PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(meta, keyring(seal_keys, "", AT).signer, new_field_spec=SigFieldSpec("Seal"))
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(plain)), output=made)
    taken_off = verify(made.getvalue(), roots, None, AT)
    assert (taken_off.outcome, taken_off.why) == (Outcome.ALTERED, "stamp_missing")
    found = verify(made.getvalue(), roots, None, later)
    assert (found.outcome, found.why) == (Outcome.EXPIRED, "seal_expired")


def test_a_seal_used_after_its_certificate_ended_is_expired(plain: bytes, seal_keys: SealKeys, roots: Roots) -> None:
    late = AT + timedelta(days=3000)
    made = seal(plain, ring=keyring(seal_keys, "", AT), at=late, reason="x")
    assert verify(made, roots, None, late).why == "seal_expired"


def test_a_paper_past_its_last_day_is_expired(sealed: bytes, roots: Roots) -> None:
    last = datetime(2027, 1, 31, 15, 59, tzinfo=UTC)
    assert verify(sealed, roots, None, last).good
    assert verify(sealed, roots, None, last + timedelta(minutes=1)).outcome is Outcome.EXPIRED


def listed(sealed: bytes, keys: SealKeys, **more: Any) -> RevokedList:
    """A signed list with one entry, the sealed paper unless told otherwise."""
    taken = taken_apart(sealed)
    assert not isinstance(taken, Verdict)
    entry = Revoked(sha256(taken.content).hexdigest(), "综改审批准字〔2026〕1号", date(2026, 11, 22), "材料虚假")
    one = RevokedList("2026-11-22T01:00:00.000000Z", (replace(entry, **more),), {})
    return replace(one, signature=sign(signed_text(one), ring=keyring(keys, "", AT), at=AT).hex())


def test_a_listed_paper_is_revoked_and_says_why(sealed: bytes, seal_keys: SealKeys, roots: Roots) -> None:
    kept = proved_list(read_list(list_text(listed(sealed, seal_keys)), "f"), roots, AT)
    found = verify(sealed, roots, kept, AT)
    assert found.outcome is Outcome.REVOKED
    assert any("材料虚假" in line for line in told(found, "zh"))
    other = proved_list(listed(sealed, seal_keys, digest="0" * 64), roots, AT)
    assert verify(sealed, roots, other, AT).good


def test_a_list_that_was_altered_or_is_of_strangers_is_refused(
    sealed: bytes, seal_keys: SealKeys, roots: Roots, tmp_path: Path
) -> None:
    one = listed(sealed, seal_keys)
    with pytest.raises(Refusal) as refused:
        proved_list(replace(one, documents=()), roots, AT)
    assert refused.value.code == "revoked_list_altered"
    strangers = SealKeys(tmp_path / "other")
    with pytest.raises(Refusal) as refused:
        proved_list(listed(sealed, strangers), roots, AT)
    assert refused.value.code == "revoked_list_unknown_signer"
    for text in ("", "{}", "[" * 9999, list_text(one).replace('"on"', '"no"'), '{"format":2}'):
        with pytest.raises(BadInput):
            read_list(text, "f")


def test_a_withdrawn_seal_is_distrusted_from_its_day_on(sealed: bytes, roots: Roots) -> None:
    seal_ = verify(sealed, roots, None, AT).seal
    assert seal_ is not None
    for day, outcome in ((date(2026, 11, 21), Outcome.REVOKED), (date(2026, 11, 22), Outcome.VALID)):
        assert verify(sealed, roots, RevokedList("", (), {seal_.serial: day}), AT).outcome is outcome


def test_poppler_agrees(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    try:
        said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        pytest.skip("no pdfsig here")
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_every_verdict_has_words() -> None:
    from luodi.domain.documents.telling import words

    assert set(words().outcomes) == set(Outcome)
    for outcome in Outcome:
        assert told(Verdict(outcome, "listed"), "en")[0] != told(Verdict(outcome, "listed"), "zh")[0]


@pytest.mark.slow
def test_the_command_needs_no_database_and_no_network(sealed: bytes, seal_keys: SealKeys, tmp_path: Path) -> None:
    import sys

    file = tmp_path / "a.pdf"
    roots = str(seal_keys.folder / "roots.pem")
    guard = (
        "import sys, socket; socket.socket.connect = None\n"
        "from luodi.cli import main; code = main(sys.argv[1:])\n"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    for data, code, word in ((sealed, 0, "Valid"), (sealed[:-1] + b"x", 2, "Altered"), (b"%PDF", 2, "Not sealed")):
        file.write_bytes(data)
        asked = [sys.executable, "-c", guard, "verify", str(file), "--roots", roots, "--lang", "en"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.split(":")[0]) == (code, word), done.stderr
