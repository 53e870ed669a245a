"""`inkseal demo`: the main job without a person, from the proposal to the verified seal."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, Final

from django.conf import settings

from inkseal.contracts.board import chain_of
from inkseal.contracts.enums import Progress
from inkseal.contracts.files import read_print, read_sealed, read_signed
from inkseal.contracts.models import SealUse
from inkseal.documents.validate import Verdict, verify
from inkseal.evidence import verify_chain
from inkseal.project.clock import database_now
from inkseal.project.demo.people import AUTHORS, write_book, write_world
from inkseal.project.demo.story import DemoFailedError, Story
from inkseal.project.demo.timeline import Timeline
from inkseal.project.worker import work_off

BOOK_ID: Final = 7001
TITLE: Final = "The Lantern Ferry"
Say = Callable[[str], None]


def walk(out: Path, say: Say) -> list[dict[str, Any]]:
    """Walk the straight path with one send-back on an empty database; leave the files in `out`.

    Raises DemoFailedError at the first step that does not hold. Returns the timeline.
    """
    now = database_now()
    write_world(now)
    write_book(BOOK_ID, AUTHORS[0].id, TITLE, now=now)
    story = Story(BOOK_ID, AUTHORS[0].id)
    timeline = Timeline(BOOK_ID)
    for name, step in _steps(story, out):
        say(name)
        with timeline.watching():
            step()
            work_off("demo", Event())
    say("Verify the sealed file")
    _keep(out, story)
    rows = timeline.as_rows()
    (out / "timeline.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    _check(out, rows)
    return rows


def _steps(story: Story, out: Path) -> list[tuple[str, Callable[[], None]]]:
    return [
        ("Charlie proposes the book", story.propose),
        ("Bob submits it; a tracker is found, Alice gets her first message", story.submit),
        ("Alice declares that the work is hers", story.declare),
        ("Alice fills in the form, her family name missing", lambda: story.fill_in({"realname": "Alice"})),
        ("Alice looks at the contract and confirms it", story.confirm),
        ("Alice prints, signs, photographs and uploads every page", lambda: _upload(story, out / "photos" / "first")),
        ("Alice sends the signed pages in", story.hand_in),
        ("Dora sends the name back", story.send_back),
        ("Alice goes on", story.resume),
        ("Alice writes her name as on the passport", story.fill_in),
        ("Alice confirms again", story.confirm),
        ("Alice prints, signs, photographs and uploads again", lambda: _upload(story, out / "photos")),
        ("Alice sends the signed pages in again", story.hand_in),
        ("Dora passes exactly this file; the seal is put on it", story.approve),
    ]


def _upload(story: Story, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    photos = story.photograph()
    for number, photo in enumerate(photos, start=1):
        (folder / f"page-{number:02d}.jpg").write_bytes(photo)
    story.upload(reversed(photos))  # the order of the pictures says nothing; the codes do


def _keep(out: Path, story: Story) -> None:
    (out / "print.pdf").write_bytes(read_print(story.book_id, actor=story.author))
    (out / "signed.pdf").write_bytes(read_signed(story.book_id, actor=story.author))
    (out / "sealed.pdf").write_bytes(read_sealed(story.book_id, actor=story.author))


def _check(out: Path, rows: list[dict[str, Any]]) -> None:
    signed, sealed = (out / "signed.pdf").read_bytes(), (out / "sealed.pdf").read_bytes()
    _hold(sealed.startswith(signed.rstrip(b"\r\n")), "the sealed file does not begin with the approved bytes")
    report = verify(sealed, roots=Path(settings.TRUST_ROOTS).read_bytes(), now=database_now())
    _hold(report.verdict is Verdict.VALID, f"the sealed file is {report.verdict}, not valid")
    _hold(SealUse.objects.exclude(file_id=None).count() == 1, "not exactly one sealed file is registered")
    _hold(verify_chain(chain_of(BOOK_ID)).intact, "the evidence chain does not hold")
    _hold(bool(rows) and rows[-1]["contract"] == Progress.COMPLETE, "the contract is not complete")


def _hold(fact: bool, otherwise: str) -> None:  # noqa: FBT001  # reads as a sentence
    if not fact:
        raise DemoFailedError(otherwise)
