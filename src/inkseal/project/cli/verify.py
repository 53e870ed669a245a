"""`inkseal verify FILE`: the verdict on any PDF, in plain words or as JSON. Needs no database."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from inkseal.documents.validate import (
    Change,
    Finding,
    Report,
    SignatureKind,
    SignatureReport,
    TrustRootsError,
    Verdict,
    verify_isolated,
)
from inkseal.project.cli.failures import CommandError

NOT_SO: Final = 1
NOT_READABLE: Final = 2

VERDICTS: Final = {
    Verdict.VALID: "[bold green]Valid.[/] The signatures are intact and trusted, and nothing was changed since.",
    Verdict.NOT_PROVEN: "[bold yellow]Not proven.[/] Nothing is broken, but not everything can be confirmed.",
    Verdict.INVALID: "[bold red]Not valid.[/] This is not the file that was signed, or its signature is broken.",
    Verdict.UNSIGNED: "[bold yellow]Not signed.[/] This PDF carries no signature.",
    Verdict.NOT_READABLE: "[bold red]Not readable.[/]",
}
FINDINGS: Final = {
    Finding.NOT_A_PDF: "The file is not a PDF.",
    Finding.ENCRYPTED: "The PDF is encrypted. Ask for a copy without a password.",
    Finding.DAMAGED: "The PDF is damaged. Get it again from where it came from.",
    Finding.SIGNED_BUT_DAMAGED: "The PDF was signed once and is damaged or was taken apart since. Get it again.",
    Finding.TOO_COSTLY: "Reading the PDF takes more time or memory than any contract needs.",
    Finding.NO_SIGNATURE: "No signature was found.",
    Finding.BYTES_AFTER_END: "Something was appended behind the end of the file.",
    Finding.BYTE_RANGE: "The signature does not cover what it has to cover.",
    Finding.CONTAINER: "The signature's container is malformed or was altered.",
    Finding.DIGEST: "The content is not what was signed.",
    Finding.SIGNATURE_VALUE: "The signature was not made with the key of its certificate.",
    Finding.CHANGED_AFTER: "The file was changed after it was signed.",
    Finding.UNKNOWN_KIND: "There is a signature of a kind that is not checked here.",
    Finding.UNKNOWN_AUTHORITY: "The certificate does not come from an authority that is trusted here (see --roots).",
    Finding.EXPIRED: "The certificate has expired, and nothing proves that the signature is older.",
    Finding.NOT_YET_VALID: "The certificate was not valid yet.",
    Finding.REVOKED: "The certificate was revoked.",
    Finding.WEAK_ALGORITHM: "The signature uses an algorithm or a key that is too weak.",
    Finding.WRONG_USAGE: "The certificate is not meant for signing documents.",
    Finding.CHAIN_NOT_PROVEN: "The certificate's chain, or that it was not revoked, is not proven.",
    Finding.FORM_CONDITION: "A condition that the form sets for its signature is not met.",
    Finding.TIME_STAMP_BROKEN: "A time-stamp is broken.",
    Finding.TIME_NOT_TRUSTED: "A time-stamp's authority is not trusted here; it proves no time.",
    Finding.TIME_IN_FUTURE: "A time-stamp lies in the future; it proves no time.",
}
CHANGES: Final = {
    Change.NOTHING: "nothing was added afterwards",
    Change.PROOF: "only proof of time and validation data were added afterwards",
    Change.FORM: "further signatures or form entries were added afterwards",
    Change.CONTENT: "the content was changed afterwards, or this cannot be told",
}
NO_TIME: Final = "No trusted authority proves when it was signed; that is asked for by --require-time."
EPILOG: Final = (
    "Example: inkseal verify contract.pdf --roots roots.pem  ·  "
    "Exit codes: 0 intact, trusted and unmodified; 1 not so, or not proven; 2 not readable."
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("verify", epilog=EPILOG)(verify_file)


def verify_file(
    file: Annotated[Path, typer.Argument(help="The PDF to verify.", show_default=False)],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    require_time: Annotated[bool, typer.Option("--require-time", help="Ask for a proof of time too.")] = False,
    roots: Annotated[
        Path | None,
        typer.Option(help="Certificates to trust (PEM); default: INKSEAL_TRUST_ROOTS.", show_default=False),
    ] = None,
) -> None:
    """Say whether a PDF is intact, signed by somebody trusted, and unmodified since."""
    content = _read(file, "Check the name and the permissions.", NOT_READABLE)
    trusted = roots or _default_roots()
    advice = "Give the trusted certificates with --roots, or make demo keys: inkseal keys init-demo"
    try:
        report = verify_isolated(content, roots=_read(trusted, advice, NOT_SO), now=datetime.now(UTC))
    except TrustRootsError as err:
        raise CommandError(f"{trusted} holds no certificate in PEM form", advice, NOT_SO) from err
    lacks_time = require_time and report.proven_time is None
    if as_json:
        sys.stdout.write(json.dumps({"file": str(file), **report.as_dict()}, ensure_ascii=False, indent=2) + "\n")
    else:
        show(file, report, lacks_time=lacks_time)
    raise typer.Exit(exit_code(report, lacks_time=lacks_time))


def exit_code(report: Report, *, lacks_time: bool) -> int:
    """Return 0 for a green verdict with all that was asked for, 2 for a file that is not readable, 1 for the rest."""
    if report.verdict is Verdict.NOT_READABLE:
        return NOT_READABLE
    return 0 if report.verdict is Verdict.VALID and not lacks_time else NOT_SO


def show(file: Path, report: Report, *, lacks_time: bool) -> None:
    """Print the verdict, the reasons, and each signature; what cannot be read is said on standard error."""
    console = Console(stderr=report.verdict is Verdict.NOT_READABLE, soft_wrap=True, highlight=False)
    console.print(f"{escape(_printable(str(file)))}: {VERDICTS[report.verdict]}")
    for finding in report.findings:
        console.print(f"  - {FINDINGS[finding]}")
    if lacks_time:
        console.print(f"  - {NO_TIME}")
    for signature in report.signatures:
        console.print(_describe(signature))
    console.print(f"SHA-256: {report.sha256}")


def _describe(one: SignatureReport) -> str:
    heading = "Time-stamp" if one.kind is SignatureKind.TIME_STAMP else "Signature"
    claimed = "unknown" if one.claimed_time is None else f"{one.claimed_time:%Y-%m-%d %H:%M:%S %Z}"
    proven = "by nobody trusted" if one.proven_time is None else f"{one.proven_time:%Y-%m-%d %H:%M:%S %Z}"
    rows = (
        ("signed by", _printable(f"{one.signer or 'unknown'} (certificate from {one.issuer or 'unknown'})")),
        ("intact", _yes(one.intact)),
        ("trusted", _yes(one.trusted)),
        ("unmodified", f"{_yes(one.unmodified)}; {CHANGES[one.changed_after]}"),
        ("time claimed", claimed),
        ("time proven", proven),
        ("level", one.level.value if one.level else "-"),
    )
    lines = [f"{heading} in field {one.field!r}", *(f"  {name + ':':<14}{value}" for name, value in rows)]
    return escape("\n".join(lines))


def _printable(text: str) -> str:
    """Keep a name that a stranger chose from steering the terminal, where it could paint another verdict."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _yes(fact: bool) -> str:  # noqa: FBT001 - the fact is the only thing said
    return "yes" if fact else "no"


def _default_roots() -> Path:
    from django.conf import settings

    return Path(settings.TRUST_ROOTS)


def _read(path: Path, advice: str, exit_code: int) -> bytes:
    try:
        return path.read_bytes()
    except OSError as err:
        raise CommandError(f"{path} cannot be read ({err.strerror})", advice, exit_code) from err
