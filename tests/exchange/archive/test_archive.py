"""An archive holds everything of a project, and its checker, run alone, finds whatever was done to it afterwards."""

import json
import secrets
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases.scene import Scene, play

from luodi.domain.events.canonical import canonical
from luodi.domain.events.sealing import public_key
from luodi.exchange.archive import verify
from luodi.exchange.archive.contents import contents
from luodi.exchange.archive.packing import pack
from luodi.journal.actions import checkpoint
from luodi.projects.readers import project

SEED = "5e" * 32
KEY = public_key(SEED)
SLOW = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene() -> Scene:
    made = play(plan=True)
    made.on(made.accepted("project_filing")).decide(outcome="granted", reason="符合条件 <b>&")
    return made


def packed(scene: Scene, *, seed: str | None = SEED, language: str = "zh") -> bytes:
    found = project(scene.slug)
    assert found is not None
    stream = BytesIO()
    pack(contents(found, scene.at), stream, language=language, seed=seed)
    return stream.getvalue()


def unpacked(content: bytes, folder: Path) -> Path:
    zipfile.ZipFile(BytesIO(content)).extractall(folder)
    return folder


def checked(folder: Path, *words: str) -> tuple[int, str]:
    """The checker, by a Python that sees nothing but its own library."""
    cmd = [sys.executable, "-I", "-S", str(folder / "verify.py"), *words]
    done = subprocess.run(cmd, capture_output=True, check=False, cwd="/")
    return done.returncode, done.stdout.decode() + done.stderr.decode()


@pytest.mark.django_db
@pytest.mark.slow
def test_it_holds_everything_and_proves_itself(scene: Scene, tmp_path: Path) -> None:
    checkpoint(zone="*", at=scene.at, key=SEED)
    folder = unpacked(packed(scene), tmp_path)
    names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert {
        "index.html", "verify.py", "manifest.json", "project/revision-0001.yaml", "project/site.geojson", "plan/plan.json",
        "plan/announced.json", "plan/plan.xml", "record/record.jsonl", "record/checkpoint.json",
    } <= names  # fmt: skip
    code, said = checked(folder, "--key", KEY)
    assert code == 0, said
    assert "核验通过" in said
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "符合条件 &lt;b&gt;&amp;" in page
    assert "企业投资项目备案" in page
    assert "http" not in page.replace("https://", "http")  # nothing is asked of any network
    shape = json.loads((folder / "project/site.geojson").read_text(encoding="utf-8"))
    assert shape["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert ET.parse(folder / "plan/plan.xml").getroot().tag.endswith("Project")


@pytest.mark.django_db
@pytest.mark.slow
def test_the_same_contents_are_the_same_bytes(scene: Scene) -> None:
    assert packed(scene) == packed(scene)
    assert packed(scene) != packed(scene, language="en")


def edit(folder: Path, name: str, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of a file and its digest in the manifest, as a forger would."""
    file = folder / name
    lines = change(file.read_text(encoding="utf-8").splitlines(keepends=True))
    file.write_text("".join(lines), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = sha256(file.read_bytes()).hexdigest()
    manifest.pop("signature", None)
    manifest.pop("key", None)
    (folder / "manifest.json").write_text(canonical(manifest), encoding="utf-8")


def anew(line: str) -> str:
    """An entry changed by somebody who knows how its hash is made."""
    entry = json.loads(line)
    entry.pop("hash")
    entry["who"] = "somebody else"
    return canonical({**entry, "hash": sha256(canonical(entry).encode()).hexdigest()}) + "\n"


@pytest.mark.django_db
@pytest.mark.slow
def test_whatever_is_done_to_the_record_is_found(scene: Scene, tmp_path: Path) -> None:
    checkpoint(zone="*", at=scene.at, key=SEED)
    content = packed(scene)
    forgeries: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
        "edited": (lambda lines: [lines[0].replace('"zone":"zgsfq"', '"zone":"other"'), *lines[1:]], "edited"),
        "written anew": (lambda lines: [anew(lines[0]), *lines[1:]], "does not follow"),
        "removed": (lambda lines: lines[:1] + lines[2:], "does not follow"),
        "turned": (lambda lines: [lines[1], lines[0], *lines[2:]], "does not follow"),
        "cut": (lambda lines: lines[:-1], "cut off"),
        "doubled": (lambda lines: [*lines, lines[-1]], "does not follow"),
        "torn": (lambda lines: [*lines[:-1], lines[-1][:50]], "unreadable"),
        "fraction": (lambda lines: [lines[0].replace('"seq":1', '"seq":1.0'), *lines[1:]], "unreadable"),
    }
    for name, (change, words) in forgeries.items():
        folder = unpacked(content, tmp_path / name)
        edit(folder, "record/record.jsonl", change)
        code, said = checked(folder)
        assert code == 1, name
        assert words in said, (name, said)


@pytest.mark.django_db
@pytest.mark.slow
def test_whatever_is_done_to_the_files_is_found(scene: Scene, tmp_path: Path) -> None:
    folder = unpacked(packed(scene), tmp_path)
    (folder / "project/revision-0001.yaml").write_text("form: {}", encoding="utf-8")
    (folder / "index.html").unlink()
    (folder / "more.pdf").write_bytes(b"x")
    code, said = checked(folder)
    assert code == 1
    assert "revision-0001.yaml: 被改动" in said
    assert "index.html: 缺少" in said
    assert "more.pdf: 多出来的" in said


@pytest.mark.django_db
@pytest.mark.slow
def test_another_key_and_no_key_are_found(scene: Scene, tmp_path: Path) -> None:
    folder = unpacked(packed(scene), tmp_path / "a")
    assert checked(folder, "--key", public_key(secrets.token_hex(32)))[0] == 1
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["project"] = "another"
    (folder / "manifest.json").write_text(canonical(manifest), encoding="utf-8")
    assert "the signature is wrong" in checked(folder)[1]
    unsigned = unpacked(packed(scene, seed=None), tmp_path / "b")
    assert checked(unsigned)[0] == 0
    assert checked(unsigned, "--key", KEY)[0] == 1
    (unsigned / "manifest.json").write_text("[]", encoding="utf-8")
    assert "not a whole archive" in checked(unsigned)[1]


@settings(max_examples=15)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), flip=st.integers(0, 511))
def test_the_checkers_signatures_are_those_of_the_library(seed: bytes, message: bytes, flip: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw().hex(), private.sign(message)
    assert verify.signed_by(key, message, signature.hex())
    assert not verify.signed_by(key, message + b"x", signature.hex())
    wrong = bytearray(signature)
    wrong[flip // 8] ^= 1 << flip % 8
    assert not verify.signed_by(key, message, wrong.hex())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=3), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(json_values)
def test_the_checkers_canonical_text_is_that_of_the_record(value: object) -> None:
    assert verify.canonical(value) == canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": 1.5}', '{"a": NaN}'])
def test_what_no_record_holds_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"twice|fraction"):
        verify.parsed(text)
