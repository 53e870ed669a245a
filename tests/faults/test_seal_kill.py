"""kill -9 of the worker at each step of sealing: then one registered file, one event for each change, state 40."""

import json
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from inkseal.contracts.board import chain_of
from inkseal.contracts.enums import SIGNED_ONLINE, Page, Progress, Review
from inkseal.contracts.files import read_sealed, read_signed
from inkseal.contracts.models import AuditEntry, ContractLog, SealUse
from inkseal.contracts.states import State
from inkseal.documents.validate import Verdict, verify
from inkseal.evidence import verify_chain
from inkseal.evidence.models import EvidenceEvent
from inkseal.notices.models import Delivery, Message
from inkseal.outbox.models import OutboxEffect
from inkseal.project.clock import database_now
from inkseal.project.demo.people import write_book, write_world
from inkseal.project.mailbox import received, start
from inkseal.project.worker import work_off
from tests.integration.contracts.journey import Journey

pytestmark = pytest.mark.faults

WORKER = Path(__file__).with_name("seal_worker.py")

#: Every failpoint between the claim of the effect and its mark, in order of time. The seal is the second effect.
FAILPOINTS = [
    "outbox.before-handler:2",
    "seal.announced:1",
    "seal.sealed:1",
    "vault.file-written:1",
    "seal.stored:1",
    "seal.registering:1",
    "seal.registered:1",
    "seal.signed:1",
    "seal.synced:1",
    "seal.complete:1",
    "outbox.after-handler:2",
    "outbox.before-mark:2",
]


@pytest.fixture
def mail_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A mail server on loopback, for this process and its children."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = port
    monkeypatch.setenv("INKSEAL_SMTP_PORT", str(port))
    server = start(tmp_path / "mail", port)
    yield tmp_path / "mail"
    server.stop()


@pytest.fixture
def approved(transactional_db: None, mail_folder: Path) -> Journey:
    """A contract that was approved a minute ago; only its book event and its seal are due."""
    now = database_now() - timedelta(days=1)
    write_world(now)
    write_book(77, 1001, "The Lantern Ferry", now=now)
    journey = Journey(now).to_audit()
    work_off("first", Event())
    journey.approve()
    return journey


def run_until(failpoint: str, environment: Mapping[str, str]) -> int:
    command = [sys.executable, "-W", "error", str(WORKER)]
    child = subprocess.run(
        command, env={**environment, "INKSEAL_FAILPOINT": failpoint}, check=False, capture_output=True, timeout=60
    )
    return child.returncode


def let_leases_run_out() -> None:
    held = OutboxEffect.objects.exclude(leased_until=None)
    held.update(leased_until=database_now() - timedelta(seconds=1))


def events() -> Counter[int]:
    payloads = (json.loads(effect.payload) for effect in OutboxEffect.objects.filter(kind="event.book"))
    return Counter(payload["signonlineStatus"] for payload in payloads)


def require_sealed_once(journey: Journey, mail_folder: Path) -> None:
    assert journey.state == State(Progress.COMPLETE, Page.COMPLETE, Review.SYNCED, SIGNED_ONLINE)
    assert SealUse.objects.exclude(file_id=None).count() == 1
    assert AuditEntry.objects.count() == 1
    assert list(ContractLog.objects.order_by("id").values_list("progress", flat=True))[-3:] == [90, 90, 40]
    assert events() == {0: 1, 1: 2, 3: 1}  # submitted; approved and sealed; synchronised
    assert set(OutboxEffect.objects.values_list("state", flat=True)) == {"done"}
    assert list(Message.objects.order_by("id").values_list("send_reason", "status")) == [(1, 1), (3, 1)]
    assert Delivery.objects.count() == 2
    assert sum("is complete" in mail.subject for mail in received(9, mail_folder)) == 1
    steps = Counter(EvidenceEvent.objects.filter(kind__startswith="contract.").values_list("kind", flat=True))
    for step in ("register_seal", "mark_signed", "mark_synced", "complete"):
        assert steps[f"contract.{step}"] == 1
    assert verify_chain(chain_of(77)).intact
    sealed = read_sealed(77, actor=journey.author)
    assert sealed.startswith(read_signed(77, actor=journey.author))
    report = verify(sealed, roots=settings.TRUST_ROOTS.read_bytes(), now=database_now())
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_a_worker_killed_here_leaves_a_seal_that_another_finishes(
    approved: Journey, mail_folder: Path, child_environment: Mapping[str, str], failpoint: str
) -> None:
    assert run_until(failpoint, child_environment) == -signal.SIGKILL
    held = OutboxEffect.objects.get(kind="contract.seal")
    assert held.leased_until is not None
    assert held.leased_until > database_now()
    let_leases_run_out()
    work_off("second", Event())
    require_sealed_once(approved, mail_folder)


def test_while_the_lease_runs_nobody_else_seals(approved: Journey, child_environment: Mapping[str, str]) -> None:
    assert run_until("seal.announced:1", child_environment) == -signal.SIGKILL
    work_off("second", Event())
    assert approved.state.progress is Progress.AUDITED
    assert SealUse.objects.get().file_id is None


def test_workers_killed_one_after_another_still_end_in_one_seal(
    approved: Journey, mail_folder: Path, child_environment: Mapping[str, str]
) -> None:
    for failpoint in ("seal.announced:1", "seal.stored:1", "seal.registered:1", "seal.synced:1"):
        assert run_until(failpoint, child_environment) == -signal.SIGKILL
        let_leases_run_out()
    work_off("last", Event())
    require_sealed_once(approved, mail_folder)
    assert SealUse.objects.count() == 3  # two uses of the key came to nothing, and are on the record


def test_a_worker_killed_after_the_mail_left_sends_no_second_one(
    approved: Journey, mail_folder: Path, child_environment: Mapping[str, str]
) -> None:
    """The message of T20 is the third effect behind the book events; its row stands before the mark."""
    work_off("second", Event())
    OutboxEffect.objects.filter(key__contains=":T20:").update(state="pending", due_at=database_now())
    Delivery.objects.filter(message__send_reason=3).delete()
    Message.objects.filter(send_reason=3).delete()
    assert run_until("outbox.after-handler:1", child_environment) == -signal.SIGKILL
    before = len(received(9, mail_folder))
    let_leases_run_out()
    work_off("third", Event())
    assert len(received(9, mail_folder)) == before
    assert Message.objects.filter(send_reason=3).count() == 1


def test_every_failpoint_of_sealing_is_in_the_sweep() -> None:
    from inkseal.contracts import seal

    source = Path(seal.__file__).read_text(encoding="utf-8")
    named = {part.split('"')[0] for part in source.split('failpoint("')[1:]}
    assert named == {point.split(":")[0] for point in FAILPOINTS if point.startswith("seal.")}
