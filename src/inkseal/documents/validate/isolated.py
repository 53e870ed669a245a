"""Verification of what strangers send: in a child process that can only compute, its answer read with suspicion."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from inkseal.documents.sandbox import Answer, ChildFailedError, ChildFault, Limits, run_in_child
from inkseal.documents.validate.errors import TrustRootsError
from inkseal.documents.validate.judge import conclude
from inkseal.documents.validate.report import Finding, Report

#: The wall time includes the start of the interpreter, beside others on a busy machine.
VERIFY_LIMITS: Final = Limits(cpu_seconds=5, wall_seconds=15.0)
LARGEST_BYTES: Final = 50_000_000


def verify_isolated(pdf: bytes, *, roots: bytes, now: datetime, limits: Limits = VERIFY_LIMITS) -> Report:
    """Do as `verify`, in a child process with bounded memory and time; what breaks the child is not readable.

    Costs about 0.5 s more than `verify`, and loads no PDF library here. Files above 50 MB are too costly.
    """
    if len(pdf) > LARGEST_BYTES:
        return conclude(pdf, [Finding.TOO_COSTLY])
    arguments = {"roots": roots.decode("ascii", "ignore"), "now": now.isoformat()}
    try:
        answer = run_in_child("inkseal.documents.validate.isolated:verify_in_child", pdf, arguments, limits=limits)
        report = Report.from_dict(answer.facts)
    except ChildFailedError as err:
        if err.detail == TrustRootsError.__name__:
            raise TrustRootsError from err
        costly = err.fault in {ChildFault.KILLED, ChildFault.TOO_SLOW}
        return conclude(pdf, [Finding.TOO_COSTLY if costly else Finding.DAMAGED])
    except (ValueError, KeyError, TypeError):
        return conclude(pdf, [Finding.DAMAGED])
    # The file's identity is never the child's to say.
    return conclude(pdf, report.findings, report.signatures)


def verify_in_child(content: bytes, arguments: Mapping[str, object]) -> Answer:
    """Run in the child."""
    from inkseal.documents.validate.verifying import verify

    now = datetime.fromisoformat(str(arguments["now"]))
    return Answer(verify(content, roots=str(arguments["roots"]).encode(), now=now).as_dict())


def prepare() -> None:
    """Do in the child, before it gives up its rights, what needs them."""
    from inkseal.documents.validate import verifying

    verifying.prepare()
