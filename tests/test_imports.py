"""Imports point one way, and importing defines things and does nothing else."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.house import PACKAGE, PICTURE, floors, imports, main, name_of, part_of, uses

# A module may import what stands before it, and its own part. `checks` sees everything but live and figures.
ORDER = [
    "environment", "asked", "captions", "sealed", "progress", "validate", "blame", "data", "convnet", "losses",
    "gradients", "optim", "regularized", "history", "train", "ops", "autodiff", "nn", "bends", "trainer", "typeface",
    "style", "plots", "graph_view", "live", "figures",
]  # fmt: skip
LIVE_ONLY = {"ipywidgets", "anywidget"}
NEVER = {"jupyterlab", "subprocess", "scipy", "pandas", "sklearn", "playwright", "nbclient", "tools"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def wrong_way(importer: str, imported: str) -> bool:
    """Say whether an import within the package points against the order."""
    mine, other = part_of(importer), part_of(imported)
    if mine == other or not other or other.startswith("__"):
        return not other and bool(mine)  # `from lectureutils import x` names x; the bare package is no part
    if mine == "":
        return False  # the package may gather its parts
    if mine == "checks":
        return other in ("live", "figures")
    return other == "checks" or ORDER.index(other) > ORDER.index(mine)


def test_the_rule_itself():
    assert wrong_way("lectureutils.losses", "lectureutils.plots.bars")
    assert wrong_way("lectureutils.live.figure", "lectureutils.figures")
    assert wrong_way("lectureutils.checks.engine", "lectureutils.live.predict")
    assert wrong_way("lectureutils.train", "lectureutils.checks.engine")
    assert not wrong_way("lectureutils.figures.plane", "lectureutils.live.figure")
    assert not wrong_way("lectureutils.live.figure", "lectureutils.live.canvas")
    assert not wrong_way("lectureutils.checks.engine", "lectureutils.plots")


def test_every_part_has_its_place():
    parts = {part_of(name_of(path)) for path in MODULES} - {""}
    assert parts <= {*ORDER, "checks"}, "a new part of the package needs its place in ORDER"
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path):
    for imported in imports(path):
        if imported.split(".")[0] == "lectureutils":
            assert not wrong_way(name_of(path), imported), f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_live_imports_widgets_and_nobody_imports_these(path):
    for imported in imports(path):
        top = imported.split(".")[0]
        assert top not in NEVER, f"{name_of(path)} imports {imported}"
        assert top not in LIVE_ONLY or part_of(name_of(path)) == "live", f"{name_of(path)} imports {imported}"
        assert "pyplot" not in imported and "pylab" not in imported, f"{name_of(path)} imports {imported}"
        assert not imported.endswith("*"), f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_by_saying_its_idea(path):
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text and len(text.split()) >= 8


PROBE = """
import json, sys, threading
import numpy, matplotlib, matplotlib.figure, ipywidgets, anywidget, tqdm.auto, PIL.Image
import matplotlib.backends.backend_agg

events, watching = [], True
WRITING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "subprocess.Popen", "os.system", "os.posix_spawn"}

def watch(event, args):
    if not watching:
        return
    if event == "open" and (set(str(args[1])) & set("wax+") or isinstance(args[2], int) and args[2] & 3):
        events.append(f"open for writing: {args[0]}")
    elif event == "open" and not str(args[0]).endswith((".py", ".pyc", ".so", ".pyd")):
        events.append(f"open: {args[0]}")
    elif event in WRITING or event.startswith("socket."):
        events.append(f"{event}: {args}")

before = dict(matplotlib.rcParams), numpy.random.get_state()[1].tolist(), numpy.random.get_state()[2]
already, threads = set(sys.modules), threading.active_count()
sys.addaudithook(watch)
for name in sys.argv[1:]:
    __import__(name)
watching = False
after = dict(matplotlib.rcParams), numpy.random.get_state()[1].tolist(), numpy.random.get_state()[2]
print(json.dumps({
    "events": events, "rcParams": before[0] == after[0], "random": before[1:] == after[1:],
    "loaded": sorted({name.split(".")[0] for name in set(sys.modules) - already}),
    "pyplot": "matplotlib.pyplot" in set(sys.modules) - already, "threads": threading.active_count() - threads,
}))
"""


def probe(code: str, *names: str, cwd: Path) -> dict:
    command = [sys.executable, "-B", "-c", code, *names]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_importing_everything_does_nothing_else(tmp_path):
    seen = probe(PROBE, *[name_of(path) for path in MODULES], cwd=tmp_path)
    assert seen["events"] == []
    assert seen["rcParams"] and seen["random"] and not seen["pyplot"] and seen["threads"] == 0
    assert not set(seen["loaded"]) & (NEVER | {"IPython"})
    assert list(tmp_path.iterdir()) == []


def test_a_heavy_import_is_not_hidden_behind_the_package(tmp_path):
    code = "import sys, json, lectureutils\nprint(json.dumps({'loaded': sorted(sys.modules)}))"
    loaded = probe(code, cwd=tmp_path)["loaded"]
    for heavy in ("matplotlib", "ipywidgets", "scipy", "pandas", "jupyterlab"):
        assert heavy not in loaded, f"`import lectureutils` alone loads {heavy}"


def test_the_probe_sees_what_it_should(tmp_path):
    (tmp_path / "loud.py").write_text(
        "import matplotlib, numpy, socket\n"
        "matplotlib.rcParams['lines.linewidth'] = 9\nnumpy.random.seed(0)\n"
        "open('made', 'w').close()\nopen('made').close()\nsocket.socket()\nimport scipy\n",
        encoding="utf-8",
    )
    seen = probe(PROBE, "loud", cwd=tmp_path)
    assert not seen["rcParams"] and not seen["random"] and "scipy" in seen["loaded"]
    assert {event.split(":")[0] for event in seen["events"]} >= {"open for writing", "open", "socket.__new__"}


@pytest.mark.pinned
def test_the_picture_of_the_house_is_the_one_that_the_imports_make(tmp_path):
    assert main(tmp_path / "house.svg") == 0
    assert (tmp_path / "house.svg").read_bytes() == PICTURE.read_bytes(), "a part has moved: python -m tools.house"


def test_a_part_stands_above_all_that_it_imports():
    at = floors(uses())
    assert at["figures"] == max(at.values()) and at["validate"] == 0 < at["losses"] < at["train"] < at["figures"]
    assert all(at[other] < at[part] for part, others in uses().items() for other in others)
