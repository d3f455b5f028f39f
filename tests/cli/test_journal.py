"""`luodi journal`: out of the database into a file, and proved without one."""

import json
import subprocess
import sys

import pytest
from tests.domain.events.chains import SEED, exported, lines, sealed
from tests.journal.people import AT, WANG, reading

from luodi.cli import main
from luodi.domain.events.sealing import checkpoint_text, public_key
from luodi.journal import actions, readers


def run(capsys, *words):
    code = main(["journal", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def files(tmp_path):
    """An exported record and its checkpoint, as files."""
    records = exported([0, 1, 0, 2, 0, 1])
    record, checkpoint = tmp_path / "record.jsonl", tmp_path / "checkpoint.json"
    record.write_text("".join(lines(records)), "utf-8")
    checkpoint.write_text(checkpoint_text(sealed(records)), "utf-8")
    return record, checkpoint


def test_a_true_record_is_proved(capsys, files):
    record, checkpoint = files
    code, out, err = run(capsys, "verify", record)
    assert (code, err) == (0, "")
    assert "6 条" in out
    assert "--checkpoint" in out  # what was not proved is said
    code, out, err = run(
        capsys, "verify", record, "--checkpoint", checkpoint, "--key", public_key(SEED), "--lang", "en"
    )
    assert (code, err) == (0, "")
    assert public_key(SEED) in out


def test_every_fault_is_said_with_its_line(capsys, files):
    record, checkpoint = files
    text = record.read_text("utf-8").splitlines(keepends=True)
    text[1] = text[1].replace('"post":9', '"post":8')
    record.write_bytes("".join([*text[:2], *text[3:5]]).encode() + b"\xff\xfe\n")
    code, out, _ = run(capsys, "verify", record, "--checkpoint", checkpoint, "--lang", "en")
    assert code == 2
    for said in (
        ":2: edited",
        ":4: removed",
        ":5: this line is no entry",
        "cut off: project:p1",
        "4 faults in 5 lines",
    ):
        assert said in out


def test_a_checkpoint_of_a_stranger_or_changed_is_found(capsys, files):
    record, checkpoint = files
    code, out, _ = run(capsys, "verify", record, "--checkpoint", checkpoint, "--key", "ab" * 32)
    assert code == 2
    assert "另一把密钥" in out
    changed = json.loads(checkpoint.read_text()) | {"heads": {}}
    checkpoint.write_text(json.dumps(changed))
    code, out, _ = run(capsys, "verify", record, "--checkpoint", checkpoint)
    assert code == 2
    assert "签名" in out


@pytest.mark.parametrize("words", [
    ("verify", "none.jsonl"), ("verify", "."), ("verify", "RECORD", "--key", "ab" * 32),
    ("verify", "RECORD", "--checkpoint", "RECORD"), ("verify", "EMPTY"),
])  # fmt: skip
def test_what_cannot_be_verified_is_refused_kindly(capsys, files, tmp_path, words):
    (tmp_path / "empty.jsonl").write_text("")
    places = {"RECORD": files[0], "EMPTY": tmp_path / "empty.jsonl"}
    code, _, err = run(capsys, *(places.get(word, word) for word in words))
    assert code == 2
    assert err.strip()


@pytest.mark.slow
def test_verifying_needs_no_database_and_no_django(files):
    said = "import sys; from luodi.cli import main; code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    record, checkpoint = files
    cmd = [sys.executable, "-c", said, "journal", "verify", str(record), "--checkpoint", str(checkpoint)]
    done = subprocess.run(cmd, capture_output=True, text=True, check=False, env={"PYTHONPATH": ":".join(sys.path)})
    assert done.returncode == 0, done.stderr


@pytest.fixture
def recorded(db, tmp_path, monkeypatch):
    """Two projects in two zones, and a place for the signing key."""
    monkeypatch.setenv("LUODI_DEMO_DIR", str(tmp_path))
    monkeypatch.delenv("LUODI_JOURNAL_KEY", raising=False)
    for n in range(5):
        project = f"p{n % 2}"
        actions.append(chain=readers.chain_of(project), kind="page.read", by=WANG, at=AT, zone=f"z{n % 2}", project=project,
                       payload=reading(f"事项 {n}"))  # fmt: skip
    return tmp_path


@pytest.mark.django_db
def test_export_checkpoint_and_verify_fit_together(capsys, recorded):
    out, seal = recorded / "all.jsonl", recorded / "seal.json"
    code, said, _ = run(capsys, "key")
    assert code == 0
    public = said.split()[-1]
    assert (recorded / "journal.key").stat().st_mode & 0o777 == 0o600
    assert run(capsys, "checkpoint", "--out", seal)[0] == 0
    assert run(capsys, "export", "--out", out)[0] == 0
    assert run(capsys, "verify", out, "--checkpoint", seal, "--key", public)[0] == 0
    assert run(capsys, "export", "--out", out, "--project", "p0")[0] == 0
    assert len(out.read_text("utf-8").splitlines()) == 3
    assert run(capsys, "verify", out, "--checkpoint", seal)[0] == 2
    assert run(capsys, "verify", out, "--checkpoint", seal, "--project", "p0")[0] == 0
    assert run(capsys, "export", "--out", out, "--zone", "z1")[0] == 0
    assert run(capsys, "checkpoint", "--out", seal, "--zone", "z1")[0] == 0
    assert run(capsys, "verify", out, "--checkpoint", seal)[0] == 0


@pytest.mark.django_db
def test_a_key_is_never_overwritten_and_asked_for_where_there_is_none(capsys, recorded):
    code, _, err = run(capsys, "checkpoint", "--out", recorded / "seal.json", "--lang", "en")
    assert code == 2
    assert "LUODI_JOURNAL_KEY" in err
    run(capsys, "key")
    kept = (recorded / "journal.key").read_text()
    assert run(capsys, "key")[0] == 2
    assert (recorded / "journal.key").read_text() == kept


@pytest.mark.django_db
def test_an_export_is_there_whole_or_not_at_all(capsys, recorded, monkeypatch):
    out = recorded / "all.jsonl"
    out.write_text("what was here")
    code, _, err = run(capsys, "export", "--out", out, "--project", "nobody")
    assert code == 2
    assert "nobody" in err

    def breaking(**_):
        yield "half"
        raise ZeroDivisionError

    monkeypatch.setattr(readers, "lines", breaking)
    with pytest.raises(ZeroDivisionError):
        run(capsys, "export", "--out", out)
    assert out.read_text() == "what was here"
    assert sorted(path.name for path in recorded.iterdir()) == ["all.jsonl"]
