"""`inkseal verify` and `inkseal keys`: exit codes, what is said, and where."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inkseal.documents.seal import seal
from tests.unit.documents.seal_kit import Authority, good, serving, small_pdf, time_stamp_identity

#: The command reads the clock itself, so the files here are sealed in the present.
PRESENT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roots.pem").write_bytes(good()[0].pem)
    return tmp_path


@pytest.fixture
def authority() -> Iterator[Authority]:
    with serving(Authority(time_stamp_identity(), time=PRESENT)) as served:
        yield served


def run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "INKSEAL_VAR_DIR": str(folder / "var"), "INKSEAL_DEMO": "yes"}
    return subprocess.run(
        [sys.executable, "-m", "inkseal.project.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=folder,
    )


def sealed(folder: Path, *, time_stamper: str | None = None) -> Path:
    path = folder / "sealed.pdf"
    result = seal(
        small_pdf(), good()[1].seal_key, company="x", contract_number="1", now=PRESENT, time_stamper=time_stamper
    )
    path.write_bytes(result.pdf)
    return path


def test_a_good_file_exits_0_and_is_called_valid(folder: Path) -> None:
    done = run("verify", sealed(folder), "--roots", folder / "roots.pem", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Valid." in done.stdout
    assert "Northlight Press" in done.stdout


def test_an_altered_file_exits_1_and_says_so(folder: Path) -> None:
    path = sealed(folder)
    path.write_bytes(path.read_bytes().replace(b"Alice", b"Clara"))
    done = run("verify", path, "--roots", folder / "roots.pem", folder=folder)
    assert done.returncode == 1
    assert "The content is not what was signed." in done.stdout


def test_an_unsigned_file_exits_1(folder: Path) -> None:
    path = folder / "plain.pdf"
    path.write_bytes(small_pdf())
    done = run("verify", path, "--roots", folder / "roots.pem", folder=folder)
    assert (done.returncode, "Not signed." in done.stdout) == (1, True)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n"])
def test_what_cannot_be_read_exits_2_on_standard_error(folder: Path, content: bytes) -> None:
    path = folder / "odd.pdf"
    path.write_bytes(content)
    done = run("verify", path, "--roots", folder / "roots.pem", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Not readable." in done.stderr


def test_a_file_that_is_away_exits_2(folder: Path) -> None:
    done = run("verify", folder / "away.pdf", "--roots", folder / "roots.pem", folder=folder)
    assert done.returncode == 2
    assert "away.pdf cannot be read (No such file or directory)" in done.stderr


@pytest.mark.parametrize("roots", ["away.pem", "sealed.pdf"])
def test_without_roots_nothing_is_proven_and_the_way_out_is_told(folder: Path, roots: str) -> None:
    done = run("verify", sealed(folder), "--roots", folder / roots, folder=folder)
    assert done.returncode == 1
    assert "inkseal keys init-demo" in done.stderr


def test_the_time_can_be_asked_for(folder: Path, authority: Authority) -> None:
    options = ("--roots", folder / "roots.pem", "--require-time")
    without = run("verify", sealed(folder), *options, folder=folder)
    assert (without.returncode, "No trusted authority proves when" in without.stdout) == (1, True)
    stamped = run("verify", sealed(folder, time_stamper=authority.url), *options, folder=folder)
    assert (stamped.returncode, "B-LTA" in stamped.stdout) == (0, True)


def test_json_is_for_machines(folder: Path) -> None:
    path = sealed(folder)
    done = run("verify", path, "--json", "--roots", folder / "roots.pem", folder=folder)
    answer = json.loads(done.stdout)
    assert (answer["file"], answer["verdict"], answer["findings"]) == (str(path), "valid", [])
    assert answer["signatures"][0]["signer"] == "Northlight Press"


def test_json_of_an_unreadable_file_is_json_too(folder: Path) -> None:
    path = folder / "odd.pdf"
    path.write_bytes(b"no pdf")
    done = run("verify", path, "--json", "--roots", folder / "roots.pem", folder=folder)
    assert done.returncode == 2
    assert json.loads(done.stdout)["findings"] == ["not_a_pdf"]


@pytest.mark.parametrize("command", [("verify",), ("keys", "init-demo"), ("keys", "show")])
def test_help_has_an_example_and_the_exit_codes(folder: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--help", folder=folder)
    words = " ".join(done.stdout.split())
    assert (done.returncode, f"Example: inkseal {command[0]}" in words) == (0, True)
    assert "Exit codes: 0" in words


def test_demo_keys_are_made_shown_and_never_replaced(folder: Path) -> None:
    made = run("keys", "init-demo", folder=folder)
    assert (made.returncode, "not for real contracts" in made.stdout) == (0, True)
    shown = run("keys", "show", "--json", folder=folder)
    facts = json.loads(shown.stdout)
    assert facts["subject"].startswith("CN=Northlight Press")
    assert facts["days_left"] in {1824, 1825}
    assert len(facts["fingerprint_sha256"]) == 64
    again = run("keys", "init-demo", folder=folder)
    assert (again.returncode, "never replaced" in again.stderr) == (1, True)


def test_showing_keys_that_are_not_there_tells_how_to_make_them(folder: Path) -> None:
    done = run("keys", "show", folder=folder)
    assert done.returncode == 1
    assert "inkseal keys init-demo" in done.stderr


def test_the_demo_keys_are_the_roots_by_default(folder: Path) -> None:
    run("keys", "init-demo", folder=folder)
    done = run("verify", sealed(folder), folder=folder)
    assert done.returncode == 1
    assert "does not come from an authority that is trusted here" in done.stdout
