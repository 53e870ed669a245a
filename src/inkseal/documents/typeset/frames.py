"""How a pool and its child talk: two lengths, a JSON head, a body of bytes. Nothing from the child is executed."""

import json
import struct
from dataclasses import asdict
from typing import IO, Any, Final

from inkseal.documents.typeset.errors import LayoutError
from inkseal.documents.typeset.job import Job, PageCodes, Place, Typeset

LENGTHS: Final = struct.Struct("!II")


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame."""
    raw = json.dumps(head, ensure_ascii=False).encode()
    stream.write(LENGTHS.pack(len(raw), len(body)) + raw + body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None when the other side has closed."""
    prefix = stream.read(LENGTHS.size)
    if not prefix:
        return None
    head_length, body_length = LENGTHS.unpack(prefix)
    return json.loads(stream.read(head_length)), stream.read(body_length)


def encode_job(job: Job) -> dict[str, Any]:
    """Return the job as JSON values."""
    values = asdict(job)
    if job.codes is not None:
        values["codes"]["key"] = job.codes.key.hex()
    return values


def decode_job(values: dict[str, Any]) -> Job:
    """Return the job of `encode_job`."""
    codes = values["codes"]
    if codes is not None:
        codes = PageCodes(**{**codes, "key": bytes.fromhex(codes["key"])})
    return Job(**{**values, "font_files": tuple(values["font_files"]), "codes": codes})


def encode_result(result: Typeset) -> dict[str, Any]:
    """Return all of the result but its bytes."""
    return {"page_count": result.page_count, "places": [asdict(place) for place in result.places]}


def decode_result(head: dict[str, Any], pdf: bytes) -> Typeset:
    """Return the result of `encode_result`, or raise the error that the child met."""
    if "hint" in head:
        raise LayoutError(head["hint"])
    return Typeset(pdf, head["page_count"], tuple(Place(**place) for place in head["places"]))
