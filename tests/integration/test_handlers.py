"""Whatever any package enqueues has somebody who carries it out: found by reading the source."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from inkseal import outbox
from inkseal.contracts.models import SealUse
from inkseal.outbox.models import OutboxEffect
from inkseal.outbox.registry import handler_of
from inkseal.project import handlers, worker
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from tests.integration.contracts.journey import Journey

SOURCE = Path(handlers.__file__).resolve().parents[1]


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def calls(path: Path) -> Iterator[ast.Call]:
    """Yield the calls of outbox.enqueue in one file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"outbox.enqueue", "enqueue"}:
            yield node


def kind_of(path: Path, call: ast.Call) -> str:
    """Return the kind that a call names: a text, or a constant of its module."""
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return str(first.value)
    name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
    return str(getattr(importlib.import_module(name), ast.unparse(first)))


ENQUEUED = sorted({kind_of(path, call) for path in modules() for call in calls(path)})


def test_the_source_enqueues_the_effects_of_the_straight_path() -> None:
    assert {"notice.send", "contract.seal", "event.book", "event.author", "portal.code"} <= set(ENQUEUED)


@pytest.mark.parametrize("kind", ENQUEUED)
def test_every_kind_that_is_enqueued_is_carried_out(kind: str) -> None:
    assert callable(handler_of(kind))


def test_a_kind_that_nobody_carries_out_is_found() -> None:
    with pytest.raises(outbox.NoHandlerError):
        handler_of("nobody.knows")


def test_every_call_gives_the_time_and_a_key_that_is_made_of_facts() -> None:
    for path in modules():
        for call in calls(path):
            assert "now" in {keyword.arg for keyword in call.keywords}, path
            assert isinstance(call.args[1], ast.JoinedStr | ast.Name), f"{path}: a key that never differs"


@pytest.fixture
def approved(db: None) -> Journey:
    """A book that Dora passed; its messages, events and seal wait in the outbox."""
    now = database_now()
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    return Journey(now).to_approved()


def run_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what is due an hour after the journey: its own minutes lie in the future of the database."""
    from datetime import timedelta
    from threading import Event

    monkeypatch.setattr(worker, "database_now", lambda: database_now() + timedelta(hours=1))
    worker.work_off("test", Event())


def states() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, state in OutboxEffect.objects.values_list("kind", "state"):
        found.setdefault(kind, set()).add(state)
    return found


def test_the_worker_carries_out_everything_to_the_seal(approved: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    run_everything(monkeypatch)
    found = states()
    assert {"notice.send", "event.book", "event.author", "contract.seal"} <= set(found)
    assert set.union(*found.values()) == {"done"}
    assert SealUse.objects.exclude(file_id=None).count() == 1
    assert approved.state.signed


def test_the_author_hears_of_it_twice_and_not_more(approved: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    run_everything(monkeypatch)
    run_everything(monkeypatch)
    assert [message.to for message in mail.outbox] == [["alice@example.org"]] * 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_a_seal_key_that_is_away_leaves_the_contract_approved(
    approved: Journey, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    handlers.seal_key.cache_clear()
    settings.SEAL_KEY_FILE = tmp_path / "away.p12"
    run_everything(monkeypatch)
    assert not approved.state.signed
    assert states()["contract.seal"] != {"done"}
    assert states()["event.book"] == {"done"}


def test_the_seal_key_is_loaded_once(approved: Journey) -> None:
    handlers.seal_key.cache_clear()
    assert handlers.seal_key() is handlers.seal_key()
