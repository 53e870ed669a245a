"""The demo's keys: they work, they warn, they are nobody else's to read, and they are never replaced."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from inkseal.documents.demo_pki import PUBLISHER, DemoPki, DemoPkiExistsError, init_demo_pki, write_secret
from inkseal.documents.seal import KeyFault, Pkcs12SealKey, SealKeyError, seal
from inkseal.documents.validate import Verdict, verify
from tests.unit.documents.seal_kit import NOW, small_pdf

PASSPHRASE = "only for this test"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    return init_demo_pki(tmp_path_factory.mktemp("keys") / "demo", passphrase=PASSPHRASE, now=NOW)


def test_a_demo_seal_is_valid_under_the_demo_root(made: DemoPki) -> None:
    key = Pkcs12SealKey.load(made.seal, PASSPHRASE)
    pdf = seal(small_pdf(), key, company=PUBLISHER, contract_number="1", now=NOW).pdf
    report = verify(pdf, roots=made.roots.read_bytes(), now=NOW)
    assert (report.verdict, report.signatures[0].signer) == (Verdict.VALID, PUBLISHER)


def test_the_key_does_not_open_without_the_passphrase(made: DemoPki) -> None:
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.load(made.seal, "")
    assert caught.value.fault is KeyFault.NOT_OPENED


def test_the_seal_signs_commits_and_lives_five_years(made: DemoPki) -> None:
    leaf = Pkcs12SealKey.load(made.seal, PASSPHRASE).leaf
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert leaf.not_valid_after_utc == NOW + timedelta(days=5 * 365)


def test_root_and_issuer_say_what_they_are_not_for(made: DemoPki) -> None:
    above = Pkcs12SealKey.load(made.seal, PASSPHRASE).above
    assert len(above) == 2
    assert all("not for real contracts" in one.subject.rfc4514_string() for one in above)


def test_the_time_stamp_key_is_for_nothing_else(made: DemoPki) -> None:
    leaf = Pkcs12SealKey.load(made.time_stamp, PASSPHRASE).leaf
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert purposes.critical
    assert [one._name for one in purposes.value] == ["timeStamping"]


def test_only_the_owner_reads_the_files(made: DemoPki) -> None:
    for path in (made.seal, made.time_stamp, made.roots):
        assert path.stat().st_mode & 0o777 == 0o600
    assert made.seal.parent.stat().st_mode & 0o777 == 0o700


def test_no_part_of_a_file_is_left_beside_it(made: DemoPki) -> None:
    assert {path.name for path in made.seal.parent.iterdir()} == {"seal.p12", "time-stamp.p12", "roots.pem"}


@pytest.mark.parametrize("present", ["seal.p12", "time-stamp.p12", "roots.pem"])
def test_what_is_there_is_never_replaced(tmp_path: Path, present: str) -> None:
    path = tmp_path / present
    path.write_bytes(b"precious")
    with pytest.raises(DemoPkiExistsError) as caught:
        init_demo_pki(tmp_path, passphrase=PASSPHRASE, now=NOW)
    assert caught.value.path == path
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [(present, b"precious")]


def test_a_secret_that_came_first_is_kept(tmp_path: Path) -> None:
    write_secret(tmp_path / "a", b"first")
    with pytest.raises(DemoPkiExistsError):
        write_secret(tmp_path / "a", b"second")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"first"]
