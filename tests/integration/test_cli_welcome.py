"""What `make run` prints: where to look, and invented people for every role."""

import pytest
from pytest_django import Settings

from inkseal.core.actor import Role
from inkseal.project.cli.welcome import welcome
from inkseal.project.demo.people import AUTHORS, PASSWORD, STAFF


def test_an_installation_for_real_people_prints_no_sign_ins(settings: Settings) -> None:
    settings.BASE_URL = "https://contracts.example"
    text = welcome()
    assert text.startswith("Inkseal is at https://contracts.example (Ctrl-C ends it)")
    assert PASSWORD not in text
    assert "/demo/mail" not in text


def test_the_demo_prints_a_sign_in_for_every_role(settings: Settings) -> None:
    settings.DEMO = True
    text = welcome()
    for person in STAFF:
        assert f" {person.user} " in text
    for author in AUTHORS:
        assert f" {author.email} " in text
    assert {person.role for person in STAFF} == {Role.RESPONSIBLE_EDITOR, Role.CHIEF_EDITOR, Role.SIGNING_EDITOR}


@pytest.mark.parametrize("name", ["responsible editor", "chief editor", "signing editor", "author"])
def test_roles_are_named_in_words(settings: Settings, name: str) -> None:
    settings.DEMO = True
    assert f"\n  {name} " in welcome()


def test_the_demo_says_where_its_mail_is(settings: Settings) -> None:
    settings.DEMO, settings.BASE_URL = True, "http://127.0.0.1:9000"
    assert "http://127.0.0.1:9000/demo/mail" in welcome()
