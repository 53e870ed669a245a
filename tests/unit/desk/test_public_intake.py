"""An upload stays in memory and stops at the limit."""

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from inkseal.public.intake import LARGEST_BYTES, MemoryIntake, declared_bytes


def begun() -> MemoryIntake:
    intake = MemoryIntake()
    intake.new_file("file", "contract.pdf", "application/pdf", None)
    return intake


def test_parts_become_one_file() -> None:
    intake = begun()
    for part in (b"%PDF", b"-1.7"):
        intake.receive_data_chunk(part, 0)
    file = intake.file_complete(8)
    assert (file.read(), file.name, file.size) == (b"%PDF-1.7", "contract.pdf", 8)


def test_exactly_the_limit_is_taken() -> None:
    intake = begun()
    intake.receive_data_chunk(bytes(LARGEST_BYTES), 0)
    assert not intake.too_large


def test_one_byte_more_ends_it_and_frees_the_memory() -> None:
    intake = begun()
    intake.receive_data_chunk(bytes(LARGEST_BYTES), 0)
    with pytest.raises(StopUpload) as stopped:
        intake.receive_data_chunk(b"x", 0)
    assert intake.too_large
    assert intake.parts == []
    assert not stopped.value.connection_reset


@pytest.mark.parametrize(("said", "read"), [("17", 17), ("", 0), ("x", 0), ("-5", 0), ("٣", 0)])
def test_a_length_that_is_none_counts_as_unknown(said: str, read: int) -> None:
    assert declared_bytes(RequestFactory().post("/verify", CONTENT_LENGTH=said)) == read
