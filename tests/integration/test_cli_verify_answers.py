"""`inkseal verify` and `inkseal keys` answer for every kind of file and fault: exit code, stream, words, JSON."""

import json
import shutil
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from inkseal.documents.seal import KeyFault, TimeStamping, seal
from inkseal.documents.validate import Change, Finding, Verdict
from inkseal.documents.validate.isolated import LARGEST_BYTES
from inkseal.project.cli import keys, main, verify
from tests.unit.documents.seal_kit import (
    YEAR,
    Authority,
    Identity,
    Wish,
    certificate_for,
    good,
    root,
    serving,
    signed_by_author,
    small_pdf,
    time_stamp_identity,
)

PRESENT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
PASSPHRASE = "only for this test"
TIME = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}
SIGNATURE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["field", "kind", "intact", "trusted", "unmodified", "findings", "level"],
    "properties": {
        "field": {"type": "string"},
        "kind": {"enum": ["signature", "time_stamp", "unknown"]},
        **{name: {"type": "boolean"} for name in ("intact", "trusted", "unmodified", "covers_whole_file")},
        "changed_after": {"enum": [one.name.lower() for one in Change]},
        "signer": {"type": "string"},
        "issuer": {"type": "string"},
        "claimed_time": TIME,
        "proven_time": TIME,
        "level": {"enum": ["B-B", "B-T", "B-LT", "B-LTA", None]},
        "findings": {"type": "array", "items": {"enum": list(Finding)}},
    },
}
ANSWER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file", "verdict", "findings", "sha256", "size_bytes", "proven_time", "signatures"],
    "properties": {
        "file": {"type": "string"},
        "verdict": {"enum": list(Verdict)},
        "findings": {"type": "array", "items": {"enum": list(Finding)}},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "size_bytes": {"type": "integer", "minimum": 0},
        "proven_time": TIME,
        "signatures": {"type": "array", "items": SIGNATURE},
    },
}


class Terminal:
    """Runs a command as its entry point does, in this process."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch, self.capsys = patch, capsys

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Return the exit code and what was written to both streams."""
        self.patch.setattr(sys, "argv", ["inkseal", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


@cache
def sealed(identity: Identity | None = None) -> bytes:
    key = (identity or good()[1]).seal_key
    return seal(small_pdf(), key, company="x", contract_number="1", now=PRESENT).pdf


@cache
def time_stamped() -> bytes:
    key = good()[1].seal_key
    with serving(Authority(time_stamp_identity(), time=PRESENT)) as authority:
        stamping = TimeStamping(authority.url, good()[0].pem)
        return seal(small_pdf(), key, company="x", contract_number="1", now=PRESENT, time_stamper=stamping).pdf


FILES: dict[str, tuple[Any, int, Verdict]] = {
    "valid": (sealed, 0, Verdict.VALID),
    "with a time-stamp": (time_stamped, 0, Verdict.VALID),
    "by the author": (lambda: signed_by_author(small_pdf(), good()[0].issue(Wish("Alice"))), 0, Verdict.VALID),
    "by a stranger": (lambda: sealed(root("Stranger").issue(Wish())), 1, Verdict.NOT_PROVEN),
    "altered": (lambda: sealed().replace(b"Alice", b"Clara"), 1, Verdict.INVALID),
    "cut short": (lambda: sealed()[:-20], 1, Verdict.INVALID),
    "unsigned": (small_pdf, 1, Verdict.UNSIGNED),
    "empty": (lambda: b"", 2, Verdict.NOT_READABLE),
    "not a PDF": (lambda: b"GIF89a", 2, Verdict.NOT_READABLE),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roots.pem").write_bytes(good()[0].pem)
    return tmp_path


def written(folder: Path, content: bytes, name: str = "contract.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", FILES)
def test_the_json_keeps_to_its_schema_and_the_exit_code_to_the_verdict(
    terminal: Terminal, folder: Path, name: str
) -> None:
    make, code, verdict = FILES[name]
    path = written(folder, make())
    exit_code, out, err = terminal.run("verify", path, "--json", "--roots", folder / "roots.pem")
    answer = json.loads(out)
    jsonschema.validate(answer, ANSWER)
    assert (exit_code, err, answer["verdict"], answer["file"]) == (code, "", verdict, str(path))


@pytest.mark.parametrize(("name", "code"), [("valid", 1), ("with a time-stamp", 0), ("unsigned", 1), ("empty", 2)])
def test_asking_for_the_time_changes_the_exit_code_only_where_it_lacks(
    terminal: Terminal, folder: Path, name: str, code: int
) -> None:
    path = written(folder, FILES[name][0]())
    options = (path, "--require-time", "--roots", folder / "roots.pem")
    assert terminal.run("verify", *options, "--json")[0] == code
    exit_code, out, _ = terminal.run("verify", *options)
    assert (exit_code, verify.NO_TIME in out) == (code, name in {"valid", "unsigned"})


def test_a_folder_is_not_readable(terminal: Terminal, folder: Path) -> None:
    code, out, err = terminal.run("verify", folder, "--roots", folder / "roots.pem")
    assert (code, out) == (2, "")
    assert err.startswith(f"inkseal: {folder} cannot be read (Is a directory)")


def test_a_file_that_loops_is_not_readable(terminal: Terminal, folder: Path) -> None:
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    code, _, err = terminal.run("verify", folder / "loop.pdf", "--roots", folder / "roots.pem")
    assert (code, err.count("\n")) == (2, 1)
    assert "loop.pdf cannot be read" in err


def test_a_huge_file_is_called_too_costly_without_being_opened(terminal: Terminal, folder: Path) -> None:
    path = written(folder, b"%PDF-1.7\n")
    with path.open("r+b") as file:
        file.truncate(LARGEST_BYTES + 1)
    code, out, err = terminal.run("verify", path, "--roots", folder / "roots.pem")
    assert (code, out) == (2, "")
    assert verify.FINDINGS[Finding.TOO_COSTLY] in " ".join(err.split())


def test_the_roots_of_the_settings_are_the_default(terminal: Terminal, folder: Path, settings: Any) -> None:
    settings.TRUST_ROOTS = folder / "roots.pem"
    assert terminal.run("verify", written(folder, sealed()))[0] == 0
    settings.TRUST_ROOTS = folder / "away.pem"
    code, out, err = terminal.run("verify", folder / "contract.pdf")
    assert (code, out) == (1, "")
    assert "away.pem cannot be read" in err
    assert "--roots" in err


def test_a_file_name_is_shown_as_it_is(terminal: Terminal, folder: Path) -> None:
    path = written(folder, sealed(), "[red]北光.pdf")
    _, out, _ = terminal.run("verify", path, "--roots", folder / "roots.pem")
    assert str(path) in out


def test_the_name_of_a_signer_cannot_paint_the_answer(terminal: Terminal, folder: Path) -> None:
    identity = good()[0].issue(Wish("[bold green]Valid.[/] \x1b[2J"))
    _, out, _ = terminal.run("verify", written(folder, sealed(identity)), "--roots", folder / "roots.pem")
    assert "[bold green]Valid.[/]" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("table", [(verify.VERDICTS, Verdict), (verify.FINDINGS, Finding), (verify.CHANGES, Change)])
def test_every_judgement_has_its_words(table: tuple[dict[Any, str], Any]) -> None:
    words, kinds = table
    assert set(words) == set(kinds)
    assert len(set(words.values())) == len(words)


def test_every_fault_of_a_key_has_its_words() -> None:
    assert set(keys.KEY_FAULTS) == set(KeyFault)


@pytest.mark.parametrize("command", [("verify",), ("keys",), ("keys", "show"), ("keys", "init-demo")])
def test_help_tells_every_option_in_whole_sentences(terminal: Terminal, command: tuple[str, ...]) -> None:
    code, out, _ = terminal.run(*command, "--help")
    assert code == 0
    assert f"Usage: inkseal {' '.join(command)}" in out
    assert "TEXT" not in out
    assert "\n    " not in out.split("Options:")[0]


@pytest.mark.parametrize("arguments", [("verify",), ("verify", "--no-such-option"), ("keys", "burn")])
def test_a_wrong_call_exits_2_with_the_usage(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    code, _, err = terminal.run(*arguments)
    assert (code, "Usage: inkseal" in err) == (2, True)


@pytest.fixture
def key_file(tmp_path: Path, settings: Any) -> Path:
    settings.SEAL_KEY_FILE = tmp_path / "seal.p12"
    settings.SEAL_KEY_PASSPHRASE = PASSPHRASE
    settings.KEYS_DIR = tmp_path
    return tmp_path / "seal.p12"


def packed(identity: Identity) -> bytes:
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(None, identity.key, identity.certificate, identity.above, encryption)


@pytest.mark.parametrize(("days", "warnings"), [(400, 0), (61, 0), (59, 1), (1, 1), (-1, 1)])
def test_a_key_near_its_end_is_shown_with_a_warning(
    terminal: Terminal, key_file: Path, days: int, warnings: int
) -> None:
    ends = datetime.now(UTC) + timedelta(days=days, hours=1)
    key_file.write_bytes(packed(good()[0].issue(Wish(begins=PRESENT - 2 * YEAR, ends=ends))))
    code, out, err = terminal.run("keys", "show")
    assert (code, err.count("expires soon")) == (0, warnings)
    assert f"days left:          {days}" in out
    code, out, err = terminal.run("keys", "show", "--json")
    assert (code, err, json.loads(out)["days_left"]) == (0, "", days)


def test_showing_a_key_never_shows_the_key(terminal: Terminal, key_file: Path) -> None:
    key_file.write_bytes(packed(good()[1]))
    _, out, err = terminal.run("keys", "show")
    assert PASSPHRASE not in out + err
    assert str(good()[1].key.private_numbers().d) not in out + err


def _unusable(fault: KeyFault) -> bytes:
    if fault is KeyFault.NOT_OPENED:
        return b"no key"
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    if fault is KeyFault.NO_KEY:
        return pkcs12.serialize_key_and_certificates(None, None, None, [good()[1].certificate], encryption)
    key = ed25519.Ed25519PrivateKey.generate()
    certificate = certificate_for(key.public_key(), Wish(), good()[0])
    return pkcs12.serialize_key_and_certificates(None, key, certificate, None, encryption)


@pytest.mark.parametrize("fault", [KeyFault.NOT_OPENED, KeyFault.NO_KEY, KeyFault.UNKNOWN_KIND])
def test_a_key_that_cannot_be_used_is_told_with_the_way_out(
    terminal: Terminal, key_file: Path, fault: KeyFault
) -> None:
    key_file.write_bytes(_unusable(fault))
    code, out, err = terminal.run("keys", "show")
    fact, advice = keys.KEY_FAULTS[fault]
    assert (code, out) == (1, "")
    assert err == f"inkseal: {fact.format(path=key_file)}. {advice}\n"
    assert PASSPHRASE not in err


def test_demo_keys_that_cannot_be_written_are_told_in_one_line(terminal: Terminal, key_file: Path) -> None:
    blocked = key_file.parent / "a file"
    blocked.write_bytes(b"")
    code, out, err = terminal.run("keys", "init-demo", "--folder", blocked / "keys")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "cannot be written" in err


def test_a_passphrase_is_made_once_and_kept_for_its_owner(terminal: Terminal, key_file: Path, settings: Any) -> None:
    settings.SEAL_KEY_PASSPHRASE = ""
    assert terminal.run("keys", "init-demo")[0] == 0
    secret = key_file.with_name("seal.pass")
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(secret.read_text()) >= 40
    code, out, err = terminal.run("keys", "show")
    assert (code, secret.read_text() in out + err) == (0, False)
    shutil.copy(secret, key_file.with_name("kept"))
    assert terminal.run("keys", "init-demo")[0] == 1
    assert secret.read_text() == key_file.with_name("kept").read_text()
