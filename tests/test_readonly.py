"""Nothing writes below the checkout and nothing leaves the machine, whatever folder the reader works from.

Root may write anywhere, so permissions prove nothing here: an audit hook watches every attempt instead. Notebooks run
under its eyes section by section, each after the setup cell alone, as someone does who resumes in the middle.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from run_cells import sections

from tools.exercises import tags
from tools.notebooks import expand, solved, sources

ROOT = Path(__file__).resolve().parent.parent

GUARD = """
import os, sys

ROOT, SEEN = os.path.realpath(sys.argv[1]), []
WRITING = {"os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.truncate": 1, "os.chmod": 1, "os.utime": 1,
           "os.rename": 2, "os.link": 2, "os.symlink": 2, "sqlite3.connect": 1, "shutil.rmtree": 1}
LOOPBACK = ("127.", "localhost", "::1")

def below(path):
    if isinstance(path, int) or path is None:
        return False
    return os.path.realpath(os.path.abspath(os.fsdecode(path))).startswith(ROOT + os.sep)

def forbidden(event, args):
    if event == "open":
        path, mode, flags = args
        writes = set(str(mode)) & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return bool(writes) and below(path)
    if event in WRITING:
        return any(below(path) for path in args[:WRITING[event]])
    if event == "socket.connect":
        return isinstance(args[1], tuple) and not str(args[1][0]).startswith(LOOPBACK)
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        return args[0] is not None and not str(args[0]).startswith(LOOPBACK)
    return False

def watch(event, args):
    if forbidden(event, args):
        SEEN.append(f"{event}: {args}")
        raise PermissionError(SEEN[-1])

sys.addaudithook(watch)
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

# As the reader gets them, stubs answer "todo"; solved, every check answers "right". One notebook a line.
SECTIONS = """
import contextlib, json, traceback
sys.path.insert(0, os.path.join(ROOT, "tests"))
from run_cells import SETUP, fresh, run

def run_sections(notebook):
    for title, cells in notebook.items():
        namespace = fresh()
        run(SETUP, namespace)
        for code, expected in cells:
            shown = run(code, namespace)
            if hasattr(shown, "_repr_mimebundle_"):
                shown._repr_mimebundle_()
            if expected:
                assert shown.kind == expected, f"{title}: {shown!r}, expected {expected!r}\\n{code}"

for line in sys.stdin:
    SEEN.clear()
    try:
        with contextlib.redirect_stdout(sys.stderr):
            run_sections(json.loads(line))
        error = ""
    except BaseException:
        error = traceback.format_exc()
    print(json.dumps([error, SEEN]), flush=True)
"""

END = "\nprint('seen:', *SEEN, sep='\\n')\nsys.exit(bool(SEEN))\n"


def command(code: str, cwd: Path) -> dict:
    """Give what `subprocess` needs to run code under the guard's eyes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return {"args": [sys.executable, "-B", "-c", GUARD + code, str(ROOT)], "cwd": cwd, "env": environment, "text": True}


def guarded(code: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(**command(code + END, cwd), capture_output=True)


def assert_quiet(done: subprocess.CompletedProcess, cwd: Path) -> None:
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert list(cwd.iterdir()) == [], "something was written into the working directory"


def test_modules_and_loaders_write_nothing(tmp_path):
    assert_quiet(guarded(MODULES, tmp_path), tmp_path)


def in_sections(source: str) -> dict[str, list[tuple[str, str]]]:
    """Give (code, what its check answers) for all cells of each section, and once more for its solved exercises."""

    def cells(notebook, title, answer):
        return [(cell.source, answer * ("exercise" in tags(cell))) for cell in sections(notebook)[title]]

    unsolved, done = expand(source), solved(source)
    return {title: cells(unsolved, title, "todo") + [cell for cell in cells(done, title, "right") if cell[1]]
            for title in sections(unsolved)}  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Start a process in an empty folder that runs the notebooks it is given; the imports take longer than most do."""
    folder = tmp_path_factory.mktemp("reader")
    said = tmp_path_factory.mktemp("said") / "stderr"
    with said.open("w") as stderr:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": stderr}
        with subprocess.Popen(**command(SECTIONS, folder), **pipes) as process:
            process.folder, process.said = folder, said
            yield process
            process.stdin.close()


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_each_section_of_a_notebook_runs_alone_and_writes_nothing(path, reader):
    cells = in_sections(path.read_text(encoding="utf-8"))
    answers = [answer for section in cells.values() for _code, answer in section]
    assert len(cells) > 3 and answers.count("todo") == answers.count("right") > 0
    print(json.dumps(cells), file=reader.stdin, flush=True)
    answer = reader.stdout.readline()
    assert answer, f"the process ended: {reader.said.read_text()[-4000:]}"
    error, seen = json.loads(answer)
    assert error == "" and seen == []
    assert list(reader.folder.iterdir()) == [], "something was written into the working directory"


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
    assert not swallowed or "seen:\n" in done.stdout
    assert not (ROOT / "made").exists()


def test_the_guard_lets_reading_and_loopback_pass(tmp_path):
    code = """
open(ROOT + '/pyproject.toml').close()
import socket
with socket.create_server(('127.0.0.1', 0)) as server:
    socket.create_connection(server.getsockname()).close()
"""
    assert_quiet(guarded(code, tmp_path), tmp_path)
