"""The table of fields against the models, the labels, the pages of C5.6 and the columns the original encrypts."""

import pytest
from django.db import models

from inkseal.contracts.content import FIELD_OF_PATH
from inkseal.contracts.enums import PROGRESS_NAME, Agreement, CardType, Page, PictureKind, Progress, Review
from inkseal.contracts.fields import BY_NAME, FIELDS, Field, Group, Table, fields_of
from inkseal.contracts.labels import (
    AGREEMENT_LABEL,
    CARD_TYPE_LABEL,
    FIELD_LABEL,
    GROUP_LABEL,
    PICTURE_LABEL,
    PROGRESS_LABEL,
    REVIEW_LABEL,
    ROLE_LABEL,
    TERM_LABEL,
    target_label,
)
from inkseal.contracts.models import SigningDraft, SigningDraftExtra, SigningStep
from inkseal.contracts.terms import TERMS
from inkseal.core.actor import Role

MODEL = {Table.MAIN: SigningDraft, Table.EXTRA: SigningDraftExtra, Table.STEP: SigningStep}

#: R12, R17 and C1.20: what is stored encrypted, by its form name.
ENCRYPTED = {
    *("realname", "birthday", "cardid", "keeper_cardid", "mobile", "email", "phone", "qq", "wechat"),
    *("contactname", "contactmobile", "bank_openname", "bank_account", "address"),
    *("skype", "discord", "whatsapp", "line", "facebook_message", "contact_email", "user_address"),
    "guardian_email",
}

PAGE_70 = {"nationality", "birthday", "is_alone", "is_all_copyright", "is_exclusive_sign"}
PAGE_80 = {
    *("realname", "sex", "cardtype", "cardid", "job", "zipcode", "telpre", "mobile", "email", "phone", "qq"),
    *("wechat", "skype", "discord", "whatsapp", "line", "facebook_message", "address", "contactname"),
    *("contacttelpre", "contactmobile", "contact_email", "bank_openname", "bank_account", "bank", "bank_info"),
    *("bank_address", "country", "swiftcode", "user_address"),
}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_has_a_column_that_is_wide_enough_unsealed(field: Field) -> None:
    column = MODEL[field.table]._meta.get_field(field.column)
    if isinstance(column, models.CharField) and not field.sealed:
        assert column.max_length is not None
        assert field.max_length <= column.max_length


def test_r12_r17_exactly_the_personal_fields_are_sealed() -> None:
    assert {field.name for field in FIELDS if field.sealed} == ENCRYPTED


def test_every_sealed_column_of_the_models_is_a_field_or_a_list_of_files() -> None:
    columns = {
        column.name
        for model in (SigningDraft, SigningDraftExtra)
        for column in model._meta.concrete_fields
        if column.name.endswith("_en")
    }
    files = {"signed_contract_en", "sealed_contract_en", "card_images_en", "guarder_card_images_en"}
    assert columns - files == {field.column for field in FIELDS if field.sealed}


def test_the_pages_ask_what_the_specification_lists() -> None:
    assert {field.name for field in fields_of(Page.BASIC, minor=False)} == PAGE_70
    assert {field.name for field in fields_of(Page.INFORMATION, minor=False)} == PAGE_80
    assert {field.name for field in fields_of(Page.BASIC, minor=True)} - PAGE_70 == {"is_guarder_agreen"}
    guardian = {"keeper_cardid", "guarder_card_type", "guardian_email"}
    assert {field.name for field in fields_of(Page.INFORMATION, minor=True)} - PAGE_80 == guardian


def test_every_printed_value_comes_from_a_printed_field() -> None:
    """Glyphs are checked at the field, so each path of the template must lead back to one."""
    printed = {field.name for field in FIELDS if field.printed}
    assert set(FIELD_OF_PATH.values()) <= printed
    not_text = {"cardtype", "telpre", "guarder_card_type"}
    assert printed - set(FIELD_OF_PATH.values()) == not_text


def test_names_are_unique_and_found() -> None:
    assert len(BY_NAME) == len(FIELDS)
    assert all(BY_NAME[field.name] is field for field in FIELDS)


def test_everything_that_people_see_has_words() -> None:
    assert set(FIELD_LABEL) == set(BY_NAME)
    assert set(GROUP_LABEL) == set(Group)
    assert set(AGREEMENT_LABEL) == set(Agreement)
    assert set(CARD_TYPE_LABEL) == set(CardType)
    assert set(PROGRESS_LABEL) == set(Progress)
    assert set(REVIEW_LABEL) == set(Review)
    assert set(ROLE_LABEL) == set(Role)
    assert set(PICTURE_LABEL) == set(PictureKind)
    assert {term.name for terms in TERMS.values() for term in terms} <= set(TERM_LABEL)


def test_progress_names_fit_their_column() -> None:
    """E2: contractname has twenty characters."""
    assert set(PROGRESS_NAME) == set(Progress)
    assert all(len(name) <= 20 for name in PROGRESS_NAME.values())


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("realname", "Full name"),
        ("page:3", "Page 3"),
        ("card", "Identity document"),
        ("guarder_card:1", "Identity document of your guardian"),
        ("unheard of", "unheard of"),
    ],
)
def test_a_finding_is_named_by_what_it_is_about(target: str, words: str) -> None:
    assert str(target_label(target)) == words
