"""`inkseal keys`: the seal's key and its demo, and the vault's keys (`rotate`, `erase`)."""

import json
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from rich.console import Console

from inkseal.documents.seal import KeyFault
from inkseal.project.cli.erase import erase
from inkseal.project.cli.failures import CommandError
from inkseal.project.cli.rotate import rotate

FAILED: Final = 1
#: From here on the health page warns too (documents.md).
WARN_DAYS: Final = 60
EPILOG: Final = "Exit codes: 0 done; 1 not done, with the reason on standard error."

#: What happened, and what to do about it.
KEY_FAULTS: Final = {
    KeyFault.NO_FILE: ("{path} cannot be read", "Set INKSEAL_SEAL_KEY, or make demo keys: inkseal keys init-demo"),
    KeyFault.NOT_OPENED: (
        "{path} does not open",
        "Check INKSEAL_SEAL_KEY_PASSPHRASE, and that it is a PKCS#12 file.",
    ),
    KeyFault.NO_KEY: ("{path} holds no private key with its certificate", "Export both into one PKCS#12 file."),
    KeyFault.UNKNOWN_KIND: ("{path} holds a key that is neither RSA nor ECDSA", "Use a key of one of these kinds."),
}
KEYS: Final = typer.Typer(help="The company seal's key, and the keys of personal data.", no_args_is_help=True)
KEYS.command("rotate")(rotate)
KEYS.command("erase")(erase)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(KEYS, name="keys")


@KEYS.command("init-demo", epilog=f"Example: inkseal keys init-demo  ·  {EPILOG}")
def init_demo(
    folder: Annotated[
        Path | None,
        typer.Option(help="Where to write; default: INKSEAL_KEYS_DIR.", show_default=False),
    ] = None,
) -> None:
    """Make a demo root, a seal and a time-stamp key. Never overwrites; not for real contracts."""
    from django.conf import settings

    from inkseal.documents.demo_pki import DemoPkiExistsError, init_demo_pki

    place = folder or Path(settings.KEYS_DIR)
    try:
        passphrase = settings.SEAL_KEY_PASSPHRASE or _made_passphrase(place)
        made = init_demo_pki(place, passphrase=passphrase, now=datetime.now(UTC))
    except DemoPkiExistsError as err:
        raise CommandError(
            f"{err.path} is there already and is never replaced", "Move it away, or use --folder."
        ) from err
    except OSError as err:
        raise CommandError(
            f"The keys cannot be written to {place} ({err.strerror})", "Choose another place with --folder."
        ) from err
    typer.echo(f"Made {made.seal}, {made.time_stamp} and {made.roots}.")
    typer.echo("These keys prove nothing to anybody: use them to try Inkseal out, not for real contracts.")


@KEYS.command("show", epilog=f"Example: inkseal keys show --json  ·  {EPILOG}")
def show(*, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Show the seal's certificate: whose, fingerprint, expiry, days left."""
    from django.conf import settings

    from inkseal.documents.seal.errors import SealKeyError
    from inkseal.documents.seal.key import Pkcs12SealKey

    path = Path(settings.SEAL_KEY_FILE)
    try:
        certificate = Pkcs12SealKey.load(path, _passphrase()).leaf
    except SealKeyError as err:
        fact, advice = KEY_FAULTS[err.fault]
        raise CommandError(fact.format(path=path), advice) from err
    facts = _facts(path, certificate, datetime.now(UTC))
    if as_json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for name, value in facts.items():
        console.print(f"{name.replace('_', ' ') + ':':<20}{value}")
    if int(facts["days_left"]) < WARN_DAYS:
        typer.echo("The certificate expires soon. Get the next one now: sealing stops when it has expired.", err=True)


def _facts(path: Path, certificate: x509.Certificate, now: datetime) -> dict[str, str | int]:
    return {
        "file": str(path),
        "subject": certificate.subject.rfc4514_string(),
        "issuer": certificate.issuer.rfc4514_string(),
        "fingerprint_sha256": certificate.fingerprint(hashes.SHA256()).hex(),
        "not_before": certificate.not_valid_before_utc.isoformat(),
        "not_after": certificate.not_valid_after_utc.isoformat(),
        "days_left": (certificate.not_valid_after_utc - now).days,
    }


def _made_passphrase(folder: Path) -> str:
    """Return the passphrase kept beside the keys, made at the first call."""
    from inkseal.documents.demo_pki import PASSPHRASE_FILE, write_secret

    path = folder / PASSPHRASE_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_secret(path, secrets.token_urlsafe(32).encode())
    return path.read_text(encoding="utf-8").strip()


def _passphrase() -> str:
    """Return the setting, else the content of the file that `init-demo` wrote beside the key."""
    from django.conf import settings

    from inkseal.documents.demo_pki import PASSPHRASE_FILE

    if settings.SEAL_KEY_PASSPHRASE:
        return str(settings.SEAL_KEY_PASSPHRASE)
    try:
        return (Path(settings.KEYS_DIR) / PASSPHRASE_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
