"""Nothing is needed that Python in the browser lacks: no process, no socket, no thread, no other compiled package.

Pyodide has these modules at best in name. What it has of the rest of the standard library is looked up in a real one in
tests/site/test_lite.py.
"""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from run_cells import code_cells

from tools.magics import without_magics
from tools.notebooks import BUILT, sources

ROOT = Path(__file__).resolve().parent.parent
# The compiled ones among them (numpy, matplotlib and its contourpy, PIL) come with Pyodide; IPython is in every kernel.
PACKAGES = {
    "numpy", "matplotlib", "contourpy", "PIL", "ipywidgets", "anywidget", "traitlets", "tqdm", "IPython",
    "lectureutils",
}  # fmt: skip
LACKING = {
    "subprocess", "socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "select", "selectors",
    "multiprocessing", "concurrent", "_thread", "signal", "fcntl", "resource", "termios", "pty", "tty", "pwd", "grp",
    "curses", "readline", "dbm", "tkinter", "turtle", "venv", "ensurepip",
}  # fmt: skip


def imported(code: str) -> set[str]:
    """Give the top-level names of what the code imports, wherever it does; relative imports are our own."""
    found = set()
    for node in ast.walk(ast.parse(without_magics(code))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return found


def missing(code: str) -> set[str]:
    """Give the imports of the code that the browser can't follow."""
    return imported(code) - (PACKAGES | set(sys.stdlib_module_names) - LACKING)


def code_of(name: str) -> list[str]:
    """Give the code cells of a built notebook."""
    return [cell.source for cell in code_cells(nbformat.read(BUILT / f"{name}.ipynb", as_version=4).cells)]


def test_the_rule_itself():
    assert missing("import numpy.linalg, json\nfrom matplotlib import figure\nfrom . import x") == set()
    assert missing("def f():\n    import subprocess\n    from ipykernel import comm") == {"subprocess", "ipykernel"}
    assert missing("import scipy, socket as s") == {"scipy", "socket"}


@pytest.mark.parametrize("path", sorted((ROOT / "lectureutils").rglob("*.py")), ids=lambda path: path.stem)
def test_the_package_imports_what_the_browser_has(path):
    assert missing(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("name", [path.stem for path in sources()])
def test_a_notebook_imports_what_the_browser_has(name):
    assert missing("\n".join(code_of(name))) == set()


WIDE = {"int64", "uint64", "longlong"}


def of_64_bits(code: str) -> list[int]:
    """Give the lines that make whole numbers of 64 bits: Python in the browser has 32, and counts with no others."""
    tree, lines, cast = ast.parse(without_magics(code)), [], set()
    for node in ast.walk(tree):  # from the outside in: first .astype, then what it is called on
        if isinstance(node, ast.Attribute) and node.attr == "astype" and isinstance(node.value, ast.Call):
            cast.add(node.value.func)
        if isinstance(node, ast.Attribute) and (node.attr in WIDE or node.attr == "integers" and node not in cast):
            lines.append(node.lineno)
    return lines


def test_whole_numbers_have_the_size_that_python_has():
    assert of_64_bits("y = rng.integers(3, size=9)\nz = y.astype(np.int64)") == [1, 2]
    assert of_64_bits("y = rng.integers(3, size=9).astype(int)\nz = y.astype(np.intp)") == []
    for path in [*(ROOT / "lectureutils").rglob("*.py"), *sources()]:
        assert of_64_bits(path.read_text(encoding="utf-8")) == [], path


# In a process where nothing can start a process or a thread or open a socket, each notebook runs down to its first
# live figure, which is drawn once more.
PROBE = """
import json, sys, threading
import IPython.display, ipywidgets, anywidget, matplotlib.backends.backend_agg, tqdm.auto  # theirs, not ours

def watch(event, args):
    if event.startswith(("subprocess.", "os.fork", "os.exec", "os.posix_spawn", "os.system", "socket.")):
        raise RuntimeError(f"the browser has no {event}")
sys.addaudithook(watch)

def no_thread(*args, **kwargs):
    raise RuntimeError("the browser starts no thread")
threading.Thread.start = no_thread

from run_cells import fresh
from tools.run_cell import run_cell
from lectureutils.live import LiveFigure

reached = []
for name, cells in json.load(sys.stdin).items():
    namespace = fresh()
    for code in cells:
        shown = run_cell(code, namespace)
        if isinstance(shown, LiveFigure):
            reached.append(name)
            shown.refresh()
            break
print(json.dumps(reached))
"""


def first_figures(notebooks: dict[str, list[str]]) -> subprocess.CompletedProcess:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [sys.executable, "-c", PROBE]
    return subprocess.run(command, input=json.dumps(notebooks), text=True, capture_output=True, env=environment)


def test_each_notebook_reaches_its_first_figure_without_what_the_browser_lacks():
    notebooks = {path.stem: code_of(path.stem) for path in sources()}
    done = first_figures(notebooks)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == list(notebooks)


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        ("import subprocess; subprocess.run(['true'])", "no subprocess.Popen"),
        ("import socket; socket.socket()", "no socket.__new__"),
        ("import threading; threading.Thread(target=print).start()", "starts no thread"),
    ],
)
def test_the_probe_sees_what_it_should(harm, complaint):
    done = first_figures({"harm": [harm]})
    assert done.returncode and complaint in done.stderr, done.stderr
