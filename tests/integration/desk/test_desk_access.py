"""Every address of the desk x everybody who may come; an address that is not in the table fails (A-01, A-08, A-09)."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from inkseal.catalog.models import EditorGroup
from inkseal.contracts.models import UploadedPicture
from inkseal.desk.urls import urlpatterns
from inkseal.portal.session import AUTHOR_KEY
from tests.integration.contracts.journey import Journey
from tests.integration.desk.conftest import ClientOf
from tests.integration.desk.pages import IN_AUDIT, text


@dataclass(frozen=True)
class Rule:
    """What GET answers to a member of staff without duty, and to Charlie, Bob and Dora."""

    idler: int
    charlie: int
    bob: int
    dora: int


#: 404 where somebody may not even know; 403 where the duty is another; 302 where there is nothing to do now.
RULES = {
    "queue": Rule(200, 200, 200, 200),
    "contract": Rule(404, 200, 200, 200),
    "peek": Rule(404, 200, 200, 200),
    "propose": Rule(403, 302, 403, 403),
    "submit": Rule(403, 403, 302, 403),
    "audit": Rule(403, 403, 403, 200),
    "reveal": Rule(405, 405, 405, 405),
    "page": Rule(403, 403, 403, 200),
    "picture": Rule(403, 403, 403, 200),
    "file": Rule(403, 403, 403, 200),
}
OPEN = {"sign-in", "sign-out"}
ROUTES = [route for route in urlpatterns if route.name not in OPEN]
NAMES = [str(route.name) for route in ROUTES]


def address_of(route: URLPattern) -> str:
    picture = UploadedPicture.objects.filter(book_id=IN_AUDIT).values_list("file_id", flat=True)[0]
    known = {"book_id": IN_AUDIT, "page": 1, "size": "thumb", "file_id": picture, "kind": "print"}
    wanted = {name: known[name] for name in route.pattern.converters}
    return reverse(f"desk:{route.name}", kwargs=wanted)


@pytest.fixture(params=ROUTES, ids=NAMES)
def address(request: pytest.FixtureRequest, case: Journey, db: None) -> str:
    return address_of(request.param)


@pytest.fixture
def rule(request: pytest.FixtureRequest) -> Rule:
    name = request.node.callspec.id.split("-")[0]
    return RULES[name]


def test_every_address_of_the_desk_is_in_the_table() -> None:
    assert set(NAMES) == set(RULES)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_sent_to_sign_in(address: str, method: str, rule: Rule) -> None:
    response = getattr(Client(), method)(address)
    if response.status_code == 405:
        assert method == "post" or rule.dora == 405
    else:
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/desk/sign-in")


def test_an_authors_session_opens_nothing_of_the_desk(address: str, rule: Rule) -> None:
    client = Client()
    session = client.session
    session[AUTHOR_KEY] = 1001
    session.save()
    assert client.get(address).status_code == (405 if rule.dora == 405 else 302)


def test_without_a_duty_there_is_nothing_to_see(address: str, idler: Client, rule: Rule) -> None:
    assert idler.get(address).status_code == rule.idler


@pytest.mark.parametrize("user", ["charlie", "bob", "dora"])
def test_each_duty_sees_its_own(address: str, client_of: ClientOf, user: str, rule: Rule) -> None:
    response = client_of(user).get(address)
    assert response.status_code == getattr(rule, user)
    if response.status_code == 200:
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("name", "user"), [("propose", "bob"), ("submit", "dora"), ("audit", "bob"), ("reveal", "charlie")]
)
def test_another_duty_cannot_send_the_form_either(name: str, user: str, case: Journey, client_of: ClientOf) -> None:
    revision = case.revision
    response = client_of(user).post(reverse(f"desk:{name}", args=[IN_AUDIT]), {"request_id": "0" * 32, "revision": "0"})
    assert response.status_code == 403
    assert case.revision == revision


def test_a_duty_that_is_taken_away_is_gone_with_the_next_click(case: Journey, dora: Client) -> None:
    page = reverse("desk:audit", args=[IN_AUDIT])
    assert dora.get(page).status_code == 200
    EditorGroup.objects.filter(staff__name="Dora").delete()
    assert dora.get(page).status_code == 403
    assert dora.post(page, {"decision": "pass"}).status_code == 403


@pytest.mark.parametrize("name", ["contract", "peek", "audit"])
def test_a_book_that_is_not_there_is_not_there(name: str, case: Journey, dora: Client) -> None:
    assert dora.get(reverse(f"desk:{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("name", ["contract", "audit", "propose"])
def test_the_pages_hold_no_inline_script_or_style(name: str, case: Journey, client_of: ClientOf) -> None:
    user = {"contract": "bob", "audit": "dora", "propose": "charlie"}[name]
    response = client_of(user).get(reverse(f"desk:{name}", args=[71 if name == "propose" else IN_AUDIT]))
    page = response.content.decode()
    assert response.status_code == 200
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["propose", "submit", "audit", "reveal"])
def test_a_form_from_elsewhere_is_refused(name: str, case: Journey) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="dora"), "django.contrib.auth.backends.ModelBackend")
    revision = case.revision
    body = {"decision": "pass", "request_id": "0" * 32, "revision": str(revision)}
    address = reverse(f"desk:{name}", args=[IN_AUDIT])
    assert client.post(address, body).status_code == 403
    assert client.post(address, "{}", content_type="text/plain").status_code == 403
    assert case.revision == revision


def test_who_was_signed_out_while_typing_gets_the_text_back(case: Journey) -> None:
    typed = {"reason": "I wrote this for a while.", "note:realname": "Both names.", "request_id": "0" * 32}
    response = Client().post(reverse("desk:audit", args=[IN_AUDIT]), typed)
    assert response.status_code == 401
    words = text(response)
    assert "I wrote this for a while." in words
    assert "Both names." in words
    assert "0" * 32 not in words
