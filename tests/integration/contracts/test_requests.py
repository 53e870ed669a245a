"""The same request id gives the same answer; another body, person or book under it is refused (C3.9)."""

from datetime import datetime

import pytest

from inkseal.contracts.enums import Page
from inkseal.contracts.errors import MoveRefusedError, RequestReusedError
from inkseal.contracts.go_back import go_back
from inkseal.contracts.models import ContractRequest
from inkseal.contracts.propose import propose
from inkseal.contracts.requests import Moved, Request
from inkseal.contracts.resume import resume
from inkseal.contracts.save_basic import save_basic
from inkseal.core.actor import Actor, Role
from inkseal.project.demo.people import write_book
from tests.integration.contracts.journey import BASIC, TERMS, Journey, a_request
from tests.integration.contracts.rows import nothing_changes


def propose_77(journey: Journey, request: Request, *, actor: Actor | None = None, now: datetime | None = None) -> Moved:
    return propose(77, 1, TERMS, actor=actor or journey.charlie, request=request, now=now or journey.tick())  # type: ignore[arg-type]  # 1 is STANDARD_SHARE


def test_an_answer_is_given_again_long_after(journey: Journey) -> None:
    request = a_request({"agreement": 1})
    first = propose_77(journey, request)
    journey.submit()
    with nothing_changes():
        assert propose_77(journey, request) == first
    assert first.revision == 1


def test_an_answer_keeps_every_value(journey: Journey) -> None:
    journey.to_audit()
    journey.send_back()
    request = a_request()
    first = resume(77, actor=journey.author, request=request, now=journey.tick())
    again = resume(77, actor=journey.author, request=request, now=journey.tick())
    assert again == first
    assert (again.progress, again.page, again.review) == (110, 80, 2)


def test_another_body_is_refused(journey: Journey) -> None:
    request = a_request({"share_ratio": "50"})
    propose_77(journey, request)
    with nothing_changes(), pytest.raises(RequestReusedError):
        propose_77(journey, Request(request.id, {"share_ratio": "60"}))


def test_another_person_is_refused(journey: Journey) -> None:
    request = a_request()
    propose_77(journey, request)
    with nothing_changes(), pytest.raises(RequestReusedError):
        propose_77(journey, request, actor=Actor(Role.RESPONSIBLE_EDITOR, journey.bob.id, "Bob"))


def test_another_book_is_refused(journey: Journey) -> None:
    """Two forms without any field have the same body."""
    write_book(78, 1001, "Salt Roads North", now=journey.now)
    journey.to_preview()
    other = Journey(journey.now, book_id=78).to_preview()
    request = a_request()
    go_back(77, Page.BASIC, actor=journey.author, request=request, now=journey.tick())
    with nothing_changes(), pytest.raises(RequestReusedError):
        go_back(78, Page.BASIC, actor=other.author, request=request, now=journey.tick())


def test_a_refused_attempt_leaves_its_id_free(journey: Journey) -> None:
    request = a_request(BASIC)
    with nothing_changes(), pytest.raises(MoveRefusedError):
        save_basic(77, BASIC, actor=journey.author, request=request, now=journey.tick())
    journey.to_submitted()
    assert save_basic(77, BASIC, actor=journey.author, request=request, now=journey.tick()).page is Page.INFORMATION


def test_only_a_digest_of_the_body_is_kept(journey: Journey) -> None:
    journey.to_submitted()
    save_basic(77, BASIC, actor=journey.author, request=a_request(BASIC), now=journey.tick())
    row = ContractRequest.objects.get()
    assert "1999-09-09" not in repr(list(ContractRequest.objects.values()))
    assert (row.actor, len(row.body_digest)) == ("author:1001", 64)
    assert row.created_at == journey.now


def test_a_body_does_not_show_in_a_repr() -> None:
    assert "1999" not in repr(a_request({"birthday": "1999-09-09"}))
