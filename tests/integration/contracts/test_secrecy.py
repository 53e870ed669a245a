"""The raw tables of a whole walk: no personal plain text, and a chain that shows every change (C8.10)."""

import json
from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings

from inkseal import vault
from inkseal.contracts.board import chain_of
from inkseal.contracts.drafts import find_final
from inkseal.contracts.enums import PictureKind, SendBackTo
from inkseal.contracts.fields import FIELDS, Field, Kind
from inkseal.contracts.models import Signing, SigningDraft, SigningDraftExtra, SigningExtra
from inkseal.contracts.send_back import NewFinding
from inkseal.evidence import ChainFault, verify_chain
from inkseal.evidence.models import EvidenceChain, EvidenceEvent
from inkseal.outbox.models import OutboxEffect
from tests.integration.contracts.journey import INFORMATION, Journey, reason
from tests.integration.contracts.rows import rows_of

#: A guarded author, so that every sealed field is filled.
EVERYTHING = {
    **INFORMATION,
    **{field.name: f"{field.name}-secret" for field in FIELDS if field.sealed and field.kind is Kind.TEXT},
    "realname": "Alice Tan",
    "bank_openname": "Alice Tan",
    "phone": "6555500",
    "contact_email": "charlie@example.org",
    "keeper_cardid": "S7654321A",
    "guarder_card_type": "0",
    "guardian_email": "bob@example.org",
}
SECRETS = sorted(
    {EVERYTHING[field.name] for field in FIELDS if field.sealed and field.name in EVERYTHING} | {"2010-05-05"}
)


@pytest.fixture
def walked(journey: Journey) -> Journey:
    """The whole walk of a minor with one send-back, sealed."""
    journey.information = EVERYTHING
    journey.to_submitted().declare(birthday="2010-05-05", is_guarder_agreen="1")
    journey.fill_in()
    journey.confirm()
    journey.lay_pages()
    journey.lay(PictureKind.GUARDIAN_CARD, 1)
    journey.hand_in()
    journey.send_back(SendBackTo.INFORMATION, NewFinding("realname", reason(), "Both names."))
    journey.correct_and_hand_in()
    journey.approve()
    journey.seal()
    return journey


def test_c8_10_no_table_holds_a_personal_value_in_clear(walked: Journey) -> None:
    """Titles, pen names, bank names and codes are not personal in C1.6; everything sealed is."""
    everything = "\n".join(
        f"{model._meta.db_table}: {row}"
        for package in ("catalog", "contracts", "notices", "evidence", "outbox", "vault", "ids")
        for model in apps.get_app_config(package).get_models()
        for row in rows_of(model)
    )
    assert [secret for secret in SECRETS if secret in everything] == []


def test_no_stored_file_holds_a_personal_value_in_clear(walked: Journey) -> None:
    blobs = [path.read_bytes() for path in (settings.VAR_DIR / "files").rglob("*") if path.is_file()]
    assert blobs
    assert not [blob for blob in blobs if b"%PDF" in blob[:1024] or b"\xff\xd8\xff" in blob[:16]]


@pytest.mark.parametrize("field", [field for field in FIELDS if field.sealed], ids=lambda field: field.name)
def test_r108_every_sealed_column_holds_a_token_of_its_author(walked: Journey, field: Field) -> None:
    row = Signing.objects.get() if field.table == "main" else SigningExtra.objects.get()
    token = getattr(row, field.column)
    table = row._meta.db_table
    assert token.startswith("1.")
    assert vault.open_sealed("author:1001", table, field.column, token) in SECRETS
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed("author:1002", table, field.column, token)


def test_r13_r14_birthday_and_mobile_have_their_plain_forms(walked: Journey) -> None:
    final = find_final(77)
    assert final is not None
    assert final.read(["birthday", "mobile", "telpre"]) == {
        "birthday": "2010-05-05",
        "mobile": "55500142",
        "telpre": "+65",
    }


def test_the_picture_lists_are_sealed_whole(walked: Journey) -> None:
    for column in ("signed_contract_en", "card_images_en", "guarder_card_images_en", "sealed_contract_en"):
        token = getattr(SigningExtra.objects.get(), column)
        assert "vault:" not in token
        opened = json.loads(vault.open_sealed("author:1001", "signonline_exp", column, token))
        assert [entry["sort"] for entry in opened] == list(range(1, len(opened) + 1))


@pytest.mark.parametrize("field", [field for field in FIELDS if field.sealed], ids=lambda field: field.name)
def test_a_sealed_column_is_wide_enough_for_the_rarest_characters(db: None, field: Field) -> None:
    """The longest allowed value of four-byte characters; MariaDB refuses what is longer than its column."""
    model = SigningDraft if field.table == "main" else SigningDraftExtra
    token = vault.seal("author:1001", model._meta.db_table, field.column, "\U00020bb7" * field.max_length)
    width = getattr(model._meta.get_field(field.column), "max_length", None)
    assert width is None or len(token) + 8 <= width  # key ids may grow by eight digits


def test_effects_and_evidence_carry_ids_and_digests_only(walked: Journey) -> None:
    texts = [*OutboxEffect.objects.values_list("payload", flat=True)]
    texts += EvidenceEvent.objects.values_list("facts", flat=True)
    for text in texts:
        assert not [secret for secret in SECRETS if secret in text], text


def test_every_transition_is_one_chained_event(walked: Journey) -> None:
    verdict = verify_chain(chain_of(77))
    assert verdict.intact
    events = EvidenceEvent.objects.order_by("sequence")
    assert verdict.length == len(events)
    facts = [json.loads(event.facts) for event in events]
    revisions = [fact["revision"] for fact in facts if "revision" in fact]
    assert revisions == list(range(1, len(revisions) + 1))
    moves = [(fact["contract_from"], fact["contract"]) for fact in facts if "transition" in fact]
    values = [after for before, after in moves if before != after]
    assert values == [5, 70, 50, 80, 110, 50, 80, 90, 40]


def _edit_facts() -> None:
    event = EvidenceEvent.objects.get(sequence=4)
    EvidenceEvent.objects.filter(id=event.id).update(facts=event.facts.replace("70", "50"))


def _edit_actor() -> None:
    EvidenceEvent.objects.filter(sequence=4).update(actor_id=1002)


def _drop_one() -> None:
    EvidenceEvent.objects.filter(sequence=4).delete()


def _drop_the_last() -> None:
    EvidenceEvent.objects.latest("sequence").delete()


def _forge_head() -> None:
    EvidenceChain.objects.update(head_hash="0" * 64)


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (_edit_facts, ChainFault.EDITED),
        (_edit_actor, ChainFault.EDITED),
        (_drop_one, ChainFault.MISSING),
        (_drop_the_last, ChainFault.CUT_OFF),
        (_forge_head, ChainFault.HEAD_CHANGED),
    ],
)
def test_tampering_with_the_chain_is_found(journey: Journey, tamper: Callable[[], None], reason: ChainFault) -> None:
    journey.to_preview()
    tamper()
    verdict = verify_chain(chain_of(77))
    assert (verdict.intact, verdict.reason) == (False, reason)
