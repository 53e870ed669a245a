"""Keys that do not work or do not fit, and what no message may hold."""

import pickle
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12

from inkseal.documents.demo_pki import write_secret
from inkseal.documents.seal import KeyFault, Pkcs12SealKey, SealKeyError, seal
from inkseal.documents.validate import Finding, verify
from tests.unit.documents.seal_kit import NOW, Identity, Wish, certificate_for, good, small_pdf

PASSPHRASE = "correct horse"
OTHER = "open sesame"


def packed(identity: Identity, passphrase: str = PASSPHRASE) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"seal", identity.key, identity.certificate, identity.above, BestAvailableEncryption(passphrase.encode())
    )


def fault_of(content: bytes, passphrase: str = PASSPHRASE) -> KeyFault:
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.from_bytes(content, passphrase)
    return caught.value.fault


@pytest.mark.parametrize("passphrase", ["", "Correct horse", "correct horse ", "正确的马", "x" * 10_000])
def test_a_wrong_passphrase_of_any_kind_does_not_open(passphrase: str) -> None:
    assert fault_of(packed(good()[1]), passphrase) is KeyFault.NOT_OPENED


@pytest.mark.parametrize("passphrase", ["北光出版社", "pässwörd", "x" * 200])
def test_a_passphrase_may_be_of_any_letters(passphrase: str) -> None:
    key = Pkcs12SealKey.from_bytes(packed(good()[1], passphrase), passphrase)
    assert key.leaf == good()[1].certificate


@pytest.mark.parametrize(
    "content",
    [b"", b"\x30\x82", b"-----BEGIN CERTIFICATE-----\n", b"%PDF-1.7\n", b"\x00" * 4096, packed(good()[1])[:-1]],
    ids=["empty", "two bytes", "PEM", "PDF", "zeros", "cut short"],
)
def test_what_is_no_whole_pkcs12_file_does_not_open(content: bytes) -> None:
    assert fault_of(content) is KeyFault.NOT_OPENED


def test_a_changed_file_does_not_open() -> None:
    content = bytearray(packed(good()[1]))
    content[len(content) // 2] ^= 1
    assert fault_of(bytes(content)) is KeyFault.NOT_OPENED


def test_a_certificate_that_does_not_fit_the_key_is_not_its_own() -> None:
    other = rsa.generate_private_key(65537, 2048)
    content = pkcs12.serialize_key_and_certificates(
        None, other, None, [good()[1].certificate], BestAvailableEncryption(PASSPHRASE.encode())
    )
    assert fault_of(content) is KeyFault.NO_KEY


def test_a_seal_with_a_key_that_does_not_fit_its_certificate_is_not_valid() -> None:
    mixed = replace(good()[1], key=rsa.generate_private_key(65537, 2048))
    pdf = seal(small_pdf(), mixed.seal_key, company="x", contract_number="1", now=NOW).pdf
    report = verify(pdf, roots=good()[0].pem, now=NOW)
    assert (report.verdict, report.findings) == ("invalid", (Finding.SIGNATURE_VALUE,))


def test_a_key_of_the_old_kind_is_refused() -> None:
    key = dsa.generate_private_key(2048)
    certificate = certificate_for(key.public_key(), Wish(), good()[0])
    content = pkcs12.serialize_key_and_certificates(
        None, key, certificate, None, BestAvailableEncryption(PASSPHRASE.encode())
    )
    assert fault_of(content) is KeyFault.UNKNOWN_KIND


def test_a_file_without_a_passphrase_opens_with_an_empty_one() -> None:
    identity = good()[1]
    content = pkcs12.serialize_key_and_certificates(
        None, identity.key, identity.certificate, identity.above, NoEncryption()
    )
    assert Pkcs12SealKey.from_bytes(content, "").above == identity.above


def test_without_its_issuer_a_seal_is_not_proven_to_come_from_the_root() -> None:
    identity = good()[1]
    alone = Pkcs12SealKey.from_bytes(packed(replace(identity, above=())), PASSPHRASE)
    assert alone.chain == ()
    pdf = seal(small_pdf(), alone, company="x", contract_number="1", now=NOW).pdf
    report = verify(pdf, roots=good()[0].pem, now=NOW)
    assert (report.verdict, report.findings) == ("not_proven", (Finding.UNKNOWN_AUTHORITY,))


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.load(tmp_path, PASSPHRASE)
    assert caught.value.fault is KeyFault.NO_FILE


@pytest.mark.parametrize("content", [b"no key", packed(good()[1])], ids=["not a key", "another passphrase"])
def test_no_error_shows_the_passphrase_or_the_content(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "seal.p12"
    path.write_bytes(content)
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.load(path, OTHER)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(vars(caught.value))
    assert OTHER not in shown
    assert content[:6].hex() not in shown


def test_a_key_shows_nothing_of_itself() -> None:
    key = Pkcs12SealKey.from_bytes(packed(good()[1]), PASSPHRASE)
    numbers = good()[1].key.private_numbers()
    for shown in (repr(key), str(key), f"{key}"):
        assert "PrivateKey" not in shown
        assert str(numbers.d) not in shown
        assert PASSPHRASE not in shown


def test_a_key_cannot_be_written_away_by_mistake() -> None:
    key = Pkcs12SealKey.from_bytes(packed(good()[1]), PASSPHRASE)
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_secret_is_never_readable_by_others_not_even_for_a_moment(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o755)
    write_secret(folder / "seal.p12", b"secret")
    assert (folder / "seal.p12").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["seal.p12"]


def test_a_secret_in_a_folder_that_is_away_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_secret(tmp_path / "away" / "seal.p12", b"secret")
    assert list(tmp_path.iterdir()) == []
