"""Each kind of effect has one handler."""

from datetime import datetime

import pytest

from inkseal import outbox
from inkseal.outbox.registry import handler_of


@pytest.fixture(autouse=True)
def _own_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inkseal.outbox.registry._handlers", {})


def send(effect: outbox.Effect, now: datetime) -> None:
    """Stand for a handler."""


def test_a_registered_handler_is_found() -> None:
    assert outbox.handler("mail")(send) is send
    assert handler_of("mail") is send


def test_registering_the_same_function_again_changes_nothing() -> None:
    outbox.handler("mail")(send)
    outbox.handler("mail")(send)
    assert handler_of("mail") is send


def test_two_functions_for_one_kind_are_refused() -> None:
    outbox.handler("mail")(send)
    with pytest.raises(outbox.HandlerExistsError) as caught:
        outbox.handler("mail")(lambda *_: None)
    assert caught.value.kind == "mail"


def test_an_unknown_kind_may_be_tried_again_by_a_newer_worker() -> None:
    with pytest.raises(outbox.NoHandlerError) as caught:
        handler_of("fax")
    assert caught.value.kind == "fax"
