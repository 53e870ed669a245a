# mypy: allow-untyped-calls
# (the PDF and ASN.1 libraries carry few annotations)
"""The client of a time-stamp authority (RFC 3161 over HTTP): one question, one answer, no second try here.

Every failure becomes `TimeStampError`, which says that the same seal may succeed later.
"""

import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper

from inkseal.documents.seal.errors import TimeStampError, TimeStampFault

#: Further apart than this, one of the two clocks is wrong, and the seal must not be given out (A-34).
TOLERATED_SKEW: Final = timedelta(minutes=10)
_LONGEST_ANSWER_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class TimeStamping:
    """A configured authority: its address, and the roots (PEM) that it and the seal are checked against."""

    url: str
    roots: bytes
    timeout_seconds: float = 10.0


class HttpTimeStamper(TimeStamper):
    """Asks `url` for time-stamps and believes them only near `now`."""

    def __init__(self, stamping: TimeStamping, now: datetime) -> None:
        super().__init__()
        self.url = stamping.url
        self.timeout_seconds = stamping.timeout_seconds
        self.now = now

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Post one request. Blocks: pyHanko's loop runs nothing else meanwhile."""
        answer = self._post(req.dump())
        try:
            response: tsp.TimeStampResp = tsp.TimeStampResp.load(answer, strict=True)
            granted = response["status"]["status"].native == "granted"
            fits = not granted or _imprint_of(response) == req["message_imprint"].native
        except (ValueError, TypeError, KeyError) as err:
            raise TimeStampError(TimeStampFault.REFUSED, self.url) from err
        if not granted or not fits:
            raise TimeStampError(TimeStampFault.REFUSED, self.url)
        return response

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token whose nonce and imprint fit and whose time is near `now`."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
        except (OSError, AttributeError) as err:  # a missing or wrong nonce; pyHanko trips over one that is absent
            raise TimeStampError(TimeStampFault.REFUSED, self.url) from err
        generated = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
        if abs(generated - self.now) > TOLERATED_SKEW:
            raise TimeStampError(TimeStampFault.CLOCK_SKEW, self.url)
        return token

    def _post(self, body: bytes) -> bytes:
        if urlsplit(self.url).scheme not in {"http", "https"}:
            raise TimeStampError(TimeStampFault.UNREACHABLE, self.url)
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 - the scheme was checked above
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_seconds) as answer:  # noqa: S310 - as above
                return bytes(answer.read(_LONGEST_ANSWER_BYTES))
        except (OSError, HTTPException) as err:
            raise TimeStampError(TimeStampFault.UNREACHABLE, self.url) from err


def _imprint_of(response: tsp.TimeStampResp) -> object:
    token = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    return token["message_imprint"].native
