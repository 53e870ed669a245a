"""Settings as a whole: what Django's own checks say in production, and what the limits of signing in do."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from inkseal.project.settings import SILENCED_SYSTEM_CHECKS

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PRODUCTION = {
    "INKSEAL_DATABASE_URL": "mysql://inkseal:invented@127.0.0.1/inkseal",
    "INKSEAL_BASE_URL": "https://contracts.example",
    "INKSEAL_ALLOWED_HOSTS": "contracts.example",
    "INKSEAL_SECRET_KEY": "An-Invented-Secret-Of-More-Than-Fifty-Characters-1234567890",
    "INKSEAL_MASTER_KEYS": f"a:{KEY}",
    "INKSEAL_BLIND_INDEX_KEY": KEY,
    "INKSEAL_PAGE_CODE_KEY": KEY,
    "DJANGO_SETTINGS_MODULE": "inkseal.project.settings",
}
DEPLOY = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]


@pytest.fixture
def plain(tmp_path: Path) -> Mapping[str, str]:
    """An environment without any setting but the folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    return own | {"INKSEAL_VAR_DIR": str(tmp_path / "var")}


def run(
    command: list[str], environment: Mapping[str, str], *, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_a_deployment_check_of_production_settings_warns_of_nothing(plain: Mapping[str, str]) -> None:
    answer = run(DEPLOY, {**plain, **PRODUCTION})
    assert answer.returncode == 0, answer.stderr
    assert f"no issues ({len(SILENCED_SYSTEM_CHECKS)} silenced)" in answer.stdout + answer.stderr


def test_only_three_warnings_are_silenced_and_each_has_its_reason() -> None:
    assert SILENCED_SYSTEM_CHECKS == ["axes.W006", "security.W005", "security.W021"]


def test_production_settings_make_no_file_of_their_own(plain: Mapping[str, str], tmp_path: Path) -> None:
    assert run(DEPLOY, {**plain, **PRODUCTION}).returncode == 0
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("name", [name for name in PRODUCTION if "KEY" in name])
def test_production_without_one_of_its_secrets_does_not_start(plain: Mapping[str, str], name: str) -> None:
    environment = {**plain, **PRODUCTION}
    del environment[name]
    answer = run([sys.executable, "-m", "inkseal.project.cli", "migrate", "--check"], environment)
    assert answer.returncode == 78
    assert answer.stderr.splitlines()[1].startswith(f"  {name}: give ")
    assert len(answer.stderr.splitlines()) == 2


@pytest.mark.parametrize("name", ["INKSEAL_SECRET_KEY", "INKSEAL_MASTER_KEYS", "INKSEAL_BLIND_INDEX_KEY"])
def test_production_takes_its_secrets_from_files_too(plain: Mapping[str, str], name: str, tmp_path: Path) -> None:
    environment = {**plain, **PRODUCTION}
    (tmp_path / "secret").write_text(environment.pop(name) + "\n", encoding="utf-8")
    answer = run(DEPLOY, environment | {f"{name}_FILE": str(tmp_path / "secret")})
    assert answer.returncode == 0, answer.stderr


def test_every_fault_of_every_kind_is_listed_together(plain: Mapping[str, str], tmp_path: Path) -> None:
    wrong = {
        "INKSEAL_SMTP_PORT": "ten",
        "INKSEAL_FOUR_EYES": "perhaps",
        "INKSEAL_LOG_LEVEL": "LOUD",
        "INKSEAL_SMTP_PASSWORD_FILE": str(tmp_path / "nothing"),
        "INKSEAL_REGON": "1",
        "INKSEAL_PAGE_CODE_KEY": "short",
        "INKSEAL_BASE_URL": "http://contracts.example",
    }
    answer = run([sys.executable, "-m", "inkseal.project.cli", "migrate"], {**plain, **PRODUCTION, **wrong})
    assert answer.returncode == 78
    assert {line.split(":")[0].strip() for line in answer.stderr.splitlines()[1:]} == set(wrong)
    assert "invented" not in answer.stderr
    assert "Invented" not in answer.stderr


def test_the_public_address_has_no_stroke_at_its_end(plain: Mapping[str, str]) -> None:
    program = "import inkseal.project.settings as s; print(s.BASE_URL)"
    answer = run([sys.executable, "-c", program], {**plain, "INKSEAL_BASE_URL": "https://contracts.example/"})
    assert answer.stdout == "https://contracts.example\n"


def test_a_relative_database_stands_where_the_command_was_called(plain: Mapping[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "inkseal.project.cli", "migrate", "--check"]
    answer = run(command, {**plain, "INKSEAL_DATABASE_URL": "sqlite:///here.db"}, folder=tmp_path)
    assert answer.returncode == 1
    assert (tmp_path / "here.db").is_file()


def test_money_never_passes_through_a_float() -> None:
    program = "import inkseal.project.settings; from decimal import Decimal; Decimal(0.5) + 0"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    answer = run([sys.executable, "-c", program], environment)
    assert "FloatOperation" in answer.stderr


PASSWORD = "an-invented-password"


@pytest.fixture
def grace(db: None) -> User:
    """A member of staff whose password is guessed at; another one, Heidi, sits in the same office."""
    User.objects.create_user("heidi", password=PASSWORD)
    return User.objects.create_user("grace", password=PASSWORD)


def sign_in(name: str, password: str, *, address: str = "203.0.113.1", agent: str = "A") -> int:
    """Return the status; 302 means inside, 422 wrong, 429 locked."""
    client = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    return client.post("/desk/sign-in", {"username": name, "password": password}).status_code


def guess(name: str, times: int, *, spread: bool = False) -> list[int]:
    """Guess wrong, from one place or each time from another place with another browser."""
    places = [(f"198.51.100.{number}", f"B{number}") if spread else ("203.0.113.1", "A") for number in range(times)]
    return [sign_in(name, "wrong", address=address, agent=agent) for address, agent in places]


def test_nine_wrong_tries_leave_the_account_open(grace: User) -> None:
    assert guess("grace", 9) == [422] * 9
    assert sign_in("grace", PASSWORD) == 302


@pytest.mark.parametrize("spread", [False, True])
def test_ten_wrong_tries_lock_the_account_wherever_they_come_from(grace: User, spread: bool) -> None:  # noqa: FBT001  # a case
    guess("grace", 10, spread=spread)
    assert sign_in("grace", PASSWORD) == 429
    assert sign_in("grace", PASSWORD, address="192.0.2.9", agent="C") == 429


def test_the_office_of_a_locked_account_goes_on_working(grace: User) -> None:
    guess("grace", 12)
    assert sign_in("heidi", PASSWORD) == 302


def test_a_right_password_forgets_the_wrong_ones_before(grace: User) -> None:
    for _ in range(3):
        assert guess("grace", 9) == [422] * 9
        assert sign_in("grace", PASSWORD) == 302


def test_a_locked_account_opens_again_after_a_quarter_of_an_hour(grace: User) -> None:
    guess("grace", 10)
    earlier = AccessAttempt.objects.latest("attempt_time").attempt_time - timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=earlier)
    assert sign_in("grace", PASSWORD) == 302


def test_tries_at_a_name_that_nobody_has_are_answered_alike(grace: User) -> None:
    assert guess("nobody-of-this-name", 10) == guess("grace", 10)
    assert sign_in("nobody-of-this-name", PASSWORD) == sign_in("grace", PASSWORD) == 429


@pytest.mark.parametrize("name", ["GRACE", " grace ", "grace\u200b"])
def test_another_spelling_is_not_another_ten_tries_at_the_same_account(grace: User, name: str) -> None:
    guess("grace", 10)
    assert sign_in(name, PASSWORD) in {422, 429}


def test_no_password_stands_in_the_record_of_tries(grace: User) -> None:
    sign_in("grace", "a-nearly-right-password")
    assert "a-nearly-right-password" not in str(list(AccessAttempt.objects.values()))


def test_passwords_are_long_and_not_common(settings: Settings) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    for weak in ("short", "elevenchars", "password1234"):
        with pytest.raises(ValidationError):
            validate_password(weak)
    validate_password("correct horse battery staple")
