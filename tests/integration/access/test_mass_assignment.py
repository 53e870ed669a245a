"""Fields that no form of ours has are never stored, whatever column they are named after (A-07)."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client

from inkseal.catalog.models import Author, EditorGroup
from inkseal.contracts.author_view import author_contract
from inkseal.contracts.enums import Page
from inkseal.contracts.fields import FIELDS
from inkseal.contracts.models import AuditEntry, Contract, ContractControl, Proposal, Signing, SigningStep
from inkseal.project.clock import database_now
from inkseal.project.demo.story import BASIC, INFORMATION
from tests.integration.access.world import ALICE, STATIONS, World, browser_of
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import TERMS, filled

#: What the attacker sends in every field that he has no business with; no honest value looks like it.
NUMBER, WORD = "66613", "mallory-was-here"
#: Other names by which programs have been talked into things.
USUAL = (
    "is_staff",
    "is_superuser",
    "role",
    "owner_id",
    "approved_by",
    "amount",
    "status",
    "state",
    "id",
    "pk",
    "_state",
)


def rows(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.values())


def stored() -> str:
    """Return every value of every table of ours, and of the accounts."""
    models: list[type[Model]] = [User]
    models.extend(model for model in apps.get_models() if model.__module__.startswith("inkseal."))
    return "\n".join(str(rows(model)) for model in models)


def columns() -> set[str]:
    """Return the name of every column and attribute of every table of ours."""
    found: set[str] = set(USUAL)
    for model in apps.get_models():
        if model.__module__.startswith(("inkseal.", "django.contrib.auth")):
            for field in model._meta.concrete_fields:
                found |= {field.name, field.attname, str(field.column)}
    return found


def poisoned(honest: dict[str, Any], own: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the honest form with every name added that is neither in it nor the form's own, as number and word."""
    extra = {name: [NUMBER, WORD] for name in columns() if name not in honest and name not in own}
    return {**extra, **honest}


def assert_clean() -> None:
    text = stored()
    assert WORD not in text
    assert not re.search(rf"\b{NUMBER}\b", text)


def own_values(station: str) -> list[str]:
    """Return what stands sealed in the author's own fields, opened."""
    actor = Journey(database_now(), STATIONS[station]).author
    return list(author_contract(STATIONS[station], actor=actor, now=database_now()).values.values())


def test_the_check_itself_finds_what_was_stored(world: World) -> None:
    Author.objects.filter(id=ALICE).update(pen_name=WORD)
    with pytest.raises(AssertionError):
        assert_clean()
    assert len(columns()) > 200


def test_the_declarations_take_nothing_else(world: World) -> None:
    address = world.address("portal:basic", "told")
    assert browser_of("author").post(address, poisoned(dict(BASIC))).status_code == 302
    assert SigningStep.objects.get(book_id=STATIONS["told"]).page == 80
    assert_clean()
    assert {NUMBER, WORD}.isdisjoint(own_values("told"))


def test_the_information_takes_only_its_own_fields(world: World) -> None:
    own = frozenset(field.name for field in FIELDS if field.page is Page.INFORMATION)
    address = world.address("portal:information", "information")
    assert browser_of("author").post(address, poisoned(dict(INFORMATION), own)).status_code == 302
    assert SigningStep.objects.get(book_id=STATIONS["information"]).page == 90
    assert_clean()
    kept = own_values("information")
    assert INFORMATION["realname"] in kept
    assert {NUMBER, WORD}.isdisjoint(kept)


def test_the_autosave_moves_nothing(world: World) -> None:
    book_id = STATIONS["information"]
    before = (rows(Contract), rows(SigningStep), rows(Signing))
    sent = {"job": "Novelist", "contract": "40", "step": "60", "status": "3", "CBID": "88", "cauthorid": "1002"}
    assert browser_of("author").post(world.address("portal:field", "information"), sent).status_code == 200
    after = (rows(Contract), rows(SigningStep), rows(Signing))
    times = {"updated_at"}
    for old, new in zip(before, after, strict=True):
        assert [{k: v for k, v in row.items() if k not in times} for row in old] == [
            {k: v for k, v in row.items() if k not in times} for row in new
        ]
    assert "Novelist" in own_values("information")
    assert ContractControl.objects.get(book_id=book_id).submitted_by is not None


@pytest.mark.parametrize("field", ["contract", "progress", "review", "step", "page", "approved_sha256", "submitted_by"])
def test_the_state_is_no_field_of_the_hand_in(world: World, field: str) -> None:
    browser = browser_of("author")
    before = stored()
    browser.post(world.address("portal:hand-in", "upload"), {field: "40", "revision": "0", "request_id": "0" * 32})
    assert stored() == before


def test_a_proposal_takes_its_terms_and_nothing_else(world: World) -> None:
    browser = browser_of("responsible")
    address = world.address("desk:propose", "idle")
    assert browser.post(address, poisoned(filled(browser, address, **TERMS))).status_code == 302
    proposal = Proposal.objects.get(book_id=STATIONS["idle"])
    assert proposal.editor_name == "Charlie"
    assert set(proposal.terms) == {"share_ratio", "currency", "term_years", "words_per_month"}
    assert_clean()


def test_a_submission_takes_its_terms_and_note_and_nothing_else(world: World) -> None:
    browser = browser_of("chief")
    address = world.address("desk:submit", "proposed")
    honest = filled(browser, address, note="Strong opening", **TERMS)
    assert browser.post(address, poisoned(honest)).status_code == 302
    control = ContractControl.objects.get(book_id=STATIONS["proposed"])
    assert (control.round, control.approved_sha256) == (1, "")
    assert_clean()


def test_an_audit_names_nobody_but_the_auditor(world: World) -> None:
    browser = browser_of("signing")
    address = world.address("desk:audit", "audit")
    honest = filled(browser, address, decision="pass")
    browser.post(address, poisoned({**honest, "note": ""}))
    entries = AuditEntry.objects.filter(book_id=STATIONS["audit"])
    assert {entry.auditor for entry in entries} <= {"Dora"}
    assert WORD not in str(rows(AuditEntry))
    assert not re.search(rf"\b{NUMBER}\b", str(rows(Contract)) + str(rows(ContractControl)))


def test_signing_in_gives_no_rights(world: World) -> None:
    sent = {"username": "erin", "password": "wrong", "is_staff": "1", "is_superuser": "1", "responsibility": "11"}
    Client().post("/desk/sign-in", sent)
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(is_staff=True).exists()
    assert not EditorGroup.objects.filter(staff__name="Erin").exists()
