"""Verification by anybody: three shapes of answer, plain words, and nothing that stays behind."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from inkseal.documents.demo_pki import DemoPki, init_demo_pki
from inkseal.documents.validate import Finding, Report, SignatureKind, SignatureReport, Verdict
from inkseal.project.clock import database_now
from inkseal.public.findings import FINDINGS
from inkseal.public.verdict import HEADLINES, SHAPES, facts_of, seal_of, signature_lines
from tests.integration.desk.pages import Page, text
from tests.unit.documents.seal_kit import small_pdf

VERIFY = "/verify"


def give(client: Client, content: bytes, name: str = "contract.pdf") -> Page:
    return client.post(VERIFY, {"file": SimpleUploadedFile(name, content, "application/pdf")})


def test_a_sealed_file_is_genuine(stranger: Client, sealed: bytes) -> None:
    response = give(stranger, sealed)
    words = text(response)
    assert "This contract is genuine and unchanged" in words
    assert "Northlight Press" in words
    assert "Every signature is intact" in words
    assert "no third party proves it" in words
    assert 'class="stamp genuine"' in response.content.decode()


@pytest.mark.parametrize("place", [0.25, 0.5, 0.9])
def test_one_flipped_byte_is_not_what_was_sealed(stranger: Client, sealed: bytes, place: float) -> None:
    broken = bytearray(sealed)
    broken[int(len(small_pdf()) * place)] ^= 1
    response = give(stranger, bytes(broken))
    assert "genuine and unchanged" not in text(response)
    assert 'class="stamp genuine"' not in response.content.decode()


def test_a_changed_word_says_what_to_do(stranger: Client, sealed: bytes) -> None:
    response = give(stranger, sealed.replace(b"Alice", b"Alisa", 1))
    words = text(response)
    assert "This is not the file that was sealed" in words
    assert "Ask the publisher for the sealed contract." in words
    assert 'class="stamp changed"' in response.content.decode()


def test_a_file_without_seal_is_said_to_have_none(stranger: Client, pki: DemoPki) -> None:
    response = give(stranger, small_pdf())
    assert "This file carries no seal" in text(response)
    assert 'class="stamp unknown"' in response.content.decode()


@pytest.mark.parametrize(
    "junk", [b"hello", b"\x00" * 1000, b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"<script>alert(1)</script>"]
)
def test_junk_cannot_be_read_and_harms_nobody(stranger: Client, pki: DemoPki, junk: bytes) -> None:
    response = give(stranger, junk)
    assert "This file cannot be read" in text(response)


def test_a_seal_of_somebody_unknown_is_not_proven(
    stranger: Client, sealed: bytes, tmp_path: Path, settings: Settings
) -> None:
    strangers_pki = init_demo_pki(tmp_path / "other", passphrase="x", now=database_now())
    settings.TRUST_ROOTS = strangers_pki.roots
    words = text(give(stranger, sealed))
    assert "not everything is proven" in words
    assert "Intact, not trusted" in words


def test_a_file_of_60_mb_is_refused_with_the_limit(stranger: Client, pki: DemoPki) -> None:
    response = stranger.post(VERIFY, {"file": BytesIO(b"%PDF-1.7\n" + b"0" * 60_000_000)})
    assert response.status_code == 413
    assert "larger than 50 MB" in text(response)


def test_a_request_that_says_it_is_huge_is_not_even_read(stranger: Client) -> None:
    response = stranger.generic("POST", VERIFY, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="900000000")
    assert response.status_code == 413


def test_nothing_is_written_while_a_large_file_is_read(
    stranger: Client, pki: DemoPki, tmp_path: Path, settings: Settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "not-there"
    assert stranger.post(VERIFY, {"file": BytesIO(b"0" * 20_000_000)}).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"file": ""}, {"other": "x"}])
def test_without_a_file_one_is_asked_for(stranger: Client, sent: dict[str, str]) -> None:
    response = stranger.post(VERIFY, sent)
    assert response.status_code == 422
    assert "Please choose a file first." in text(response)


def test_an_empty_file_is_no_file(stranger: Client) -> None:
    assert stranger.post(VERIFY, {"file": BytesIO(b"")}).status_code == 422


def test_a_hostile_file_name_is_text(stranger: Client, sealed: bytes) -> None:
    response = give(stranger, sealed, "<img src=x onerror=alert(1)>.pdf")
    assert "<img src=x" not in response.content.decode()


def test_a_form_from_elsewhere_is_refused(sealed: bytes) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(VERIFY, {"file": BytesIO(sealed)}).status_code == 403


def test_the_pages_own_form_is_accepted(sealed: bytes) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(VERIFY)
    token = client.cookies["csrftoken"].value
    response = client.post(VERIFY, {"csrfmiddlewaretoken": token, "file": BytesIO(sealed)})
    assert response.status_code == 200


def test_without_roots_it_says_that_nothing_is_set_up(stranger: Client, tmp_path: Path, settings: Settings) -> None:
    settings.TRUST_ROOTS = tmp_path / "nowhere.pem"
    response = give(stranger, small_pdf())
    assert response.status_code == 503
    assert "not set up here yet" in text(response)


def test_the_answer_is_kept_by_no_cache(stranger: Client, sealed: bytes) -> None:
    response = stranger.post(VERIFY, {"file": BytesIO(sealed)})
    assert "no-store" in response.headers["Cache-Control"]


def test_the_form_speaks_chinese(stranger: Client) -> None:
    response = stranger.get(VERIFY, headers={"accept-language": "zh-CN"})
    assert response.headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_shape_and_a_headline(verdict: Verdict) -> None:
    assert SHAPES[verdict].value in {"genuine", "changed", "unknown"}
    assert str(HEADLINES[verdict])


def test_only_a_valid_file_is_shown_as_genuine() -> None:
    assert [verdict for verdict, shape in SHAPES.items() if shape.value == "genuine"] == [Verdict.VALID]


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_a_sentence(finding: Finding) -> None:
    sentence = str(FINDINGS[finding])
    assert sentence.endswith(".")
    report = Report(Verdict.INVALID, (finding,), "0" * 64, 1)
    assert [str(fact.words) for fact in facts_of(report)] == [sentence]


def signature(**facts: object) -> SignatureReport:
    return SignatureReport("Seal", SignatureKind.SIGNATURE, **facts)  # type: ignore[arg-type]  # one test fact at a time


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({}, "fix"),
        ({"intact": True}, "fix"),
        ({"intact": True, "unmodified": True}, "fix"),
        ({"intact": True, "unmodified": True, "changed_after": 0}, "look"),
        ({"intact": True, "unmodified": True, "changed_after": 0, "trusted": True}, "ok"),
        ({"intact": True, "trusted": True}, "fix"),
    ],
)
def test_a_signature_is_green_only_when_nothing_speaks_against_it(facts: dict[str, object], mark: str) -> None:
    report = Report(Verdict.NOT_PROVEN, (), "0" * 64, 1, (signature(**facts),))
    assert [line.mark for line in signature_lines(report)] == [mark]


def test_the_time_is_called_proven_only_when_it_is() -> None:
    proven = signature(proven_time=datetime(2026, 11, 21, tzinfo=UTC))
    with_time = Report(Verdict.VALID, (), "0" * 64, 1, (proven,))
    without = Report(Verdict.VALID, (), "0" * 64, 1, (signature(),))
    assert [fact.mark for fact in facts_of(with_time)] == ["ok"] * 4
    assert [fact.mark for fact in facts_of(without)] == ["ok", "ok", "look", "ok"]


def test_the_seal_is_the_last_signature_that_is_no_stamp() -> None:
    first, last = signature(signer="Alice"), signature(signer="Northlight Press")
    stamp = SignatureReport("Stamp", SignatureKind.TIME_STAMP)
    assert seal_of(Report(Verdict.VALID, (), "0" * 64, 1, (first, last, stamp))) is last
    assert seal_of(Report(Verdict.UNSIGNED, (), "0" * 64, 1)) is None
