"""Ids of push messages, and which errors are told apart."""

import pytest

from inkseal.core.errors import RetryableError
from inkseal.notices.errors import MailServerError, NoRouteError, PushGatewayError, RouteError, RouteRestsError
from inkseal.notices.push import request_id


def test_a_request_id_is_the_same_for_the_same_effect_and_tells_nothing() -> None:
    assert request_id("notice:77:T2:1:push") == request_id("notice:77:T2:1:push")
    assert request_id("notice:77:T2:1:push") != request_id("notice:77:T2:2:push")
    assert len(request_id("x")) == 32


@pytest.mark.parametrize("kind", [MailServerError, PushGatewayError])
def test_a_failed_attempt_keeps_its_kind_and_may_be_tried_again(kind: type[RouteError]) -> None:
    error = kind("TimeoutError")
    assert error.kind == str(error) == "TimeoutError"
    assert isinstance(error, RetryableError)


def test_a_rest_is_no_attempt() -> None:
    assert not isinstance(RouteRestsError("smtp:127.0.0.1:25"), RouteError)
    assert RouteRestsError("smtp:127.0.0.1:25").server == "smtp:127.0.0.1:25"


def test_an_author_without_a_route_is_named_by_his_number() -> None:
    assert NoRouteError(1001).author_id == 1001
