"""A cell that is run again leaves nothing behind of what it showed before.

What counts are the objects that live in a kernel: Jupyter's registry knows nothing of those that something else keeps.
"""

import pytest
from jupyter_client.manager import start_new_kernel

from tools.addresses import ROOT

CELLS = {
    "a figure": "from tests.browser.sample import Sample\nSample()",
    "a figure with a name": "figure = Sample()\nfigure",
    "a figure with a picture to choose": "from lectureutils import figures\nimport numpy as np\n"
    "figures.OwnPictureFigure(np.zeros((2, 7500)), np.zeros(2), ('a', 'b'))",
    "two figures": "display(Sample())\nSample()",
    "a question": "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')",
}
ALIVE = """
import gc
from lectureutils.live import LiveFigure
from lectureutils.live.predict import Predict
gc.collect()
print(sum(issubclass(type(it), (LiveFigure, Predict)) for it in gc.get_objects()))
"""


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name="python3", cwd=ROOT)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, code: str, cell: str) -> str:
    """Run a cell as JupyterLab does, which says which one it is; return what it printed."""
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = client.session.msg("execute_request", content, metadata={"cellId": cell})
    client.shell_channel.send(message)
    printed = ""
    while True:
        heard = client.get_iopub_msg(timeout=60)
        if heard["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        assert heard["msg_type"] != "error", "\n".join(heard["content"]["traceback"])
        if heard["msg_type"] == "stream":
            assert heard["content"]["name"] == "stdout", heard["content"]["text"]
            printed += heard["content"]["text"]
        if heard["content"].get("execution_state") == "idle":
            return printed


def alive(client) -> int:
    return int(run(client, ALIVE, "counting"))


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_run_again_leaves_nothing_of_its_earlier_runs_alive(kernel, name):
    run(kernel, CELLS["a figure"].split("\n")[0], "imports")
    run(kernel, CELLS[name], name)
    once = alive(kernel)
    for _ in range(3):
        run(kernel, CELLS[name], name)
    assert alive(kernel) == once


def test_what_the_reader_named_and_other_results_stay(kernel):
    run(kernel, CELLS["a figure"].split("\n")[0], "imports")
    run(kernel, "41 + 1", "number")
    run(kernel, "kept = _made = Sample()\nkept", "kept")
    run(kernel, "kept = Sample()\nkept", "kept")
    said = run(kernel, "print(_made.canvas.text.split(',')[0], 42 in Out.values(), _ is kept)", "asking")
    assert said.strip() == "angle 0.00 True True"
