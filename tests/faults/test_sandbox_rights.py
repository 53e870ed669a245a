"""A-24: what a taken-over decoder can reach, attack by attack: no file, no socket, no process, no other's memory."""

import errno
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from inkseal.documents.sandbox import ChildFailedError, Limits, limits, run_in_child
from tests.faults.sandbox_kit import error_of, own_children, raw, refusal, told_by

REFUSALS = {errno.EPERM, errno.EMFILE, errno.EACCES}
FILTERED = os.uname().machine in {"x86_64", "aarch64"}


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder in which everybody may do everything, with a file of everybody's: only the sandbox protects it."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o777)
    (tmp_path / "contract.pdf").write_bytes(b"%PDF")
    (tmp_path / "contract.pdf").chmod(0o666)
    return tmp_path


ON_PATHS = {
    "reading": "os.open('{}/contract.pdf', os.O_RDONLY)",
    "writing": "os.open('{}/left', os.O_CREAT | os.O_WRONLY)",
    "a file without a name": "os.open('{}', os.O_TMPFILE | os.O_RDWR)",
    "cutting off": "os.truncate('{}/contract.pdf', 0)",
    "removing": "os.unlink('{}/contract.pdf')",
    "renaming": "os.rename('{0}/contract.pdf', '{0}/other.pdf')",
    "a second name": "os.link('{0}/contract.pdf', '{0}/other.pdf')",
    "a symbolic link": "os.symlink('/etc/passwd', '{}/link')",
    "a folder": "os.mkdir('{}/folder')",
    "a pipe with a name": "os.mkfifo('{}/pipe')",
    "another mode": "os.chmod('{}/contract.pdf', 0o4777)",
    "another time": "os.utime('{}/contract.pdf', (0, 0))",
    "another folder to work in": "os.chdir('{}')",
}


@pytest.mark.parametrize("name", ON_PATHS)
def test_a_child_does_nothing_to_a_path(name: str, open_folder: Path) -> None:
    before = [(file.name, file.stat()) for file in sorted(open_folder.iterdir())]
    assert refusal(ON_PATHS[name].format(open_folder)) in REFUSALS
    after = [(file.name, file.stat()) for file in sorted(open_folder.iterdir())]
    assert [(file, found.st_mode, found.st_mtime, found.st_size, found.st_nlink) for file, found in after] == [
        (file, found.st_mode, found.st_mtime, found.st_size, found.st_nlink) for file, found in before
    ]


@pytest.mark.parametrize(
    "call",
    [
        f"socket({int(socket.AF_INET)}, {int(socket.SOCK_STREAM)}, 0)",
        f"socket({int(socket.AF_INET6)}, {int(socket.SOCK_DGRAM)}, 0)",
        f"socket({int(socket.AF_UNIX)}, {int(socket.SOCK_STREAM)}, 0)",
        f"socket({int(socket.AF_NETLINK)}, {int(socket.SOCK_RAW)}, 0)",
        f"socketpair({int(socket.AF_UNIX)}, {int(socket.SOCK_STREAM)}, 0, (ctypes.c_int * 2)())",
        "memfd_create(b'x', 0)",
        "pipe((ctypes.c_int * 2)())",
        "eventfd(0, 0)",
        "dup(0)",
        "inotify_init()",
        "epoll_create1(0)",
    ],
)
def test_a_child_opens_nothing_whatever_its_kind(call: str) -> None:
    assert raw(call) in REFUSALS


def test_a_child_connects_to_nobody_who_listens() -> None:
    """Even an address that answers, with a socket made as the C library makes it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        lines = (
            "import ctypes, struct",
            "libc = ctypes.CDLL(None, use_errno=True)",
            "made = libc.socket(2, 1, 0)",
            f"address = struct.pack('=HH4s8x', 2, {socket.htons(port)}, bytes((127, 0, 0, 1)))",
            "joined = [libc.connect(number, address, 16) for number in range(-1, 8)]",
            "told = {'made': made, 'joined': joined}",
        )
        assert told_by("\n".join(lines)) == {"made": -1, "joined": [-1] * 9}
        server.setblocking(False)  # noqa: FBT003 - the argument of the standard library has no name
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("call", ["fork()", "vfork()", "daemon(0, 0)"])
def test_a_child_has_no_children(call: str) -> None:
    assert raw(call) in {errno.EPERM, errno.EAGAIN}


def test_a_child_starts_no_thread() -> None:
    assert error_of("import threading\nthreading.Thread(target=print).start()").detail == "RuntimeError"


def test_a_child_becomes_no_other_program(open_folder: Path) -> None:
    script = f"echo taken > {open_folder}/taken"
    assert refusal(f"os.execv('/bin/sh', ['sh', '-c', {script!r}])") in REFUSALS
    assert not (open_folder / "taken").exists()


@pytest.mark.parametrize(
    "call",
    [
        "ptrace(16, libc.getppid(), 0, 0)",
        "setuid(0)",
        "setgid(0)",
        "setsid()",
        "unshare(0x10000000)",
        "chroot(b'/')",
        "mount(b'none', b'/tmp', b'tmpfs', 0, 0)",
        "nice(-5)",
        "prctl(4, 1, 0, 0, 0)",
        "sethostname(b'x', 1)",
    ],
)
def test_a_child_gains_no_right_and_sees_no_other_process(call: str) -> None:
    assert raw(call) in {errno.EPERM, errno.EINVAL, errno.EACCES}


@pytest.mark.skipif(not FILTERED, reason="signals to others are refused by the kernel's filter on these machines only")
@pytest.mark.parametrize("whom", ["{parent}", "-1", "0", "1"])
def test_a_child_signals_nobody_but_itself(whom: str) -> None:
    """A service that does not run as root shares its user with its children: this is not left to users alone."""
    assert raw(f"kill({whom.format(parent=os.getpid())}, 0)") == errno.EPERM
    assert raw("kill(libc.getpid(), 0)") == 0


def test_a_child_holds_three_descriptors_and_none_of_its_parent(tmp_path: Path) -> None:
    with (tmp_path / "seal.p12").open("wb") as secret, socket.socket() as connection:
        os.set_inheritable(secret.fileno(), True)  # noqa: FBT003 - as above
        os.set_inheritable(connection.fileno(), True)  # noqa: FBT003 - as above
        lines = (
            "import os",
            "def is_open(number):",
            "    try:",
            "        os.fstat(number)",
            "    except OSError:",
            "        return False",
            "    return True",
            "told = {'open': [number for number in range(256) if is_open(number)]}",
        )
        assert told_by("\n".join(lines)) == {"open": [0, 1, 2]}


def test_a_child_sees_no_environment_but_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKSEAL_SEAL_PASSPHRASE", "made up")
    monkeypatch.setenv("PYTHONPATH", "/made/up")
    told = told_by("import os, sys\ntold = {'environment': dict(os.environ), 'path': sys.path, 'argv': sys.argv[1:]}")
    assert told["environment"] == {"LANG": "C.UTF-8"}
    assert "/made/up" not in str(told["path"])
    assert "made up" not in str(told["argv"])


def while_it_runs(look: Callable[[int], None]) -> None:
    """Start a child that does not end, let `look` at it by its process id, and wait for its end."""
    seen = {process for process, _ in own_children()}
    endless = threading.Thread(target=lambda: error_of("while True: pass", Limits(wall_seconds=3.0)))
    endless.start()
    found: set[int] = set()
    while endless.is_alive() and not found:
        running = {process for process, _ in own_children()} - seen
        found = {process for process in running if status(process).get("Seccomp") in {"2", None}}
    for process in found:
        look(process)
    endless.join()
    assert found


def status(process: int) -> dict[str, str]:
    """Return what the kernel says of a process."""
    try:
        lines = (Path("/proc") / str(process) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {"Seccomp": "gone"}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.mark.skipif(not FILTERED, reason="the kernel's filter is set on these machines only")
def test_the_kernel_confirms_what_a_child_has_given_up() -> None:
    def look(process: int) -> None:
        told = status(process)
        assert told["NoNewPrivs"] == "1"
        assert told["Threads"] == "1"
        if os.geteuid() == 0:
            assert told["Uid"].split() == [str(limits.NOBODY)] * 4
            assert told["Gid"].split() == [str(limits.NOBODY)] * 4
            assert int(told["CapEff"], 16) == 0
        lines = (Path("/proc") / str(process) / "limits").read_text().splitlines()[1:]
        hard = {line[:26].strip(): line[26:].split()[:2] for line in lines}
        assert hard["Max open files"] == ["0", "0"]
        assert hard["Max processes"] == ["0", "0"]
        assert hard["Max core file size"] == ["0", "0"]
        assert hard["Max address space"] == ["1500000000", "1500000000"]
        assert hard["Max file size"] == ["64000000", "64000000"]

    while_it_runs(look)


def test_a_child_cannot_lift_a_limit_again() -> None:
    for name in ("AS", "NOFILE", "NPROC", "CPU", "CORE", "FSIZE"):
        code = f"import resource\nresource.setrlimit(resource.RLIMIT_{name}, (1 << 40, 1 << 40))"
        assert error_of(code).detail in {"ValueError", "PermissionError"}, name


def test_a_child_maps_no_memory_beyond_its_limit() -> None:
    lines = (
        "import ctypes",
        "libc = ctypes.CDLL(None, use_errno=True)",
        "libc.malloc.restype = ctypes.c_void_p",
        "told = {'small': bool(libc.malloc(1 << 20)), 'large': bool(libc.malloc(ctypes.c_size_t(1 << 31)))}",
    )
    assert told_by("\n".join(lines)) == {"small": True, "large": False}


def test_the_next_child_knows_nothing_of_the_last() -> None:
    """One person's picture must not be found in the memory of the decoder of another's."""
    told_by("import builtins\nbuiltins.left_behind = 'Alice'\ntold = {}")
    assert told_by("import builtins\ntold = {'left': hasattr(builtins, 'left_behind')}") == {"left": False}


def test_a_function_that_is_not_there_is_no_answer() -> None:
    with pytest.raises(ChildFailedError) as caught:
        run_in_child("inkseal.documents.nowhere:decode", b"")
    assert caught.value.detail == "exit 1"
    with pytest.raises(ChildFailedError) as caught:
        run_in_child("builtins:nothing", b"")
    assert caught.value.detail == "AttributeError"
