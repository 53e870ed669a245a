"""`.env.example` and the settings are the same list; wrong settings are refused at start, all faults together."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.reference import listed_settings

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LOAD = "import inkseal.project.settings as s; print('\\n'.join(sorted(s.env.known)))"


def load(tmp_path: Path, program: str = LOAD, **settings: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own, with only these INKSEAL_ names set."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    environment = plain | {"INKSEAL_VAR_DIR": str(tmp_path)} | settings
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)


def test_the_example_lists_exactly_the_settings_that_are_read(tmp_path: Path) -> None:
    known = {name for name in load(tmp_path).stdout.split() if not name.endswith("_FILE")}
    assert {name for name, _, _ in listed_settings(EXAMPLE)} == known
    assert "INKSEAL_SECRET_KEY" in known


def test_every_setting_of_the_example_has_a_sentence() -> None:
    for name, _, meaning in listed_settings(EXAMPLE):
        assert re.fullmatch(r"\S.*\.", meaning), name


def test_the_example_says_each_setting_once() -> None:
    names = [name for name, _, _ in listed_settings(EXAMPLE)]
    assert len(names) == len(set(names))


def test_the_defaults_of_the_example_are_the_defaults(tmp_path: Path) -> None:
    program = (
        "import inkseal.project.settings as s; print(*sorted(f'{k}={v}' for k, v in vars(s).items() if k.isupper()))"
    )
    kept = {name: default for name, default, _ in listed_settings(EXAMPLE) if default and "/" not in default.strip("/")}
    kept = {name: value for name, value in kept.items() if name not in {"INKSEAL_VAR_DIR", "INKSEAL_SEAL_KEY"}}
    assert "INKSEAL_SMTP_PORT" in kept
    without, with_defaults = load(tmp_path, program), load(tmp_path, program, **kept)
    assert with_defaults.returncode == 0, with_defaults.stderr
    assert with_defaults.stdout == without.stdout


def test_an_unknown_setting_is_refused_by_name(tmp_path: Path) -> None:
    answer = load(tmp_path, INKSEAL_DEMMO="yes")
    assert answer.returncode != 0
    assert "INKSEAL_DEMMO: no such setting" in answer.stderr


def test_all_wrong_settings_are_named_together(tmp_path: Path) -> None:
    answer = load(tmp_path, INKSEAL_DEMO="perhaps", INKSEAL_SMTP_PORT="ten", INKSEAL_DATABASE_URL="oracle://x")
    for part in ("INKSEAL_DEMO: write yes or no", "INKSEAL_SMTP_PORT: write a whole number", "INKSEAL_DATABASE_URL: "):
        assert part in answer.stderr


def test_a_database_server_without_secrets_is_refused_and_makes_none(tmp_path: Path) -> None:
    answer = load(tmp_path, INKSEAL_DATABASE_URL="mysql://u:p@db.example/inkseal", INKSEAL_BASE_URL="https://c.example")
    for name in ("SECRET_KEY", "MASTER_KEYS", "BLIND_INDEX_KEY", "PAGE_CODE_KEY"):
        assert f"INKSEAL_{name}: give" in answer.stderr
    assert not (tmp_path / "keys").exists()


def test_a_demo_on_a_database_server_makes_its_secrets(tmp_path: Path) -> None:
    answer = load(tmp_path, INKSEAL_DATABASE_URL="mysql://u:p@db.example/inkseal", INKSEAL_DEMO="yes")
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "keys" / "local-secrets.json").is_file()


def test_an_embedded_installation_makes_its_secrets_but_prefers_given_ones(tmp_path: Path) -> None:
    program = "import inkseal.project.settings as s; print(s.SECRET_KEY, bool(s.PAGE_CODE_KEY), bool(s.MASTER_KEYS))"
    assert load(tmp_path, program, INKSEAL_SECRET_KEY="given" * 10).stdout.split() == ["given" * 10, "True", "True"]


def test_a_secret_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n", encoding="utf-8")
    program = "import inkseal.project.settings as s; print(s.EMAIL_HOST_PASSWORD)"
    answer = load(tmp_path, program, INKSEAL_SMTP_PASSWORD_FILE=str(tmp_path / "key"))
    assert answer.stdout == "from-a-file\n"


def test_a_secret_file_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    answer = load(tmp_path, INKSEAL_SMTP_PASSWORD_FILE=str(tmp_path / "nothing"))
    assert "INKSEAL_SMTP_PASSWORD_FILE: " in answer.stderr
    assert "cannot be read" in answer.stderr


@pytest.mark.parametrize(("address", "secure"), [("https://c.example", "True"), ("http://127.0.0.1:8000", "False")])
def test_https_turns_on_secure_cookies(tmp_path: Path, address: str, secure: str) -> None:
    program = "import inkseal.project.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    assert load(tmp_path, program, INKSEAL_BASE_URL=address).stdout.split() == [secure, secure]


def test_the_word_of_a_proxy_about_https_counts_only_when_there_is_one(tmp_path: Path) -> None:
    program = "import inkseal.project.settings as s; print(s.SECURE_PROXY_SSL_HEADER)"
    assert load(tmp_path, program).stdout == "None\n"
    assert "HTTP_X_FORWARDED_PROTO" in load(tmp_path, program, INKSEAL_BEHIND_PROXY="yes").stdout
