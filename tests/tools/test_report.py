"""The report on a class: each verdict is the check's own, hostile notebooks harm nothing, two runs say the same."""

import contextlib
import csv
import multiprocessing
import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from generated_class import as_file, code, write

import lectureutils
from tools.exercises import expand, solved
from tools.notebooks import sources
from tools.report import __main__ as command
from tools.report import apart
from tools.report.chapters import chapters
from tools.report.handins import handins
from tools.report.mistakes import mistakes
from tools.report.table import harmless

WHY_NOT = apart.why_not() if sys.platform == "linux" else "not Linux"
inside = pytest.mark.skipif(bool(WHY_NOT), reason=f"this machine can't keep code apart: {WHY_NOT}")
ROOT, PACKAGE = Path(__file__).parents[2], Path(lectureutils.__file__)
# Not root, but the owner of all that root owns: what is not mounted read-only, it can write to.
AS_OWNER = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]

SETUP = "import numpy as np\nfrom lectureutils import checks"
RIGHT = """def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()
checks.hinge_loss(hinge_loss)"""


def report(folder, out, *options):
    """Run the command and return the rows of its table."""
    assert command.main([str(folder), "--out", str(out), "--workers", "2", *options]) == 0
    return rows(out)


def report_as_owner(folder, out, *options):
    """Run the command as an ordinary user who owns the package's files; return the rows of its table."""
    asked = [sys.executable, "-m", "tools.report", str(folder), "--out", str(out), "--workers", "2", *options]
    subprocess.run([*AS_OWNER, *asked], cwd=ROOT, check=True, timeout=200)
    return rows(out)


def rows(out):
    with (out / "mistakes.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def hand_in(folder, student, *cells, name="02_loss_functions.ipynb"):
    path = folder / student / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_file([SETUP, *cells]), encoding="utf-8")


@inside
def test_the_solutions_are_right_and_the_gaps_not_attempted(tmp_path):
    for path in sources():
        source = path.read_text(encoding="utf-8")
        for student, make in (("solved", solved), ("untouched", expand)):
            (tmp_path / "in" / student).mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / student / f"{path.stem}.ipynb").write_text(as_file(code(make(source))), encoding="utf-8")
    found = report(tmp_path / "in", tmp_path / "out")
    assert len(found) == 2 * sum(map(len, chapters().values())) > 100
    assert {(row["student"], row["verdict"]) for row in found} == {("solved", "right"), ("untouched", "todo")}


@inside
def test_a_class_gets_the_verdicts_of_the_checks_and_a_second_run_runs_nothing(tmp_path, monkeypatch):
    expected = write("02_loss_functions", 12, tmp_path / "in")
    head = "id,question,letter,choice,right,before,after"
    saved = f"{head}\nq02-01,Which?,(a),This,,9,3\nq02-01,Which?,(b),That,right,3,9\n"
    (tmp_path / "in" / "votes-02_loss_functions.csv").write_text(saved, encoding="utf-8")
    found = report(tmp_path / "in", tmp_path / "out")
    assert {(row["student"], row["exercise"]): row["verdict"] for row in found} == {
        key: verdict for key, (verdict, _) in expected.items()
    }
    for row in found:
        said = expected[row["student"], row["exercise"]][1]
        assert row["verdict"] != "wrong" or re.sub("<cell .*?>", "", row["said"]).lstrip("'") == said[:500]
    assert any(row["mistakes"] for row in found)
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    page = written["index.html"].decode()
    for mistake in {row["mistakes"] for row in found if row["mistakes"] and " | " not in row["mistakes"]}:
        assert f">{sum(mistake in row['mistakes'] for row in found)}</td>" in page
    assert "student0" not in page and "12 votes before the talk, 25% right; 12 votes after the talk, 75% right." in page
    assert {"moodle.csv", "canvas.csv"} <= set(written)

    def nothing_left(left, *_):
        assert not list(left)

    monkeypatch.setattr(command, "run", nothing_left)
    report(tmp_path / "in", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*.*") if path.is_file()} == written


def hostile(marker, port):
    """Give cells that do harm, each with the verdict on its own exercise."""
    attack = "def huber_loss(scores, y): ...\n{}\nchecks.huber_loss(huber_loss)"
    found = {
        "endless": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "crash": "import ctypes; ctypes.string_at(0)",
        "exit": "import os; os._exit(0)",
        "kill": "import os; os.kill(-1, 9); os.kill(1, 9); os.kill(os.getppid(), 9)",
        "memory": "x = np.ones(10**10)",
        "forks": "import os\nwhile True: os.fork()",
        "flood": "import sys\nfor _ in range(10**5): print('x' * 1000)",
        "reads": f"open({str(marker)!r}).read()",
        "writes": f"open({str(marker.parent / 'written')!r}, 'w').write('x')",
        "package": "import lectureutils; open(lectureutils.__file__, 'a').write('x')",
        "network": f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
        "remount": "import ctypes, lectureutils, os\nlibc = ctypes.CDLL(None)\n"
        "assert libc.mount(None, os.path.dirname(lectureutils.__file__).encode(), None, 4128, None) == 0",
        "wide": "import os\nfor number in range(3, 64):\n    try: os.write(number, b'y' * 2_000_000)\n"
        "    except OSError: pass",
    }
    return {name: attack.format(text) for name, text in found.items()}


@inside
def test_hostile_notebooks_harm_nothing_and_are_named(tmp_path):
    harm_nothing(tmp_path, report, everything=True)


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare"
)
def test_run_by_an_ordinary_user_they_harm_nothing_either(tmp_path):
    harm_nothing(tmp_path, report_as_owner, everything=False)


def harm_nothing(tmp_path, report, everything):
    """Judge a notebook of each kind; without `everything` none that forks: no limit of processes holds for root."""
    marker, package = tmp_path / "secret", PACKAGE.read_bytes()
    marker.write_text("secret", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        cells = hostile(marker, listener.getsockname()[1])
        if not everything:
            del cells["forks"]
        for name, cell in cells.items():
            hand_in(tmp_path / "in", name, RIGHT, cell)
        hand_in(tmp_path / "in", "honest", RIGHT)
        found = report(
            tmp_path / "in", tmp_path / "out", "--seconds", "10"
        )  # on a busy machine an honest one takes some
        with pytest.raises(TimeoutError):
            listener.accept()
    verdicts = {(row["student"], row["exercise"]): row["verdict"] for row in found}
    assert {verdicts[name, "hinge_loss"] for name in [*cells, "honest"] if name != "wide"} == {"right"}
    assert verdicts["honest", "huber_loss"] == "missing"
    expected = dict.fromkeys(cells, "broken") | {"endless": "stopped", "crash": "stopped", "exit": "stopped",
                                                 "wide": "stopped", "flood": "todo"}  # fmt: skip
    got = {name: verdicts[name, "huber_loss"] for name in cells}
    assert got | {"kill": ""} == expected | {"kill": ""} and got["kill"] != "right"
    assert not (tmp_path / "written").exists()
    assert PACKAGE.read_bytes() == package
    assert "secret" not in {row["said"] for row in found}


def apart_from_here():
    """Give the numbers of all processes that live in another world of processes than this one."""
    found = set()
    for entry in os.scandir("/proc"):
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.readlink(f"{entry.path}/ns/pid") != os.readlink("/proc/self/ns/pid"):
                found.add(int(entry.name))
    return found


@inside
@pytest.mark.parametrize("trick", ["", "ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)", "os.setsid()"])
def test_nothing_goes_on_after_the_report(tmp_path, trick):
    """An endless answer once went on for hours, on one of two cores."""
    before = apart_from_here()
    hand_in(tmp_path / "in", "endless", f"import ctypes, os\n{trick}\nwhile True: pass\nchecks.huber_loss(huber_loss)")
    (row,) = [
        it for it in report(tmp_path / "in", tmp_path / "out", "--seconds", "1") if it["exercise"] == "huber_loss"
    ]
    assert row["verdict"] == "stopped"
    left = apart_from_here() - before
    for _ in range(200):  # those of tests beside this one come to an end
        if not left:
            break
        time.sleep(0.1)
        left &= apart_from_here()
    assert not left


@inside
def test_a_pickle_in_the_pipe_is_never_opened(tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "opened"),)

    bomb = pickle.dumps(Bomb())
    text = f"import os\nfor n in range(3, 64):\n    try: os.write(n, {bomb!r})\n    except OSError: pass"
    hand_in(tmp_path / "in", "bomber", text, RIGHT)
    report(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "opened").exists()


@inside
def test_an_error_or_a_cell_that_is_no_python_ends_itself_alone(tmp_path):
    hand_in(tmp_path / "in", "slip", "def huber_loss(scores, y)\nchecks.huber_loss(huber_loss)", "%matplotlib inline",
            RIGHT, "helper = 1", "checks.cross_entropy_loss(unknown)")  # fmt: skip
    found = {row["exercise"]: row for row in report(tmp_path / "in", tmp_path / "out")}
    assert [found[name]["verdict"] for name in ("huber_loss", "hinge_loss", "cross_entropy_loss")] == [
        "broken", "right", "broken"]  # fmt: skip
    assert "line 1" in found["huber_loss"]["said"] and "unknown" in found["cross_entropy_loss"]["said"]


def test_links_pipes_and_what_is_no_notebook_are_named_and_not_opened(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "a" / "pipe.ipynb")
    (tmp_path / "a" / "deep.ipynb").write_text("[" * 200_000, encoding="utf-8")
    (tmp_path / "a" / "other.ipynb").write_text('{"cells": 3}', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("../../bea/02_loss_functions.ipynb", as_file([SETUP]))
    found = {one.path.rpartition("/")[2]: one.problem for one in handins(tmp_path, list(chapters()))}
    assert "link" in found["link.ipynb"] and found["pipe.ipynb"] == "not a file"
    assert "RecursionError" in found["deep.ipynb"] and "version 4" in found["other.ipynb"]
    assert found["02_loss_functions.ipynb"] == ""


def test_students_are_told_from_folders_and_from_names_of_files(tmp_path):
    for name in ("anna_02_loss_functions.ipynb", "02_loss_functions_ben.ipynb"):
        (tmp_path / name).write_text(as_file([SETUP]), encoding="utf-8")
    assert [one.student for one in handins(tmp_path, list(chapters()))] == ["anna", "ben"]
    hand_in(tmp_path / "homes", "cleo", RIGHT)
    hand_in(tmp_path / "homes", "dora", RIGHT)
    assert [one.student for one in handins(tmp_path / "homes", list(chapters()))] == ["cleo", "dora"]


def test_nothing_runs_where_code_cant_be_kept_apart(tmp_path, monkeypatch):
    hand_in(tmp_path / "in", "anna", RIGHT)
    monkeypatch.setattr(apart, "why_not", lambda: "no namespaces")
    monkeypatch.setattr(command, "run", lambda *_: pytest.fail("it ran"))
    with pytest.raises(SystemExit, match=r"(?s)Nothing was run.*no namespaces.*unsafe"):
        command.main([str(tmp_path / "in"), "--out", str(tmp_path / "out")])


def test_told_unsafe_it_runs_all_the_same_and_within_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "why_not", lambda: "no namespaces")
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass\nchecks.huber_loss(None)"
    hand_in(tmp_path / "in", "anna", RIGHT, deaf)
    found = {
        it["exercise"]: it["verdict"] for it in report(tmp_path / "in", tmp_path / "out", "--unsafe", "--seconds=1")
    }
    assert found == {"hinge_loss": "right", "huber_loss": "stopped", "cross_entropy_loss": "missing"}
    assert not multiprocessing.active_children()


def test_mistakes_are_read_out_of_sentences():
    one, two = "the margin is missing: a wrong class costs as soon as it comes within 1 of the true one", None
    two = "this is the sum over the examples: divide by N"
    assert mistakes("hinge_loss", f"{one}.") == [one]
    assert mistakes("hinge_loss", f"two things: {one}; and {two}.") == [one, two]
    assert mistakes("hinge_loss", "hinge_loss([1]): came 3, expected 2.") == []


def test_a_spreadsheet_takes_no_cell_for_a_formula():
    assert [harmless(text) for text in ("=1+1", " @x", "anna", "a\n=b")] == ["'=1+1", "' @x", "anna", "a =b"]
