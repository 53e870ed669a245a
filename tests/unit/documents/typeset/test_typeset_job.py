"""A prepared job: plain values that depend on template and data alone, and that survive the way to a child."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkseal.documents.codes import PrintFacts
from inkseal.documents.typeset import LayoutError, PageCodes, Place, Template, Typeset
from inkseal.documents.typeset.frames import (
    LENGTHS,
    decode_job,
    decode_result,
    encode_job,
    encode_result,
    receive,
    send,
)
from inkseal.documents.typeset.job import Job, prepare
from inkseal.documents.typeset.layout import code_outlines
from tests.unit.documents.typeset_kit import CODES

PLACES = st.builds(
    Place,
    kind=st.sampled_from(["author_signature", "company_seal"]),
    page=st.integers(1, 99),
    left=st.floats(0, 600),
    bottom=st.floats(0, 900),
    right=st.floats(0, 600),
    top=st.floats(0, 900),
)
RESULTS = st.builds(Typeset, st.binary(max_size=200), st.integers(1, 99), st.lists(PLACES, max_size=4).map(tuple))
JOBS = st.builds(
    Job,
    main=st.text(max_size=20),
    version=st.text("0123456789abcdef", min_size=64, max_size=64),
    font_files=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    inputs=st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=3),
    timestamp=st.integers(0, 2**40),
    codes=st.none() | st.builds(PageCodes, st.just("100000001101100"), st.just("A"), st.just("cd" * 32), st.binary()),
)


def sent(head: dict[str, Any], body: bytes = b"") -> tuple[dict[str, Any], bytes]:
    stream = io.BytesIO()
    send(stream, head, body)
    stream.seek(0)
    frame = receive(stream)
    assert frame is not None
    assert receive(stream) is None
    return frame


@given(JOBS)
def test_a_job_arrives_as_it_was_sent(job: Job) -> None:
    head, body = sent(encode_job(job))
    assert decode_job(head) == job
    assert body == b""


@given(RESULTS)
def test_a_result_arrives_as_it_was_sent(result: Typeset) -> None:
    assert decode_result(*sent(encode_result(result), result.pdf)) == result


def test_what_typst_refused_in_the_child_is_raised_in_the_parent() -> None:
    with pytest.raises(LayoutError, match="unknown variable"):
        decode_result({"hint": "unknown variable"}, b"")


def test_a_frame_says_its_lengths_before_its_content() -> None:
    stream = io.BytesIO()
    send(stream, {"a": "谭"}, b"12345")
    raw = stream.getvalue()
    head_length, body_length = LENGTHS.unpack(raw[: LENGTHS.size])
    assert body_length == 5
    assert json.loads(raw[LENGTHS.size : LENGTHS.size + head_length]) == {"a": "谭"}


def test_a_closed_stream_ends_the_conversation() -> None:
    assert receive(io.BytesIO()) is None


def test_the_same_data_makes_the_same_job_whatever_the_order_of_its_keys(
    template: Template, data: dict[str, Any]
) -> None:
    shuffled = {key: dict(reversed(value.items())) if value else value for key, value in reversed(data.items())}
    assert prepare(template, shuffled, CODES) == prepare(template, data, CODES)


def test_the_time_in_the_file_is_the_contracts_day_at_midnight_utc(template: Template, data: dict[str, Any]) -> None:
    data["contract"]["date"] = "1970-01-02"
    assert prepare(template, data, CODES).timestamp == 86_400


def test_clauses_and_values_travel_apart(template: Template, data: dict[str, Any]) -> None:
    """The clauses are the same text for every contract, so that typst need not read them again."""
    job = prepare(template, data, CODES)
    assert job.inputs["clauses"] is template.clauses_json
    assert "Alice Tan" not in job.inputs["clauses"]
    values = json.loads(job.inputs["values"])
    assert values["texts"]["en"]["author.name"] == "Alice Tan"
    assert values["texts"]["zh"]["contract.date"] == "2026年11月21日"


def test_right_to_left_values_are_marked(template: Template, data: dict[str, Any]) -> None:
    data["author"]["name"] = "ليلى الحداد"
    assert json.loads(prepare(template, data, CODES).inputs["values"])["rtl"] == ["author.name"]


def test_the_key_of_the_codes_never_reaches_the_layout(template: Template, data: dict[str, Any]) -> None:
    job = prepare(template, data, CODES)
    assert CODES.key.hex() not in json.dumps(dict(job.inputs))


def test_a_preview_has_no_facts_and_no_codes(template: Template, data: dict[str, Any]) -> None:
    job = prepare(template, data, None)
    assert job.facts(12) is None
    assert code_outlines(job, 12) == []
    assert json.loads(job.inputs["print"])["final"] is False


def test_every_page_gets_a_code_of_its_own(template: Template, data: dict[str, Any]) -> None:
    job = prepare(template, data, CODES)
    assert job.facts(12) == PrintFacts(CODES.serial, CODES.revision, 12, template.version, CODES.content_hash)
    outlines = code_outlines(job, 12)
    assert len(set(outlines)) == 12
    assert set(outlines).isdisjoint(code_outlines(job, 11))
