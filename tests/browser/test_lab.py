"""What drives the browser tests leaves nothing behind, however a run of them ends."""

import signal
import subprocess
import sys

import pytest
from serving import answers

from tools.lab.server import ROOT
from tools.lab.waiting import START, wait_until

STARTED = """
import sys, tempfile, time
from pathlib import Path
from tools.lab.server import Server
own = Path(tempfile.mkdtemp(dir=sys.argv[1]))
print(Server(own, own).url, flush=True)
time.sleep(600)
"""


ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGKILL") if hasattr(signal, name)]  # Windows has only one


@pytest.mark.parametrize("by", ENDS, ids=lambda it: it.name)
def test_jupyterlab_ends_with_its_owner(by, tmp_path):
    command = [sys.executable, "-c", STARTED, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        port = int(owner.stdout.readline().split(":")[2].split("/")[0])
        assert answers(port)
        owner.send_signal(by)
        owner.wait(START)
    wait_until(lambda: not answers(port), "JupyterLab outlives the process that started it")
