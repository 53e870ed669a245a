"""Staff come in by name and password; tries are counted, duties are read anew at every request."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inkseal.catalog.models import EditorGroup, Staff
from tests.integration.desk.conftest import ClientOf
from tests.integration.desk.pages import text

SIGN_IN = "/desk/sign-in"
PASSWORD = "an invented password"


@pytest.fixture
def bob(db: None) -> User:
    """A chief editor."""
    user = User.objects.create_user("bob", password=PASSWORD)
    staff = Staff.objects.create(user=user, name="Bob")
    EditorGroup.objects.create(group_id=4, group_name="Group 4", staff=staff, responsibility=2)
    return user


def test_the_right_password_leads_to_the_queue(client: Client, bob: User) -> None:
    response = client.post(SIGN_IN, {"username": "bob", "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200


def test_spaces_around_the_name_are_forgiven(client: Client, bob: User) -> None:
    assert client.post(SIGN_IN, {"username": " bob ", "password": PASSWORD}).status_code == 302


def test_a_wrong_password_keeps_the_name_and_never_shows_the_password(client: Client, bob: User) -> None:
    response = client.post(SIGN_IN, {"username": "bob", "password": "wrong horse"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="bob"' in page
    assert "wrong horse" not in page
    assert "do not fit together" in page


def test_an_unknown_name_is_answered_like_a_wrong_password(client: Client, bob: User) -> None:
    known = client.post(SIGN_IN, {"username": "bob", "password": "wrong"})
    unknown = client.post(SIGN_IN, {"username": "eve", "password": "wrong"})
    assert unknown.status_code == known.status_code
    assert text(unknown) == text(known)


def test_a_visitor_is_led_to_the_page_he_wanted(client: Client, bob: User) -> None:
    wanted = "/desk/?section=to_submit"
    turned = client.get(wanted)
    assert turned.status_code == 302
    response = client.post(turned.headers["Location"], {"username": "bob", "password": PASSWORD})
    assert response.headers["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_sign_in_never_leads_to_another_site(client: Client, bob: User, elsewhere: str) -> None:
    sent = {"username": "bob", "password": PASSWORD, "next": elsewhere}
    assert client.post(SIGN_IN, sent).headers["Location"] == "/desk/"


def test_after_ten_wrong_tries_even_the_right_password_waits(client: Client, bob: User) -> None:
    for _try in range(10):
        client.post(SIGN_IN, {"username": "bob", "password": "wrong"})
    response = client.post(SIGN_IN, {"username": "bob", "password": PASSWORD})
    assert response.status_code == 429
    assert "Please wait fifteen minutes" in text(response)
    assert client.get("/desk/").status_code == 302


def test_a_locked_name_does_not_lock_others(client: Client, bob: User) -> None:
    for _try in range(11):
        client.post(SIGN_IN, {"username": "eve", "password": "wrong"})
    assert client.post(SIGN_IN, {"username": "bob", "password": PASSWORD}).status_code == 302


def test_an_account_that_was_switched_off_does_not_come_in(client: Client, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert client.post(SIGN_IN, {"username": "bob", "password": PASSWORD}).status_code == 422


def test_a_session_of_a_switched_off_account_is_worth_nothing(bob: User, client_of: ClientOf) -> None:
    client = client_of("bob")
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_an_account_without_staff_row_is_told_so(db: None, client_of: ClientOf) -> None:
    User.objects.create_user("frank")
    response = client_of("frank").get("/desk/")
    assert response.status_code == 403
    assert "no desk yet" in text(response)


def test_who_is_signed_in_skips_the_form(bob: User, client_of: ClientOf) -> None:
    assert client_of("bob").get(SIGN_IN).headers["Location"] == "/desk/"


def test_signing_out_ends_the_session_on_the_server(bob: User, client_of: ClientOf) -> None:
    client = client_of("bob")
    key = client.session.session_key
    assert client.post("/desk/sign-out").headers["Location"] == SIGN_IN
    client.cookies["sessionid"] = str(key)
    assert client.get("/desk/").status_code == 302


def test_a_link_cannot_sign_anybody_out(bob: User, client_of: ClientOf) -> None:
    client = client_of("bob")
    assert client.get("/desk/sign-out").status_code == 405
    assert client.get("/desk/").status_code == 200


def test_a_form_without_token_is_refused(bob: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"username": "bob", "password": PASSWORD}).status_code == 403


def test_the_session_key_changes_at_sign_in(client: Client, bob: User) -> None:
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    before = client.session.session_key
    client.post(SIGN_IN, {"username": "bob", "password": PASSWORD})
    assert client.session.session_key != before


def test_the_form_speaks_chinese(client: Client, db: None) -> None:
    response = client.get(SIGN_IN, headers={"accept-language": "zh-CN"})
    assert response.headers["Content-Language"] == "zh-hans"
