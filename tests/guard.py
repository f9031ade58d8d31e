"""Watches what code tries to do: write below the checkout, or leave the machine.

Root may write anywhere, so permissions prove nothing here: an audit hook sees every attempt instead, refuses it and
notes it, whether the code passes the error on or not.
"""

import contextlib
import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = os.path.realpath(Path(__file__).parent.parent)
# How many of an event's first arguments are paths that it changes.
WRITING = {
    "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.truncate": 1, "os.chmod": 1, "os.utime": 1,
    "os.rename": 2, "os.link": 2, "os.symlink": 2, "sqlite3.connect": 1, "shutil.rmtree": 1,
}  # fmt: skip
LOOPBACK = ("127.", "localhost", "::1")

_attempts: list[str] | None = None  # None: not watching


def _below(path: object) -> bool:
    if isinstance(path, int) or path is None:
        return False
    return os.path.realpath(os.path.abspath(os.fsdecode(path))).startswith(ROOT + os.sep)


def _forbidden(event: str, args: tuple) -> bool:
    if event == "open":
        path, mode, flags = args
        writes = set(str(mode)) & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return bool(writes) and _below(path)
    if event in WRITING:
        return any(_below(path) for path in args[: WRITING[event]])
    if event == "socket.connect":
        return isinstance(args[1], tuple) and not str(args[1][0]).startswith(LOOPBACK)
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        return args[0] is not None and not str(args[0]).startswith(LOOPBACK)
    return False


def _watch(event: str, args: tuple) -> None:
    if _attempts is not None and _forbidden(event, args):
        _attempts.append(f"{event}: {args}")
        raise PermissionError(_attempts[-1])


@functools.cache
def _hook() -> None:
    """Add the hook once: Python has no way to take one away."""
    sys.addaudithook(_watch)


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[list[str]]:
    """Work in `folder` and watch; give the list of what was attempted. Python keeps its compiled modules to itself."""
    global _attempts
    _hook()
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    with contextlib.chdir(folder):
        _attempts = attempts = []
        try:
            yield attempts
        finally:
            _attempts, sys.dont_write_bytecode = None, compiles
