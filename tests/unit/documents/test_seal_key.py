"""Keys: what opens, what does not, and what the errors say."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from inkseal.documents.seal import KeyFault, Pkcs12SealKey, SealKeyError, seal
from inkseal.documents.validate import verify
from tests.unit.documents.seal_kit import NOW, SERIF, Identity, Wish, certificate_for, good, root, small_pdf


def packed(identity: Identity) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        None, identity.key, identity.certificate, identity.above, BestAvailableEncryption(b"correct horse")
    )


def test_a_key_comes_with_its_chain_in_order() -> None:
    top, identity = good()
    shuffled = Identity(identity.certificate, identity.key, identity.above[::-1])
    key = Pkcs12SealKey.from_bytes(packed(shuffled), "correct horse")
    assert key.above == identity.above
    assert key.above[-1] == top.certificate


def test_certificates_of_strangers_in_the_file_are_left_out() -> None:
    _, identity = good()
    crowded = Identity(identity.certificate, identity.key, (*identity.above, root("Stranger").certificate))
    assert Pkcs12SealKey.from_bytes(packed(crowded), "correct horse").above == identity.above


def test_a_wrong_passphrase_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "seal.p12"
    path.write_bytes(packed(good()[1]))
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.load(path, "wrong")
    assert (caught.value.fault, caught.value.source) == (KeyFault.NOT_OPENED, str(path))


def test_a_file_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.load(tmp_path / "seal.p12", "x")
    assert caught.value.fault is KeyFault.NO_FILE


def test_a_file_with_certificates_alone_is_no_key() -> None:
    _, identity = good()
    content = pkcs12.serialize_key_and_certificates(
        None, None, None, [identity.certificate], BestAvailableEncryption(b"x")
    )
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.from_bytes(content, "x")
    assert caught.value.fault is KeyFault.NO_KEY


def test_a_key_of_another_kind_is_refused() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    certificate = certificate_for(key.public_key(), Wish(), good()[0])
    content = pkcs12.serialize_key_and_certificates(None, key, certificate, None, BestAvailableEncryption(b"x"))
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.from_bytes(content, "x")
    assert caught.value.fault is KeyFault.UNKNOWN_KIND


def test_an_elliptic_key_seals_and_leaves_the_version_of_the_file() -> None:
    top, _ = good()
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_for(key.public_key(), Wish(), top)
    result = seal(
        small_pdf(), Pkcs12SealKey(certificate, (), key), company="x", contract_number="1", now=NOW, font=SERIF
    )
    assert verify(result.pdf, roots=top.pem, now=NOW).verdict == "valid"
    assert b"/Version /2.0" not in result.pdf


def test_errors_do_not_hold_the_passphrase() -> None:
    with pytest.raises(SealKeyError) as caught:
        Pkcs12SealKey.from_bytes(b"no key", "open sesame")
    assert "sesame" not in repr(caught.value)
