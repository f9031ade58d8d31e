"""Where an error comes from: the model, the loss, the data or the optimizer.

The truth f* is known here, as it never is in earnest. So the four sources can be taken apart: let all of them be
perfect, then spoil one after the other, and note by how much the distance from f* grows each time.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.what_goes_wrong.error_split import (
    ARRIVED,
    COSTS,
    SOURCES,
    Setting,
    Split,
    Splitter,
    _draw_fit,
    _examples,
    _legend,
    descend,
    examples,
    features,
    say_parts,
    truth,
)
from lectureutils.live import LiveFigure, choice

Array = np.ndarray
CASES = (
    Setting(degree=7, examples=400, loss="robust", steps=5, draw=1),
    Setting(degree=7, examples=400, loss="squared", draw=2),
    Setting(degree=9, examples=16, loss="robust", draw=8),
    Setting(degree=1, examples=400, loss="robust", draw=3),
    Setting(degree=7, examples=400, loss="too low costs 3 times", draw=5),
    Setting(degree=1, examples=20, loss="robust", draw=6),
)
SIGNS = {
    "model too small": "then the training loss would stay high, fresh examples be no worse, and f be too simple",
    "wrong loss": "then both losses would be flat and alike, and f still off the points that were checked by hand",
    "too little data": "then the loss of fresh examples would be far above the training loss",
    "stopped early": "then both losses would still be falling at the last step",
}
UNDECIDED = "choose one"


class Case(NamedTuple):
    """What can be seen of one case, and what is behind it."""

    setting: Setting
    split: Split
    training: Array
    fresh: Array
    checked: float
    bias: float


class DiagnoseFigure(LiveFigure):
    """Show six sick trainings from outside, as in real life, and ask what is wrong with each.

    Left the examples, what was learned, and twelve points that a person has checked. Right the loss over the steps, on
    the training examples and on fresh ones. The truth and the split are shown once a diagnosis is given.
    Slide topic: where do errors come from?
    """

    size = (700, 400)

    def __init__(self, cases: Sequence[Setting] = CASES):
        self.splitter = Splitter()
        self.places = np.linspace(-0.95, 0.95, 12)  # checked by hand
        self.cases = [self._run(setting) for setting in cases]
        self.case, self.given = None, {}
        names = {f"case {k + 1}": k for k in range(len(cases))}
        super().__init__(
            choice("case", names, label="Patient"),
            choice("diagnosis", [UNDECIDED, *SOURCES], label="Diagnosis"),
        )

    def _run(self, setting: Setting) -> Case:
        cost = COSTS[setting.loss]
        x, t = _examples(setting)
        walk = descend(features(x, setting.degree), t, cost, setting.steps)
        x_new, t_new = examples(500, seed=50 + setting.draw)
        losses = [
            cost.value(features(a, setting.degree) @ walk.T - b[:, None]).mean(axis=0)
            for a, b in ((x, t), (x_new, t_new))
        ]
        miss = features(self.places, setting.degree) @ walk[-1] - truth(self.places)
        split = self.splitter.split(setting)
        return Case(setting, split, *losses, float(np.mean(miss**2)), float(miss.mean()))

    def rewind(self) -> None:
        self.given.clear()

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.1, 1])
        scale = style.current_scale()
        self.plane.set_title("What was learned")
        self.shown = _draw_fit(self.plane, self.splitter.x)
        look = {"color": style.INK, "markersize": 8 * scale, "markeredgewidth": 2 * scale}
        self.hand = self.plane.plot(self.places, truth(self.places), "+", label="checked by hand", **look)[0]
        _legend(self.plane)
        self.side.set(yscale="log", ylim=(0.01, 20), xlim=(1, ARRIVED + 50), xscale="log", xlabel="step (log)")
        self.side.set(ylabel="loss that was minimised", title="Loss over the steps")
        size = 5 * scale
        self.training = self.side.plot([], [], "-", color=style.BLUE, label="training examples")[0]
        self.fresh = self.side.plot([], [], "--", color=style.RED, label="fresh examples")[0]
        self.ends = self.side.plot([], [], "D", color=style.ORANGE, markeredgecolor=style.INK, markersize=size)[0]
        self.side.legend(loc="upper right", fontsize="small", borderpad=0)
        self.moving(*self.shown.values(), self.hand, self.training, self.fresh, self.ends)

    def update(self, case: int, diagnosis: str) -> None:
        if case != self.case:  # another patient: what was said of it before, if anything
            self.case = case
            if self.given.get(case, UNDECIDED) != diagnosis:
                diagnosis = self.given.get(case, UNDECIDED)
                self.set(diagnosis=diagnosis)
        self.diagnosis = diagnosis
        self.given[case] = diagnosis
        self.now = self.cases[case]
        self.shown["data"].set_data(*_examples(self.now.setting))
        fit = features(self.splitter.x, self.now.setting.degree) @ self.now.split.w
        self.shown["fit"].set_data(self.splitter.x, np.clip(fit, -50, 50))
        self.shown["truth"].set_visible(diagnosis != UNDECIDED)
        steps = np.arange(1, len(self.now.training))
        self.training.set_data(steps, self.now.training[1:])
        self.fresh.set_data(steps, self.now.fresh[1:])
        self.ends.set_data([steps[-1]] * 2, [self.now.training[-1], self.now.fresh[-1]])

    @property
    def right(self) -> int:
        """How many of the diagnoses given are right."""
        return sum(self.cases[case].split.worst == said for case, said in self.given.items())

    def describe(self) -> str:
        now, s = self.now, self.now.setting
        if self.diagnosis == UNDECIDED:
            return (
                f"Case {self.case + 1}: {s.examples} examples, {s.steps} steps. Training loss {now.training[-1]:.3f}, "
                f"on fresh examples {now.fresh[-1]:.3f}. Points checked by hand: squared error {now.checked:.3f}, on "
                f"average {now.bias:+.2f} off. What is the main cause?"
            )
        if self.diagnosis == now.split.worst:
            verdict = f"Right: {self.diagnosis}"
        else:
            verdict = f"Not {self.diagnosis}: {SIGNS[self.diagnosis]}. Here it is: {now.split.worst}"
        return (
            f"Case {self.case + 1}. {verdict}. The parts: {say_parts(now.split.parts)} ({s.loss} loss). "
            f"{self.right} of {len(self.cases)} right so far."
        )
