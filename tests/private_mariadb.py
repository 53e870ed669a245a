"""A MariaDB of one's own on a socket in a temporary folder; it ends with the process that started it."""

import getpass
import subprocess
import time
from pathlib import Path
from typing import Final

READY_SECONDS: Final = 60


class MariadbNotReadyError(Exception):
    """The server did not answer in time; its log says why."""


class PrivateMariadb:
    """A running server, reached as root without a password."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "db.sock"
        data, log = folder / "data", folder / "mariadb.log"
        subprocess.run(
            [
                "mariadb-install-db",
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                f"--datadir={data}",
            ],
            check=True,
            capture_output=True,
        )
        self._log = log.open("wb")
        self._server = subprocess.Popen(
            # The kernel ends the server when the test run is killed; it would stay for ever otherwise.
            [
                *("setpriv", "--pdeathsig", "TERM"),
                *("mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={self.socket}"),
                *("--skip-networking", f"--user={getpass.getuser()}", "--innodb-flush-log-at-trx-commit=0"),
            ],
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._wait(log)

    def address(self, database: str) -> str:
        """Return the INKSEAL_DATABASE_URL of one database."""
        return f"mysql://root@localhost/{database}?socket={self.socket}"

    def stop(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.wait(READY_SECONDS)
        self._log.close()

    def _wait(self, log: Path) -> None:
        end = time.monotonic() + READY_SECONDS
        ping = ["mariadb-admin", "--no-defaults", f"--socket={self.socket}", "--user=root", "--silent", "ping"]
        while subprocess.run(ping, capture_output=True, check=False).returncode:
            if time.monotonic() > end or self._server.poll() is not None:
                raise MariadbNotReadyError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)
