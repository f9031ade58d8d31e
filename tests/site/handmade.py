"""A recording made by hand: each frame is a square whose colour is a digest of its sentence.

So a test that reads a page's sentence knows which colour its canvas has to show, and where there has to be none.
"""

import base64
import hashlib
import io
import itertools
import json
from pathlib import Path
from typing import Any

from PIL import Image

RATIO, SIZE, SIDE = 2, (320, 200), 60
PAPER = (255, 255, 255)
NAME = "00_by_hand/sample"


def number(key: str, values: list[float], label: str = "") -> dict[str, Any]:
    shown = [f"{value:.2f}" for value in values]
    return {"kind": "slider", "name": label or key, "label": label, "values": values, "shown": shown}


NINE = [round(-1 + 0.25 * step, 2) for step in range(9)]
CONTROLS = {
    "example": {"kind": "choice", "name": "Example", "label": "Example", "shown": ["cat", "car", "plane"]},
    "x": number("x", [round(0.1 * step, 1) for step in range(11)], "x"),
    "rate": number("rate", [0.001, 0.01, 0.1, 1.0], "Learning rate"),
    "ties": {"kind": "toggle", "name": "Ties", "label": "Show ties", "shown": ["off", "on"]},
    **{f"W[{row},{column}]": number(f"W[{row},{column}]", NINE) for row in range(2) for column in range(3)},
    "step": number("step", [0, 1, 2, 3, 4, 5], "Step"),
    "name": {"kind": "text", "name": "Your name", "label": "Your name", "shown": ["Ada"], "recorded": False},
}
CONTROLS["rate"]["shown"] = ["0.001", "0.010", "0.100", "1.00"]
CONTROLS["step"]["shown"] = [str(step) for step in range(6)]
START = {"example": 1, "x": 5, "rate": 2, "ties": 0, **{key: 4 for key in CONTROLS if key[0] == "W"}, "step": 3}
PRESET = {"W[0,0]": 0, "W[0,1]": 1, "W[0,2]": 2, "W[1,0]": 3, "W[1,1]": 5, "W[1,2]": 6}
PLACES = {"x": (20, 20), "rate": (120, 20), "ties": (220, 20), "step": (320, 20), "W": (20, 220)}
HEADS = [{"label": text} for text in ("", "[0]", "[1]", "[2]")]
LAYOUT = {"column": [
    {"row": [{"control": "example"}, {"control": "x"}, {"control": "rate"}, {"control": "ties"}]},
    {"grid": [HEADS, *([{"label": word}, *({"control": f"W[{row},{column}]"} for column in range(3))]
                       for row, word in enumerate(("W, cat", "W, airplane")))],
                "columns": "minmax(min-content, max-content) repeat(3, minmax(48px, 84px))"},
    {"row": [{"label": "Weights"}, {"button": "W2"}, {"control": "name"}, {"button": "Draw one"}]},
    {"row": [{"control": "step"}, {"button": "back"}, {"button": "step"}, {"button": "play"}, {"button": "reset"}]},
]}  # fmt: skip
BUTTONS = {
    "reset": {"kind": "reset", "label": "Reset", "icon": "undo", "name": "Reset this figure"},
    "W2": {"kind": "preset", "label": "W2", "icon": "", "name": "Weights W2", "goes": PRESET},
    "back": {"kind": "rewind", "label": "Rewind", "icon": "fast-backward", "name": "Go back to the start"},
    "step": {"kind": "step", "label": "Step", "icon": "step-forward", "name": "Do one step"},
    "play": {"kind": "play", "label": "Play", "icon": "play", "name": "Play until paused", "ms": 40},
    "Draw one": {"kind": "action", "label": "Draw one", "icon": "", "name": "Draw one", "recorded": False},
}
for key in ("back", "step", "play"):
    BUTTONS[key]["plays"] = "step"


RUNS_NAME = "00_by_hand/runs"
RUNS = {
    "run": {"kind": "choice", "name": "Run", "label": "Run", "shown": ["slow", "fast"]},
    "rate": {
        "kind": "text",
        "name": "Learning rate",
        "label": "Learning rate",
        "shown": ["0.1", "10"],
        "recorded": False,
    },
    "chunk": {"kind": "steps", "shown": [str(step) for step in range(6)]},
}
LENGTHS = [6, 4]  # chunks of each run, the first one among them


def sentence(state: dict[str, int], controls: dict[str, Any] = CONTROLS) -> str:
    """Say what all controls show."""
    told = (f"{key} is {control['shown'][state[key]]}" for key, control in controls.items() if key in state)
    return f"Here {', '.join(told)}."


def colour(text: str) -> tuple[int, int, int]:
    """Return the colour of the frame with this sentence: never a pale one."""
    red, green, blue = hashlib.sha256(text.encode()).digest()[:3]
    return red // 2, green // 2, blue // 2


def place(axes: list[str]) -> tuple[int, int]:
    """Return where the squares of a table stand, in pixels of the picture."""
    return PLACES[axes[-1] if axes[-1] in PLACES else "W"]


class Writer:
    """Collect the sentences and pictures of the tables of a recording."""

    def __init__(self, controls: dict[str, Any]) -> None:
        self.controls = controls
        self.sentences: list[str] = []
        self.pictures: list[str] = []
        self.keep(Image.new("RGB", tuple(RATIO * edge for edge in SIZE), PAPER))

    def keep(self, image: Image.Image) -> int:
        """Keep a picture and return its number."""
        out = io.BytesIO()
        image.save(out, "PNG")
        self.pictures.append(base64.b64encode(out.getvalue()).decode())
        return len(self.pictures) - 1

    def frame(self, state: dict[str, int], axes: list[str]) -> list[Any]:
        """Keep the frame of a state and return it as a table holds it."""
        text = sentence(state, self.controls)
        self.sentences.append(text)
        return [len(self.sentences) - 1, [[self.keep(Image.new("RGB", (SIDE, SIDE), colour(text))), *place(axes)]]]

    def table(self, axes: list[str], at: dict[str, int]) -> dict[str, Any]:
        """Record the product of the positions of some controls."""
        positions = itertools.product(*(range(len(self.controls[key]["shown"])) for key in axes))
        states = [self.frame({**at, **dict(zip(axes, there, strict=True))}, axes) for there in positions]
        return {"at": at, "axes": axes, "states": states}

    def recording(self, name: str, **others: Any) -> dict[str, Any]:
        """Return the whole."""
        return {
            "figure": name, "size": SIZE, "ratio": RATIO, "mime": "image/png", "controls": self.controls,
            "sentences": self.sentences, "pictures": self.pictures, **others,
        }  # fmt: skip


def sample() -> dict[str, Any]:
    """Make a recording: an example and x together, all others one at a time, the weights around their preset too."""
    writer = Writer(CONTROLS)
    tables = [writer.table(["example", "x"], START)]
    tables += [writer.table(["ties", "step"], START)]
    tables += [writer.table([key], START) for key in START if key not in ("example", "x", "ties", "step")]
    tables += [writer.table([key], START | PRESET) for key in PRESET]
    return writer.recording(NAME, layout=LAYOUT, buttons=BUTTONS, start=START, tables=tables)


def runs() -> dict[str, Any]:
    """Make a recording of a history: two runs, of which the second ends earlier."""
    writer = Writer(RUNS)
    states = [
        [writer.frame({"run": run, "rate": run, "chunk": chunk}, ["x"]) for chunk in range(length)]
        + [None] * (6 - length)
        for run, length in enumerate(LENGTHS)
    ]
    buttons = {key: {**BUTTONS[key], "plays": "chunk"} for key in ("back", "step", "play")}
    layout = {"row": [{"control": "run"}, {"control": "rate"}, *({"button": key} for key in buttons)]}
    tables = [
        {"at": {"run": run, "rate": run}, "axes": ["chunk"], "states": of_run} for run, of_run in enumerate(states)
    ]
    start = {"run": 0, "rate": 0, "chunk": 5}
    return writer.recording(RUNS_NAME, layout=layout, buttons=buttons, start=start, tables=tables)


def write(folder: Path, recording: dict[str, Any] | None = None) -> Path:
    """Write a recording as the recorder does, with a film that is one frame; return its path."""
    recording = recording or sample()
    path = folder / f"{recording['figure']}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"lectureutilsRecording({json.dumps(recording)})\n", encoding="utf-8")
    Image.new("RGB", SIZE, PAPER).save(path.with_suffix(".gif"))
    return path


def paper() -> str:
    """Return the still picture as a PNG in base64."""
    out = io.BytesIO()
    Image.new("RGB", SIZE, PAPER).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
