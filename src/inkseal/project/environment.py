"""Reads the process environment once; every fault is listed together, not one at a time.

Secrets may also come from a file: NAME_FILE is read where NAME is unset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from inkseal.core.errors import PermanentError

PREFIX: Final = "INKSEAL_"
SQLITE: Final = "sqlite:///"
SERVERS: Final = ("mysql://", "mariadb://")
#: The clone; its var/ folder is where everything is kept unless the settings say otherwise.
ROOT: Final = Path(__file__).resolve().parents[3]


class EnvironmentFaultsError(PermanentError):
    """Settings that cannot be used, all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass
class Reader:
    """Takes typed values out of an environment and collects what is wrong with them."""

    environ: Mapping[str, str]
    faults: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def text(self, name: str, default: str = "") -> str:
        """Return the value of INKSEAL_<name>, or the content of the file that INKSEAL_<name>_FILE names."""
        key = PREFIX + name
        self.known.update({key, f"{key}_FILE"})
        if key in self.environ:
            return self.environ[key]
        if path := self.environ.get(f"{key}_FILE"):
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as err:
                self.faults.append(f"{key}_FILE: {path} cannot be read ({err.strerror})")
            except UnicodeDecodeError:
                self.faults.append(f"{key}_FILE: {path} cannot be read (it is not UTF-8 text)")
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes or no."""
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        value = self.text(name, "yes" if default else "no").lower()
        if value not in words:
            self.faults.append(f"{PREFIX}{name}: write yes or no, not {value!r}")
        return words.get(value, default)

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        value = self.text(name, str(default))
        try:
            return int(value)
        except ValueError:
            self.faults.append(f"{PREFIX}{name}: write a whole number, not {value!r}")
            return default

    def choice(self, name: str, default: str, allowed: Sequence[str]) -> str:
        """Return one of a few words, in capitals."""
        value = self.text(name, default).upper()
        if value not in allowed:
            self.faults.append(f"{PREFIX}{name}: write one of {', '.join(allowed)}")
            return default
        return value

    def path(self, name: str, default: Path) -> Path:
        """Return an absolute path."""
        return Path(self.text(name, str(default))).expanduser().resolve()

    def words(self, name: str, default: str) -> list[str]:
        """Return a comma-separated list."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def database(self, name: str, default: str) -> dict[str, object]:
        """Return a Django database entry for sqlite:///FILE or mysql://USER:PASSWORD@HOST[:PORT]/NAME[?socket=S].

        FILE is taken as it stands: /data/x.db after three strokes makes four. A fault never shows the address,
        as a password may stand in it.
        """
        address = self.text(name, default)
        if file := address.removeprefix(SQLITE) if address.startswith(SQLITE) else "":
            return sqlite_entry(str(Path(file).expanduser().resolve()))
        if address.startswith(SERVERS) and (entry := mysql_entry(address)):
            return entry
        self.faults.append(f"{PREFIX}{name}: write sqlite:///file or mysql://user:password@host/name")
        return sqlite_entry(":memory:")

    def done(self) -> None:
        """Refuse unknown INKSEAL_ names and everything that was wrong, together."""
        tolerated = ("INKSEAL_FAILPOINT", "INKSEAL_TEST_")
        unknown = sorted(
            key
            for key in self.environ
            if key.startswith(PREFIX) and key not in self.known and not key.startswith(tolerated)
        )
        self.faults.extend(f"{key}: no such setting" for key in unknown)
        if self.faults:
            raise EnvironmentFaultsError(self.faults)


def sqlite_entry(path: str) -> dict[str, object]:
    """SQLite as a service needs it: WAL, each commit on the disk; writers queue at BEGIN, not failing later."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def mysql_entry(address: str) -> dict[str, object]:
    """MariaDB or MySQL at READ COMMITTED: rows are locked on purpose, never by gaps; {} when no address is read."""
    try:
        url = urlsplit(address)
        port = url.port or 3306
    except ValueError:
        return {}
    name, socket = unquote(url.path.lstrip("/")), parse_qs(url.query).get("socket", [""])[0]
    if not name or url.fragment:  # a "#" of a password would have cut the address
        return {}
    return {
        "ENGINE": "django.db.backends.mysql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": socket or url.hostname or "127.0.0.1",
        "PORT": "" if socket else str(port),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"charset": "utf8mb4", "isolation_level": "read committed"},
    }
