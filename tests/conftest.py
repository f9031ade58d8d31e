"""Which tests stay together on one worker of pytest-xdist, what they start from, and when Python looks for garbage.

What takes long to make is made once: a notebook in JupyterLab, the figures of a notebook, the site. (pytest-xdist's own
`loadgroup` puts groups into node ids, which pytest 9.2 does not let it do.)
"""

import gc
import re
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from lectureutils import style
from lectureutils.live import LiveFigure

TOGETHER = re.compile(
    r"tests/(?:browser/test_every_figure\.py::\w+\[(?P<lab>\d\d_\w+|sample)|weekly/test_lite\.py::\w+\[(?P<lite>\d\d))"
)
PLAYED = re.compile(r"tests/(?:test_every_notebook|test_stored_pictures|checks/test_leaks)\.py::\w+\[(\d\d_\w+)\]")
CLAIMS = re.compile(r"tests/claims/test_(\w+)\.py")
SLIPS = re.compile(r"tests/checks/test_slips\.py::\w+\[(\w+)-")  # each answer is judged once
NOTEBOOKS = {path.stem[3:]: path.stem for path in Path(__file__).parents[1].glob("notebooks/src/[0-9]*.py")}
BY_MODULE = ("tests/browser", "tests/site", "tests/weekly/test_page_python", "tests/test_figures_", "tests/figures/")
# Short groups: with them at the end, the workers finish together. Those without JupyterLab come after those with it,
# which a worker would otherwise start twice.
LAST = (
    "tests/browser/test_every_figure.py 00_start_here", "tests/browser/test_own_picture.py",
    "tests/browser/test_lab.py", "tests/site/test_decks.py",
)  # fmt: skip


def group(nodeid: str) -> str:
    """Name a test's group: all figures stay together by notebook, others of figures or in a browser by module.

    What looks at the run of a notebook stays together, whatever module it is in: see played.py.
    """
    if played := PLAYED.match(nodeid):
        return f"a run of {played[1]}"
    if (claims := CLAIMS.match(nodeid)) and claims[1] in NOTEBOOKS:
        return f"a run of {NOTEBOOKS[claims[1]]}"
    if slips := SLIPS.match(nodeid):
        return f"slips of {slips[1]}"
    if notebook := TOGETHER.match(nodeid):
        return f"{nodeid.split('::')[0]} {notebook['lab'] or notebook['lite']}"
    return nodeid.split("::")[0] if nodeid.startswith(BY_MODULE) else nodeid


class ByNotebook(LoadScopeScheduling):
    """Hand out tests by group."""

    _split_scope = staticmethod(group)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByNotebook(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    first = {}
    for number, item in enumerate(items):
        first.setdefault(group(item.nodeid), number)

    def place(item):
        where = group(item.nodeid)
        return LAST.index(where) if where in LAST else -1, first[where]

    items.sort(key=place)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Reset the figures that a test takes from fixtures: those of a module's are made once and serve many tests."""
    for value in item.funcargs.values():
        if isinstance(value, LiveFigure):
            value.reset()


def pytest_collection_finish():
    """Let Python look for garbage less often, and not among what was imported: it takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def projector():
    """Make the figures of one test as for a projector."""
    style.projector(1.5)
    yield
    style.projector(1.0)
