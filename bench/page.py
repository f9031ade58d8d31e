"""What a notebook's page knows of its widgets, without a browser: it hears the kernel's messages and keeps each
widget's state, as JupyterLab's widget manager does. A slider's move is one message of the form built here, and the
figure's answer is a new frame whose sentence says what the moved value gives.
"""

from typing import Any

from lectureutils import data
from lectureutils.figures.shared.words import say_scores

NOTEBOOK, SLIDER, STEP, EDGE = "01_linear_classifier.ipynb", "x[0]", 0.01, 3.0


class Page:
    """The widgets of one notebook: {id: state}."""

    def __init__(self):
        self.widgets: dict[str, dict[str, Any]] = {}

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message of the kernel's broadcast channel."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "comm_open" and content["target_name"] == "jupyter.widget":
            self.widgets[content["comm_id"]] = dict(content["data"]["state"])
        elif kind == "comm_msg" and content["data"].get("method") == "update":
            self.widgets.setdefault(content["comm_id"], {}).update(content["data"]["state"])
        elif kind == "comm_close":
            self.widgets.pop(content["comm_id"], None)

    def slider(self, name: str = SLIDER) -> str:
        """Return the id of the slider with this name."""
        (found,) = [key for key, state in self.widgets.items() if state.get("tooltip") == name]
        return found


def shows(message: dict[str, Any], answer: str) -> bool:
    """Tell whether a message brings a new frame that says `answer`."""
    state = message["content"].get("data", {}).get("state", {}) if message["header"]["msg_type"] == "comm_msg" else {}
    return "frame_id" in state and state["text"].startswith(answer)


def move(slider: str, value: float) -> dict[str, Any]:
    """Return the content of the message that a moved slider sends."""
    return {"comm_id": slider, "data": {"method": "update", "state": {"value": value}, "buffer_paths": []}}


def cells_to_figure(notebook: dict[str, Any]) -> list[str]:
    """Return the code of a notebook's cells, up to and including its first live figure."""
    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    last = next(number for number, source in enumerate(code) if "figures.ScoresFigure(" in source)
    return code[: last + 1]


def right_answer(value: float) -> str:
    """Compute what the figure has to say when the slider stands at `value`."""
    example = data.lecture
    scores = example.W1 @ [value, *example.x1[1:]] + example.b1
    return f"Scores: {say_scores(example.CLASSES, scores)}. "


def places(count: int, first: int = 0) -> list[float]:
    """Return values of the slider, each of them another answer: a hand that goes up and down, 0.37 at a time."""
    span = round(2 * EDGE / STEP)
    steps = [(37 * (first + number)) % (2 * span) for number in range(1, count + 1)]
    return [round(-EDGE + STEP * min(step, 2 * span - step), 2) for step in steps]
