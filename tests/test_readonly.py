"""Importing and loading write nothing below the checkout, whatever folder one works from, and stay on the machine.

The notebooks run under the same guard in test_every_notebook.py; here it is looked at itself.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from guard import ROOT

WATCHED = """
import os, sys
from pathlib import Path
from guard import ROOT, watched

with watched(Path.cwd()) as attempts:
    exec(sys.argv[1])
print("attempts:", *attempts, sep="\\n")
sys.exit(bool(attempts))
"""

MODULES = """
import importlib, inspect, pkgutil
import lectureutils
from lectureutils import data

for module in pkgutil.walk_packages(lectureutils.__path__, "lectureutils."):
    importlib.import_module(module.name)
called = []
for name in data.__all__:
    if inspect.isclass(getattr(data, name)) or not callable(getattr(data, name)):
        continue
    parameters = inspect.signature(getattr(data, name)).parameters.values()
    if all(p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        getattr(data, name)()
        called.append(name)
assert len(called) > 3, called
"""


def guarded(code: str, cwd: Path) -> subprocess.CompletedProcess:
    """Run code in a process of its own, which writes no bytecode either, under the guard's eyes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([ROOT, str(Path(ROOT, "tests"))])}
    command = [sys.executable, "-B", "-c", WATCHED, code]
    return subprocess.run(command, cwd=cwd, env=environment, text=True, capture_output=True)


def assert_quiet(done: subprocess.CompletedProcess, cwd: Path) -> None:
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert list(cwd.iterdir()) == [], "something was written into the working directory"


def test_modules_and_loaders_write_nothing(tmp_path):
    assert_quiet(guarded(MODULES, tmp_path), tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "open(ROOT + '/made', 'w')",
        "os.open(ROOT + '/made', os.O_CREAT | os.O_WRONLY)",
        "os.chdir(ROOT); open('made', 'ab')",
        "import pathlib; pathlib.Path(ROOT, 'made').mkdir()",
        "open('here', 'w').close(); os.rename('here', ROOT + '/made')",
        "import sqlite3; sqlite3.connect(ROOT + '/made')",
        "import socket; socket.create_connection(('198.51.100.1', 80), timeout=1)",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import urllib.request; urllib.request.urlopen('http://example.invalid')",
    ],
)
@pytest.mark.parametrize("swallowed", [False, True])
def test_the_guard_sees(code, swallowed, tmp_path):
    if swallowed:
        code = f"try:\n    {code}\nexcept Exception:\n    pass"
    done = guarded(code, tmp_path)
    assert done.returncode != 0 and "PermissionError" in done.stderr + "PermissionError" * swallowed
    assert not swallowed or "attempts:\n" in done.stdout
    assert not Path(ROOT, "made").exists()


def test_the_guard_lets_reading_and_loopback_pass(tmp_path):
    code = """
open(ROOT + '/pyproject.toml').close()
import socket
with socket.create_server(('127.0.0.1', 0)) as server:
    socket.create_connection(server.getsockname()).close()
"""
    assert_quiet(guarded(code, tmp_path), tmp_path)
