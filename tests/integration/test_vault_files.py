"""Files are encrypted, belong to one subject and come back whole or not at all."""

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from inkseal import vault
from inkseal.vault.models import VaultFile

ALICE, BOB = vault.author_subject(1001), vault.author_subject(1002)
PAGE = b"signed by Alice Example " * 500


def put(subject: str, now: datetime, content: bytes = PAGE) -> vault.StoredFile:
    return vault.put_file(subject, content, media_type="image/jpeg", now=now)


def path_of(file_id: int) -> Path:
    return Path(default_storage.path(VaultFile.objects.get(file_id=file_id).stored_name))


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"x", PAGE])
def test_a_file_comes_back_byte_for_byte(now: datetime, content: bytes) -> None:
    file = put(ALICE, now, content)
    assert vault.read_file(ALICE, file.file_id) == content
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (file.size_bytes, file.media_type) == (len(content), "image/jpeg")
    assert vault.stored_file(file.file_id) == file


@pytest.mark.django_db
def test_another_persons_file_is_unknown_like_one_that_never_was(now: datetime) -> None:
    file = put(ALICE, now)
    for subject, file_id in ((BOB, file.file_id), (ALICE, 999)):
        with pytest.raises(vault.UnknownFileError) as caught:
            vault.read_file(subject, file_id)
        assert caught.value.file_id == file_id
    with pytest.raises(vault.UnknownFileError):
        vault.stored_file(999)


@pytest.mark.django_db
def test_the_stored_bytes_and_name_tell_nothing(now: datetime) -> None:
    path = path_of(put(ALICE, now).file_id)
    assert b"Alice" not in path.read_bytes()
    assert "1001" not in str(path.relative_to(default_storage.path("")))
    assert path_of(put(ALICE, now).file_id).name != path.name


@pytest.mark.django_db
@pytest.mark.parametrize("at", [0, 5, 13, 100, -1])
def test_a_flipped_bit_is_found(now: datetime, at: int) -> None:
    file = put(ALICE, now)
    path = path_of(file.file_id)
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.write_bytes(stored)
    with pytest.raises(vault.SealedValueError):
        vault.read_file(ALICE, file.file_id)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [0, 3, 12, 30])
def test_a_cut_file_is_found(now: datetime, length: int) -> None:
    file = put(ALICE, now)
    path = path_of(file.file_id)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(vault.SealedValueError):
        vault.read_file(ALICE, file.file_id)


@pytest.mark.django_db
def test_two_swapped_files_of_one_person_are_refused(now: datetime) -> None:
    one, two = put(ALICE, now, b"page one"), put(ALICE, now, b"page two")
    name = VaultFile.objects.get(file_id=two.file_id).stored_name
    VaultFile.objects.filter(file_id=one.file_id).update(stored_name=name)
    with pytest.raises(vault.SealedValueError):
        vault.read_file(ALICE, one.file_id)


@pytest.mark.django_db
def test_a_file_moved_to_another_person_is_refused(now: datetime) -> None:
    vault.seal(BOB, "t", "c", "Bob has a key of his own")
    file = put(ALICE, now)
    VaultFile.objects.filter(file_id=file.file_id).update(subject=BOB)
    with pytest.raises(vault.SealedValueError):
        vault.read_file(BOB, file.file_id)


@pytest.mark.django_db
def test_a_lost_file_is_told(now: datetime) -> None:
    file = put(ALICE, now)
    path_of(file.file_id).unlink()
    with pytest.raises(vault.SealedValueError):
        vault.read_file(ALICE, file.file_id)


@pytest.mark.django_db
def test_a_changed_digest_is_found(now: datetime) -> None:
    file = put(ALICE, now)
    VaultFile.objects.filter(file_id=file.file_id).update(sha256="0" * 64)
    with pytest.raises(vault.SealedValueError) as caught:
        vault.read_file(ALICE, file.file_id)
    assert caught.value.column == "sha256"


@pytest.mark.django_db
def test_no_row_is_written_when_the_storage_kept_other_bytes(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    save = default_storage.save

    def save_with_a_fault(name: str, content: "ContentFile[bytes]") -> str:
        return str(save(name, ContentFile(content.read()[:-1])))

    monkeypatch.setattr(default_storage, "save", save_with_a_fault)
    with pytest.raises(vault.FileWriteError):
        put(ALICE, now)
    assert not VaultFile.objects.exists()
