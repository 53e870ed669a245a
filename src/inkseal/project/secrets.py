"""Secrets of an embedded or demo installation: made once, kept in one file that only its owner reads.

Production gives its own secrets (`production.py` lists those that are missing); nothing is made up there.
"""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from inkseal.core.errors import PermanentError

FILE_NAME: Final = "local-secrets.json"
KEY_BYTES: Final = 32


class SecretsUnusableError(PermanentError):
    """The file of local secrets is there but cannot be used; making new ones would lose all sealed data."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} cannot be read as local secrets; put back the copy of your backup")
        self.path = path


class SecretsFolderError(PermanentError):
    """The folder for local secrets cannot be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder} cannot be written ({reason}); give another INKSEAL_VAR_DIR or INKSEAL_KEYS_DIR")
        self.folder = folder
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LocalSecrets:
    """The values of the settings of the same names, in upper case."""

    secret_key: str
    master_keys: str
    blind_index_key: str
    page_code_key: str
    seal_key_passphrase: str


#: Where production is told its secrets: nothing is made up.
NONE: Final = LocalSecrets("", "", "", "", "")


def ensure_demo_secrets(folder: Path) -> LocalSecrets:
    """Return the secrets kept in `folder`, making them at the first call.

    Two processes may start at once: the file is completed under another name and linked into place, so that
    one of them wins and both read the same secrets.
    """
    path = folder / FILE_NAME
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, _make())
    except OSError as err:
        raise SecretsFolderError(folder, err.strerror or type(err).__name__) from err
    return _read(path)


def _make() -> LocalSecrets:
    return LocalSecrets(
        secret_key=secrets.token_urlsafe(48),
        master_keys=f"local1:{_key()}",
        blind_index_key=_key(),
        page_code_key=_key(),
        seal_key_passphrase=secrets.token_urlsafe(24),
    )


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _write_once(path: Path, made: LocalSecrets) -> None:
    draft = path.with_name(f".{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(made), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first; its secrets hold
    finally:
        draft.unlink()


def _read(path: Path) -> LocalSecrets:
    try:
        return LocalSecrets(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as err:
        raise SecretsUnusableError(path) from err
