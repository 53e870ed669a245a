"""How author pages put fields, steps, pages and words together: no database."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from inkseal.contracts import labels
from inkseal.contracts.enums import Agreement, CardType, Page, PictureKind, Progress, Review
from inkseal.contracts.errors import FieldFault
from inkseal.contracts.fields import FIELDS, Group
from inkseal.contracts.rules import FaultCode
from inkseal.contracts.send_back_view import Finding
from inkseal.core.actor import Role
from inkseal.portal.countries import countries
from inkseal.portal.forms import Filled, leading_field, shown_field, shown_groups, to_change
from inkseal.portal.places import STEP_NAME, steps_at
from inkseal.portal.shown import _REQUEST_ID, _REVISION
from inkseal.portal.signed_pages import missing_words, places_to_write
from inkseal.project.templatetags import design


def all_names(page: Page, *, minor: bool) -> list[str]:
    groups = shown_groups(page, Filled({}), minor=minor)
    fields = [field for group in groups for field in (*group.fields, *group.folded)]
    return [field.name for field in fields] + [field.mate.name for field in fields if field.mate]


@pytest.mark.parametrize("page", [Page.BASIC, Page.INFORMATION])
def test_a_minors_form_shows_every_field_of_its_page_once(page: Page) -> None:
    names = all_names(page, minor=True)
    assert sorted(names) == sorted(field.name for field in FIELDS if field.page is page)


def test_a_grown_up_is_asked_nothing_about_a_guardian() -> None:
    groups = shown_groups(Page.INFORMATION, Filled({}), minor=False)
    assert Group.GUARDIAN not in {group.key for group in groups}


def test_no_required_field_is_folded_away() -> None:
    for group in shown_groups(Page.INFORMATION, Filled({}), minor=True):
        assert not [field.name for field in group.folded if field.required]


def test_a_folded_part_opens_when_something_in_it_is_to_change() -> None:
    filled = Filled({}, (FieldFault("contactmobile", FaultCode.DIGITS),))
    groups = {group.key: group for group in shown_groups(Page.INFORMATION, filled, minor=False)}
    assert groups[Group.EMERGENCY].open
    assert not groups[Group.CONTACT].open


def test_a_fault_of_the_country_code_is_said_at_its_number() -> None:
    filled = Filled({}, (FieldFault("telpre", FaultCode.DIALLING_CODE), FieldFault("mobile", FaultCode.DIGITS)))
    shown = shown_field("mobile", filled)
    assert "such as +65" in shown.sentence
    assert "4 to 15 digits" in shown.sentence
    assert leading_field("telpre") == "mobile"
    assert leading_field("bank") == "bank"


def test_what_an_editor_found_stands_at_its_field() -> None:
    finding = Finding("realname", "Please write both.", "Name", (), "Alice", changed=False)
    assert shown_field("realname", Filled({}, (), (finding,))).finding == finding
    assert shown_field("bank", Filled({}, (), (finding,))).finding is None


def test_only_a_letter_for_a_digit_is_proposed_to_be_mended() -> None:
    mend = FieldFault("cardid", FaultCode.LETTER_FOR_DIGIT, "E10")
    other = FieldFault("cardid", FaultCode.NOT_PRINTABLE, "𐎠")
    assert shown_field("cardid", Filled({}, (mend,))).proposal == "E10"
    assert not shown_field("cardid", Filled({}, (other,))).proposal


def test_faults_are_counted_apart_from_what_is_still_empty() -> None:
    faults = [
        FieldFault("a", FaultCode.REQUIRED),
        FieldFault("b", FaultCode.SWIFT),
        FieldFault("c", FaultCode.REQUIRED),
    ]
    assert to_change(faults) == (1, 2)


def test_values_never_show_in_a_repr() -> None:
    filled = Filled({"realname": "Alice Tan"})
    assert "Alice" not in repr(filled)
    assert "Alice" not in repr(shown_field("realname", filled))


def test_countries_have_names_in_the_readers_language() -> None:
    with translation.override("en"):
        assert dict(countries())["SG"] == "Singapore"
    with translation.override("zh-hans"):
        assert dict(countries())["SG"] == "新加坡"


def test_only_countries_are_listed_as_countries() -> None:
    codes = [code for code, _name in countries()]
    assert len(codes) > 240
    assert not {"EU", "ZZ", "UN", "001", "XA"} & set(codes)


@pytest.mark.parametrize("page", STEP_NAME)
def test_each_step_says_which_it_is_of_four(page: Page) -> None:
    steps = steps_at(page)
    assert steps is not None
    states = [step.state for step in steps.all]
    assert states == ["done"] * (steps.number - 1) + ["now"] + ["to-come"] * (4 - steps.number)
    assert bool(steps.next_name) == (steps.number < 4)


def test_pages_beside_the_steps_show_no_progress() -> None:
    assert steps_at(Page.WAITING) is None


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ((), ""),
        (("page:7",), "page 7"),
        (("page:4", "page:7"), "pages 4, 7"),
        (("page:1", "page:2", "page:3", "page:9"), "pages 1–3, 9"),
        (("card:1",), "your document"),
        (("page:2", "card:1", "card:2"), "page 2, your document"),
    ],
)
def test_what_is_missing_is_said_in_runs(missing: tuple[str, ...], words: str) -> None:
    assert missing_words(missing) == words


def test_places_to_write_leave_out_the_seal_and_repeat_nothing() -> None:
    kinds = ("author_signature", "company_seal", "author_date", "author_signature")
    assert places_to_write(kinds) == "your signature, the date"


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (labels.FIELD_LABEL, {field.name for field in FIELDS}),
        (labels.GROUP_LABEL, set(Group)),
        (labels.CARD_TYPE_LABEL, set(CardType)),
        (labels.AGREEMENT_LABEL, set(Agreement)),
        (labels.PROGRESS_LABEL, set(Progress)),
        (labels.REVIEW_LABEL, set(Review)),
        (labels.ROLE_LABEL, set(Role)),
        (labels.PICTURE_LABEL, set(PictureKind)),
    ],
)
def test_every_value_has_words(table: dict[object, object], wanted: set[object]) -> None:
    assert set(table) == wanted
    assert all(str(words) for words in table.values())


@pytest.mark.parametrize(
    ("target", "words"),
    [("realname", "Full name"), ("page:3", "Page 3"), ("card", "Identity document"), ("card:2", "Identity document")],
)
def test_a_finding_is_named_by_its_thing(target: str, words: str) -> None:
    assert str(labels.target_label(target)) == words


@pytest.mark.parametrize("given", ["", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "g" * 32])
def test_only_an_id_of_ours_names_an_attempt(given: str) -> None:
    assert not _REQUEST_ID.fullmatch(given)


@pytest.mark.parametrize("given", ["", "-1", "1.0", "٣", "9" * 19, " 1"])
def test_only_digits_name_a_revision(given: str) -> None:
    assert not _REVISION.fullmatch(given)


def test_an_icon_is_silent_and_its_name_cannot_break_out() -> None:
    made = design.icon("ok")
    assert 'aria-hidden="true"' in made
    assert "icons.svg#ok" in made
    assert "<script>" not in design.icon('"><script>')


@pytest.mark.parametrize(
    ("shape", "language", "words"),
    [
        ("clock", "en", "14:32 UTC"),
        ("date", "en", "21 November 2026"),
        ("day", "en", "21 November 2026, 14:32 UTC"),
        ("date", "zh-hans", "2026 年 11 月 21 日"),
        ("day", "zh-hans", "2026 年 11 月 21 日 14:32 UTC"),
    ],
)
def test_times_name_the_month_and_the_zone(shape: str, language: str, words: str) -> None:
    with translation.override(language):
        made = design.at(datetime(2026, 11, 21, 14, 32, tzinfo=UTC), shape)
    assert f">{words}</time>" in made
    assert 'datetime="2026-11-21T14:32:00Z"' in made


def test_a_time_that_is_not_there_is_nothing() -> None:
    assert not design.at(None)


def test_titles_stand_between_book_marks_in_chinese_only() -> None:
    with translation.override("zh-hans"):
        assert design.book_title("灯渡") == "《灯渡》"
    with translation.override("en"):
        assert design.book_title("The Lantern Ferry") == "The Lantern Ferry"
