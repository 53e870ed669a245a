"""Debian and Ubuntu packages for tests and benchmarks: which, how recognised, what is left out without.

Decided here: they are installed only by root or by a sudo that asks no password, never when
SYSTEM_PACKAGES=no; otherwise one message names them all. `make run` needs none of them.
"""

import ctypes.util
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """Something of the system that is used, the packages that bring it, and what is left out without it."""

    packages: tuple[str, ...]
    without: str
    is_there: Callable[[], bool]


def has_programs(*names: str) -> bool:
    """Tell whether all programs are found, the administrator's folders included."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    return all(shutil.which(name, path=path) for name in names)


def has_browser() -> bool:
    """Tell whether a Chromium is there, the one named by INKSEAL_TEST_CHROMIUM first."""
    named = os.environ.get("INKSEAL_TEST_CHROMIUM")
    return Path(named).is_file() if named else any(shutil.which(name) for name in BROWSERS)


def has_wide_fonts() -> bool:
    """Tell whether the browser can draw Chinese characters."""
    return any(Path("/usr/share/fonts").glob("**/NotoSansCJK*"))


def has_libraries(*names: str) -> bool:
    """Tell whether the dynamic linker knows all these libraries."""
    return all(ctypes.util.find_library(name) for name in names)


def can_build_driver() -> bool:
    """Tell whether the MariaDB driver can be built: a compiler, Python's headers and MariaDB's."""
    if not has_programs("gcc", "pkg-config") or not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return False
    asked = subprocess.run(["pkg-config", "--exists", "libmariadb"], check=False)
    return asked.returncode == 0


TEST_NEEDS: Final = (
    Need(("chromium",), "the browser tests are skipped", has_browser),
    Need(("fonts-noto-cjk",), "Chinese pages look wrong in screenshots", has_wide_fonts),
    Need(("poppler-utils",), "pdfsig's second opinion is skipped", lambda: has_programs("pdfsig", "pdftotext")),
    Need(
        ("mariadb-server-core", "mariadb-client"),
        "the MariaDB run is skipped",
        lambda: has_programs("mariadbd", "mariadb-install-db", "mariadb-admin"),
    ),
    Need(
        ("gcc", "pkg-config", "python3-dev", "libmariadb-dev"),
        "the MariaDB driver is not built, the MariaDB run is skipped",
        can_build_driver,
    ),
)
BENCH_NEEDS: Final = (
    Need(
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        "WeasyPrint, the alternative, cannot run",
        lambda: has_libraries("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"),
    ),
)


def apt_get() -> list[str] | None:
    """Return the command prefix that may install packages, or None where nobody may."""
    if os.environ.get("SYSTEM_PACKAGES") == "no" or shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n", "apt-get"]
    return None


def is_offered(package: str) -> bool:
    """Tell whether the package lists offer `package`; Ubuntu, for one, has no chromium outside of snap."""
    asked = subprocess.run(["apt-cache", "policy", package], check=False, capture_output=True, text=True)
    candidates = [line for line in asked.stdout.splitlines() if "Candidate:" in line]
    return any("(none)" not in line for line in candidates)


def install(packages: Sequence[str]) -> bool:
    """Install what the package lists offer; False where nothing may be installed or apt-get failed."""
    command = apt_get()
    if command is None:
        return False
    print(f"set-up: system packages {' '.join(packages)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "-qq", "update"], check=False, env=quiet)
    offered = [package for package in packages if is_offered(package)]
    options = ["-qq", "-y", "--no-install-recommends", "install"]
    done = subprocess.run([*command, *options, *offered], check=False, env=quiet, stdout=subprocess.DEVNULL)
    return done.returncode == 0 and len(offered) == len(packages)


def provide(needs: Sequence[Need], stamps: Path) -> None:
    """Install what is missing where that is allowed; name in one message what stays missing."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    tried = stamps / "system-packages"
    # What could not be had once is not asked for again in every run.
    if not tried.is_file() or tried.read_text(encoding="utf-8") != " ".join(packages):
        install(packages)
        missing = [need for need in missing if not need.is_there()]
        tried.write_text(" ".join(package for need in missing for package in need.packages), encoding="utf-8")
    if missing:
        print(told(missing), flush=True)


def told(missing: Sequence[Need]) -> str:
    """Return the one message: what is missing, what is left out, the command that helps."""
    lines = [f"  {' '.join(need.packages)}: {need.without}" for need in missing]
    packages = " ".join(package for need in missing for package in need.packages)
    head = "set-up: system packages are missing and could not be installed from here; going on without them."
    return "\n".join([head, *lines, f"  to install them: sudo apt-get install --no-install-recommends {packages}"])
