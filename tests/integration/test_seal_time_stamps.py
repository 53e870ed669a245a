"""Seals with a time-stamp authority over real HTTP on loopback: what is proven, and what happens when it fails."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from inkseal.core.errors import RetryableError
from inkseal.documents.seal import SealedFile, TimeStampError, TimeStampFault, TimeStamping, seal
from inkseal.documents.validate import Change, Finding, PadesLevel, SignatureKind, Verdict, verify
from tests.unit.documents.seal_kit import (
    NOW,
    YEAR,
    Authority,
    Identity,
    Wish,
    good,
    root,
    serving,
    signed_by_author,
    small_pdf,
    time_stamp_identity,
)


@pytest.fixture
def authority() -> Iterator[Authority]:
    with serving(Authority(time_stamp_identity())) as served:
        yield served


def sealed(time_stamper: str | TimeStamping, pdf: bytes | None = None) -> SealedFile:
    content = small_pdf() if pdf is None else pdf
    key = good()[1].seal_key
    return seal(content, key, company="x", contract_number="1", now=NOW, time_stamper=time_stamper)


def test_with_an_authority_the_level_is_b_lta_and_the_time_is_proven(authority: Authority) -> None:
    result = sealed(authority.url)
    report = verify(result.pdf, roots=good()[0].pem, now=NOW)
    assert result.level == "B-LTA"
    assert (report.verdict, report.findings, report.proven_time) == (Verdict.VALID, (), NOW)
    signature, stamp = report.signatures
    assert (signature.level, signature.changed_after) == (PadesLevel.B_LTA, Change.PROOF)
    assert (stamp.kind, stamp.trusted, stamp.covers_whole_file) == (SignatureKind.TIME_STAMP, True, True)


def test_a_time_stamped_seal_after_an_author_proves_both(authority: Authority) -> None:
    by_author = signed_by_author(small_pdf(), good()[0].issue(Wish("Alice")))
    report = verify(sealed(authority.url, by_author).pdf, roots=good()[0].pem, now=NOW)
    assert report.verdict is Verdict.VALID
    assert [one.proven_time for one in report.signatures[:2]] == [NOW, NOW]


def test_the_seal_adds_at_most_sixty_kilobytes(authority: Authority) -> None:
    assert len(sealed(authority.url).pdf) - len(small_pdf()) <= 60_000


def test_pdfsig_agrees(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed(authority.url).pdf)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said


def test_without_a_root_the_time_stamp_is_taken_unchecked_and_the_level_says_so(authority: Authority) -> None:
    result = sealed(TimeStamping(authority.url, b""))
    report = verify(result.pdf, roots=good()[0].pem, now=NOW)
    assert (result.level, report.proven_time, report.signatures[0].level) == ("B-T", NOW, PadesLevel.B_T)


def test_a_time_by_an_authority_that_the_verifier_does_not_trust_proves_nothing() -> None:
    stranger = root("Stranger").issue(
        Wish("Clock", purpose=ExtendedKeyUsageOID.TIME_STAMPING, usages=frozenset({"digital_signature"}))
    )
    with serving(Authority(stranger)) as served:
        result = sealed(TimeStamping(served.url, b""))
    report = verify(result.pdf, roots=good()[0].pem, now=NOW)
    assert (report.verdict, report.findings) == (Verdict.VALID, (Finding.TIME_NOT_TRUSTED,))
    assert (report.proven_time, report.signatures[0].level) == (None, PadesLevel.B_B)


def test_a_time_in_the_future_proves_nothing(authority: Authority) -> None:
    result = sealed(authority.url)
    report = verify(result.pdf, roots=good()[0].pem, now=NOW - timedelta(days=1))
    assert report.proven_time is None
    assert report.findings == (Finding.TIME_IN_FUTURE,)


def test_what_was_proven_before_a_certificate_began_is_not_proven(authority: Authority) -> None:
    late = good()[0].issue(Wish(begins=NOW + timedelta(minutes=2)))
    result = seal(
        small_pdf(),
        late.seal_key,
        company="x",
        contract_number="1",
        now=NOW + timedelta(minutes=5),
        time_stamper=TimeStamping(authority.url, b""),
    )
    report = verify(result.pdf, roots=good()[0].pem, now=NOW + timedelta(minutes=5))
    assert (report.verdict, report.findings) == (Verdict.NOT_PROVEN, (Finding.NOT_YET_VALID,))


def test_an_expired_seal_without_revocation_data_is_not_proven_even_with_its_time(authority: Authority) -> None:
    report = verify(sealed(authority.url).pdf, roots=good()[0].pem, now=NOW + 2 * YEAR)
    assert (report.verdict, report.findings, report.proven_time) == (Verdict.NOT_PROVEN, (Finding.EXPIRED,), NOW)


def test_every_flipped_byte_of_the_closing_time_stamp_is_found(authority: Authority) -> None:
    pdf = sealed(authority.url).pdf
    start = pdf.index(b"<", pdf.rindex(b"/Contents <"))
    end = pdf.index(b">", start)
    green = []
    for position in range(start, end, (end - start) // 120):
        flipped = bytearray(pdf)
        flipped[position] ^= 1
        if verify(bytes(flipped), roots=good()[0].pem, now=NOW).verdict is not Verdict.INVALID:
            green.append(position - start)
    assert green == []


def test_an_authority_that_is_down_leaves_the_seal_pending() -> None:
    with serving(Authority(time_stamp_identity())) as gone:
        pass
    with pytest.raises(TimeStampError) as caught:
        sealed(gone.url)
    assert caught.value.fault is TimeStampFault.UNREACHABLE
    assert isinstance(caught.value, RetryableError)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "nonsense"])
def test_an_address_that_is_not_http_is_never_opened(url: str) -> None:
    with pytest.raises(TimeStampError) as caught:
        sealed(TimeStamping(url, good()[0].pem))
    assert caught.value.fault is TimeStampFault.UNREACHABLE


def test_an_error_answer_leaves_the_seal_pending(authority: Authority) -> None:
    authority.status = 503
    with pytest.raises(TimeStampError) as caught:
        sealed(authority.url)
    assert caught.value.fault is TimeStampFault.UNREACHABLE


def test_a_wrong_nonce_leaves_the_seal_pending(authority: Authority) -> None:
    authority.wrong_nonce = True
    with pytest.raises(TimeStampError) as caught:
        sealed(authority.url)
    assert caught.value.fault is TimeStampFault.REFUSED


@pytest.mark.parametrize("skew", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_an_hour_off_leaves_the_seal_pending(authority: Authority, skew: timedelta) -> None:
    authority.time = NOW + skew
    with pytest.raises(TimeStampError) as caught:
        sealed(authority.url)
    assert caught.value.fault is TimeStampFault.CLOCK_SKEW


def test_an_answer_for_another_document_leaves_the_seal_pending(authority: Authority) -> None:
    authority.wrong_imprint = True
    with pytest.raises(TimeStampError) as caught:
        sealed(authority.url)
    assert caught.value.fault is TimeStampFault.REFUSED


def test_an_authority_that_does_not_lead_to_a_root_leaves_the_seal_pending() -> None:
    stranger = root("Stranger").issue(
        Wish("Clock", purpose=ExtendedKeyUsageOID.TIME_STAMPING, usages=frozenset({"digital_signature"}))
    )
    with serving(Authority(stranger)) as served, pytest.raises(TimeStampError) as caught:
        sealed(served.url)
    assert caught.value.fault is TimeStampFault.NOT_TRUSTED


@contextmanager
def publishing(make: Callable[[], bytes]) -> Iterator[str]:
    """Serve a revocation list on loopback; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = make()
            self.send_response(200)
            self.send_header("Content-Type", "application/pkix-crl")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/list.crl"
        finally:
            server.shutdown()
            thread.join()


def revocation_list(issuer: Identity, *revoked: int, until: datetime = NOW + 10 * YEAR) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder(issuer.certificate.subject, NOW - timedelta(hours=1), until)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    for number in revoked:
        entry = x509.RevokedCertificateBuilder(number, NOW - timedelta(hours=2)).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def with_revocation(url: str, top: Identity) -> tuple[Identity, Identity]:
    """Return a seal and a time-stamp key whose certificates name `url`."""
    seal_identity = top.issue(Wish(revocation=url))
    purpose = ExtendedKeyUsageOID.TIME_STAMPING
    wish = Wish("Clock", ends=NOW + 15 * YEAR, purpose=purpose, revocation=url, usages=frozenset({"digital_signature"}))
    return seal_identity, top.issue(wish)


def test_revocation_data_are_kept_in_the_file_so_that_nobody_has_to_be_asked_later() -> None:
    top = root("Root with List")
    with publishing(lambda: revocation_list(top)) as url:
        identity, clock = with_revocation(url, top)
        with serving(Authority(clock)) as served:
            stamping = TimeStamping(served.url, top.pem)
            key = identity.seal_key
            pdf = seal(small_pdf(), key, company="x", contract_number="1", now=NOW, time_stamper=stamping).pdf
    report = verify(pdf, roots=top.pem, now=NOW + YEAR / 2)
    assert (report.verdict, report.findings, report.proven_time) == (Verdict.VALID, (), NOW)


def test_revocation_data_that_grew_old_prove_nothing() -> None:
    top = root("Root with List")
    with publishing(lambda: revocation_list(top, until=NOW + timedelta(days=7))) as url:
        identity, clock = with_revocation(url, top)
        with serving(Authority(clock)) as served:
            stamping = TimeStamping(served.url, top.pem)
            key = identity.seal_key
            pdf = seal(small_pdf(), key, company="x", contract_number="1", now=NOW, time_stamper=stamping).pdf
    report = verify(pdf, roots=top.pem, now=NOW + YEAR / 2)
    assert report.verdict is Verdict.NOT_PROVEN
    assert Finding.CHAIN_NOT_PROVEN in report.findings


def test_a_revoked_certificate_seals_nothing() -> None:
    top = root("Root with List")
    numbers: list[int] = []
    with publishing(lambda: revocation_list(top, *numbers)) as url:
        identity, clock = with_revocation(url, top)
        numbers.append(identity.certificate.serial_number)
        with serving(Authority(clock)) as served:
            stamping = TimeStamping(served.url, top.pem)
            key = identity.seal_key
            with pytest.raises(TimeStampError) as caught:
                seal(small_pdf(), key, company="x", contract_number="1", now=NOW, time_stamper=stamping)
    assert caught.value.fault is TimeStampFault.NOT_TRUSTED
