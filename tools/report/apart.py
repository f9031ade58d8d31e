"""Shut the door: a process gives away all that a stranger's code could do harm with, before it runs any.

On Linux it gets namespaces of its own: no network, not even to this machine; no other process to see or to end; and a
root folder that holds Python, its packages and the system's libraries, read-only, and an empty folder to write to. It
keeps no right over them. Limits of memory, time, files and processes hold everywhere.

What this does not protect against: a fault of the kernel that lets code out, and code that makes the check in its own
process say what it likes. Notebooks of strangers belong into a container or a virtual machine that is thrown away.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

import lectureutils

MEMORY = 3_000_000_000  # bytes of addresses, of which Python with its libraries has about one third
PROCESSOR = 3600  # seconds: the end of a process that nobody is left to end
DISK = 16_000_000  # bytes, in memory, that are gone afterwards
FILES = 64
NOBODY = 65534

NEW = {"user": 0x10000000, "mount": 0x00020000, "process": 0x20000000, "network": 0x40000000, "ipc": 0x08000000}
BIND, NOSUID, NODEV, RECURSIVE, PRIVATE = 4096, 2, 4, 0x4000, 1 << 18
SET_ATTRIBUTES, READ_ONLY, HERE, ALL_BELOW = 442, 1, -100, 0x8000  # mount_setattr, which takes mounts inside along
DETACH = 2
PR_DEATH_SIGNAL, PR_DROP_BOUND, PR_NO_NEW_RIGHTS = 1, 24, 38
LAST_CAPABILITY = 63
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}


class NotPossible(Exception):
    """This machine can't keep a process apart; the message says why."""


def why_not() -> str:
    """Return "" where a process can be kept apart on this machine, or the reason why not, found by trying it."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:  # whatever happens, the copy of this process ends here
        try:
            enter(writer)
            os.write(writer, b"apart")
        except BaseException as error:
            os.write(writer, str(error).encode()[:500])
        finally:
            os._exit(0)
    os.close(writer)
    said = b""
    while part := os.read(reader, 1000):
        said += part
    os.close(reader)
    os.waitpid(child, 0)
    return "" if said == b"apart" else said.decode(errors="replace") or "the process ended without a word"


def enter(keep: int) -> None:
    """Go on as the first process of namespaces of its own, with `keep` as the only open file; raise NotPossible.

    The caller's process stays outside, waits, and ends as the one inside does; SIGTERM ends both.
    """
    if sys.platform != "linux":
        raise NotPossible(f"namespaces are a thing of Linux, and this is {sys.platform}")
    if os.uname().machine not in PIVOT_ROOT:
        raise NotPossible(f"pivot_root has no number here for a {os.uname().machine}")
    libc, root = ctypes.CDLL(None, use_errno=True), os.geteuid() == 0
    user, group = os.getuid(), os.getgid()
    kinds = [number for kind, number in NEW.items() if not (root and kind == "user")]
    _call("unshare", libc.unshare(sum(kinds)))
    if not root:
        _map(user, group)
    _step_inside(libc)
    _new_root(libc, shown())
    _give_up_rights(libc, root)
    only_file(keep)
    limit()


def limit() -> None:
    """Set limits of memory, time, files and processes for whatever this process does from now on."""
    most_of = {"AS": MEMORY, "CPU": PROCESSOR, "FSIZE": DISK, "NOFILE": FILES, "CORE": 0, "NPROC": 0}
    for kind, most in most_of.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):  # macOS has no limit of addresses
            number = getattr(resource, f"RLIMIT_{kind}")
            hard = resource.getrlimit(number)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(number, (most, most))


def only_file(keep: int) -> None:
    """Close every open file but `keep`; what is printed goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.closerange(3, keep)
    os.closerange(keep + 1, os.sysconf("SC_OPEN_MAX") if os.sysconf("SC_OPEN_MAX") < 1 << 20 else 1 << 20)


def shown() -> list[Path]:
    """Return the folders that are needed to run Python with the package, none of them inside another."""
    wanted = [sys.prefix, sys.base_prefix, Path(lectureutils.__file__).parent, "/usr", "/lib", "/lib64"]
    paths = sorted({Path(path) for path in wanted if os.path.isdir(path)})
    return [path for path in paths if not any(other in path.parents for other in paths)]


def _call(what: str, returned: int) -> None:
    if returned:
        reason = os.strerror(ctypes.get_errno())
        raise NotPossible(f"the system refuses {what} ({reason}): are namespaces for users switched off here?")


def _map(user: int, group: int) -> None:
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="utf-8")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="utf-8")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="utf-8")
    except OSError as error:
        raise NotPossible(f"the system refuses a namespace for users ({error.strerror})") from error


def _step_inside(libc: ctypes.CDLL) -> None:
    """Let a new process go on, the first one of the new namespace; this one waits and ends as that does.

    What runs inside can undo any promise that it made itself. So the one outside, which no stranger's code reaches,
    kills it when asked to end; with the first process of a namespace, all others of it end too.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    child = os.fork()
    if child:
        signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os._exit(ended if ended >= 0 else 128 - ended)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    _end_with_parent(libc)


def _end_with_parent(libc: ctypes.CDLL) -> None:
    libc.prctl(PR_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _new_root(libc: ctypes.CDLL, folders: list[Path]) -> None:
    """Make a root folder in memory, hang the folders in, read-only, go there, and let go of the old one."""
    _call("mount", libc.mount(b"none", b"/", None, RECURSIVE | PRIVATE, None))
    root = "/proc"  # there everywhere, and not needed any more
    options = f"size={DISK},mode=755".encode()
    _call("mount of a folder in memory", libc.mount(b"tmpfs", root.encode(), b"tmpfs", NOSUID | NODEV, options))
    locked = (ctypes.c_uint64 * 4)(READ_ONLY | NOSUID | NODEV)
    for folder in folders:
        place = Path(f"{root}{folder}")
        place.mkdir(parents=True, exist_ok=True)
        _call(f"mount of {folder}", libc.mount(bytes(folder), bytes(place), None, BIND | RECURSIVE, None))
        size = ctypes.sizeof(locked)
        done = libc.syscall(SET_ATTRIBUTES, HERE, bytes(place), ALL_BELOW, ctypes.byref(locked), size)
        _call(f"read-only mount of {folder}", done)
    null = Path(f"{root}/dev/null")
    null.parent.mkdir()
    null.touch()
    _call("mount of /dev/null", libc.mount(b"/dev/null", bytes(null), None, BIND, None))
    for name in ("old", "desk"):
        Path(f"{root}/{name}").mkdir()
    os.chmod(f"{root}/desk", 0o777)
    os.chdir(root)
    _call("pivot_root", libc.syscall(PIVOT_ROOT[os.uname().machine], b".", b"old"))
    os.chdir("/")
    _call("umount", libc.umount2(b"/old", DETACH))
    os.rmdir("/old")
    os.chdir("/desk")
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ["HOME"] = "/desk"


def _give_up_rights(libc: ctypes.CDLL, root: bool) -> None:
    if root:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    for number in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_DROP_BOUND, number, 0, 0, 0)
    version_3, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _call("giving up rights", libc.capset(version_3, nothing))
    _call("giving up new rights", libc.prctl(PR_NO_NEW_RIGHTS, 1, 0, 0, 0))
    _end_with_parent(libc)  # a change of user has made the system forget it
