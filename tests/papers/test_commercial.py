"""SM2 and SM3 against the standards' own vectors (GM/T 0003.5 A.2, GB/T 32905), and against OpenSSL."""

import subprocess
from pathlib import Path

import pytest

from luodi.domain.vocabulary import Refusal
from luodi.papers.commercial import sign, sm3, verified

PRIVATE = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"
PUBLIC = (
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
MESSAGE = b"message digest"
R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
SIGNATURE = f"3046022100{R}022100{S}"


def test_sm3_of_the_standard() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_without_the_extra_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "gmssl_pyx", None)
    with pytest.raises(Refusal) as refused:
        sign(b"x", PRIVATE, PUBLIC)
    assert refused.value.code == "sm2_missing"


def test_the_signature_of_the_standard_is_verified_and_any_flipped_bit_is_found() -> None:
    pytest.importorskip("gmssl_pyx", reason="the optional extra sm2 is not installed")
    assert verified(MESSAGE, SIGNATURE, PUBLIC)
    assert verified(MESSAGE, SIGNATURE, "04" + PUBLIC)
    der = bytes.fromhex(SIGNATURE)
    for place in range(len(der) * 8):
        flipped = bytearray(der)
        flipped[place // 8] ^= 1 << place % 8
        assert not verified(MESSAGE, flipped.hex(), PUBLIC), place
    assert not verified(b"message digesT", SIGNATURE, PUBLIC)
    assert not verified(MESSAGE, "no hex", PUBLIC)


def test_our_signature_is_one_that_openssl_verifies(tmp_path: Path) -> None:
    pytest.importorskip("gmssl_pyx", reason="the optional extra sm2 is not installed")
    made = sign(MESSAGE, PRIVATE, PUBLIC)
    assert verified(MESSAGE, made, PUBLIC)
    # SubjectPublicKeyInfo of an SM2 point
    key = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004" + PUBLIC)
    (tmp_path / "key.der").write_bytes(key)
    (tmp_path / "data").write_bytes(MESSAGE)
    (tmp_path / "sig").write_bytes(bytes.fromhex(made))
    asked = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER", "-rawin", "-in", "data",
             "-sigfile", "sig", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]  # fmt: skip
    try:
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no openssl here")
    assert "Verified Successfully" in done.stdout, done.stderr


@pytest.mark.parametrize("key", ["", "zz", "00" * 31, "05" + PUBLIC])
def test_a_malformed_key_is_said(key: str) -> None:
    pytest.importorskip("gmssl_pyx", reason="the optional extra sm2 is not installed")
    with pytest.raises(Refusal) as refused:
        verified(MESSAGE, SIGNATURE, key)
    assert refused.value.code == "sm2_key_malformed"
