"""Previews in memory: of one setting, few at a time, for nobody but their author; and the session's own rules."""

import pytest
from django.test import Client

from inkseal.contracts.errors import ContentChangedError, NotYoursError
from inkseal.portal import previews
from inkseal.portal.session import AUTHOR_KEY, WAITING_KEY
from inkseal.project.clock import database_now
from inkseal.project.demo.story import Story
from tests.integration.portal.kit import ALICE, BEA

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(story: Story) -> Story:
    """Alice's book at the preview; nothing is kept of earlier tests."""
    previews._kept.clear()
    story.declare()
    story.fill_in()
    return story


def test_the_pictures_of_one_preview_are_of_one_setting(ready: Story) -> None:
    made = previews.new_preview(77, actor=ready.author, now=database_now())
    for _ in range(3):
        assert previews.seen_preview(77, made.content_hash, actor=ready.author, now=database_now()) is made


def test_a_preview_that_was_dropped_is_set_again(ready: Story) -> None:
    made = previews.new_preview(77, actor=ready.author, now=database_now())
    previews._kept.clear()
    again = previews.seen_preview(77, made.content_hash, actor=ready.author, now=database_now())
    assert again.content_hash == made.content_hash
    assert again is not made


def test_only_a_handful_is_kept(ready: Story) -> None:
    made = previews.new_preview(77, actor=ready.author, now=database_now())
    for number in range(previews.MOST):
        previews._kept[1, number, "x"] = made
    previews.new_preview(77, actor=ready.author, now=database_now())
    assert len(previews._kept) == previews.MOST


def test_a_preview_in_memory_is_for_its_author_only(ready: Story) -> None:
    made = previews.new_preview(77, actor=ready.author, now=database_now())
    stranger = Story(88, BEA.id).author
    with pytest.raises(NotYoursError):
        previews.seen_preview(77, made.content_hash, actor=stranger, now=database_now())


def test_a_hash_of_no_present_text_is_refused(ready: Story) -> None:
    with pytest.raises(ContentChangedError):
        previews.seen_preview(77, "0" * 64, actor=ready.author, now=database_now())


def test_a_session_holds_numbers_and_digests_only(client: Client, world: None) -> None:
    client.post("/author/sign-in", {"email": ALICE.email})
    held = dict(client.session)
    assert set(held) == {WAITING_KEY}
    assert ALICE.email not in str(held)


def test_two_authors_in_one_browser_follow_each_other(alice: Client) -> None:
    session = alice.session
    session[AUTHOR_KEY] = BEA.id
    session.save()
    assert "No contract yet" in alice.get("/author/").content.decode()
