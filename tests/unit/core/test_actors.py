"""Who acts is written into logs with the original's codes and words (AMB-31)."""

import pytest

from inkseal.core.actor import RESPONSIBILITY, SYSTEM, Actor, Role


def test_signing_editor_has_the_code_of_the_original() -> None:
    """R7"""
    assert int(Role.SIGNING_EDITOR) == 11


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_words_that_fit_the_log(role: Role) -> None:
    words = Actor(role, 1, "Charlie").responsibility
    assert words == RESPONSIBILITY[role]
    assert 0 < len(words) <= 50


def test_the_system_acts_under_its_own_name_and_number() -> None:
    assert (SYSTEM.role, SYSTEM.id, SYSTEM.name) == (Role.SYSTEM, 0, "system")
    assert SYSTEM.responsibility == "system"


def test_an_actor_cannot_be_changed_under_way() -> None:
    actor = Actor(Role.AUTHOR, 1001, "Tan Lanyue")
    with pytest.raises(AttributeError):
        actor.id = 1002  # type: ignore[misc]  # the point of this test
