"""Which tests stay together on one worker of pytest-xdist, and how often Python looks for garbage.

What takes long to make is made once: a notebook in JupyterLab, the figures of a notebook, the site. (pytest-xdist's own
`loadgroup` puts groups into node ids, which pytest 9.2 does not let it do.)
"""

import gc
import re

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = re.compile(r"tests/(?:browser/test_every_figure|test_every_notebook)\.py::\w+\[(\d\d_\w+|sample)")


class ByNotebook(LoadScopeScheduling):
    """Tests of all figures stay together by notebook, others in a browser by module, and the rest goes alone."""

    def _split_scope(self, nodeid: str) -> str:
        if notebook := TOGETHER.match(nodeid):
            return f"{nodeid.split('::')[0]} {notebook[1]}"
        return nodeid.split("::")[0] if nodeid.startswith(("tests/browser", "tests/site")) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByNotebook(config, log)


def pytest_collection_finish():
    """Let Python look for garbage less often, and not among what was imported: it takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
