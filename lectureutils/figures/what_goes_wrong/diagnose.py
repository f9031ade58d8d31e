"""Six trainings that went wrong, seen from outside as in real life: what is wrong with each?

The truth is known here, so the diagnosis can be checked: each case has one source that adds most to its error.
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
    descend,
    examples,
    features,
    say_parts,
    truth,
)
from lectureutils.figures.what_goes_wrong.learned import draw_learned, legend, show_learned
from lectureutils.live import LiveFigure, choice, put

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
        x, t = examples(setting.examples, setting.draw)
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
        self.shown = draw_learned(self, self.plane, self.splitter.x)
        cross = {"markeredgewidth": 2 * style.current_scale(), "zorder": 2}
        self.hand = self.dot(self.plane, "+", style.INK, 8, label="checked by hand", **cross)
        put(self.hand, self.places, truth(self.places))
        legend(self.plane)
        self.side.set(yscale="log", ylim=(0.01, 20), xlim=(1, ARRIVED + 50), xscale="log", xlabel="step (log)")
        self.side.set(ylabel="loss", title="How did the loss fall?")
        self.training = self.curve(self.side, style.BLUE, label="training examples")
        self.fresh = self.curve(self.side, style.RED, "--", label="fresh examples")
        self.ends = self.dot(self.side, "D", style.AMBER, 7)
        self.side.legend(loc="upper right", fontsize=10 * style.SMALL * style.current_scale(), borderpad=0)

    def update(self, case: int, diagnosis: str) -> str:
        if case != self.case:  # another patient: what was said of it before, if anything
            self.case = case
            if self.given.get(case, UNDECIDED) != diagnosis:
                diagnosis = self.given.get(case, UNDECIDED)
                self.set(diagnosis=diagnosis)
        self.given[case] = diagnosis
        now = self.cases[case]
        show_learned(self.shown, now.setting, now.split.w)
        self.shown["truth"].set_visible(diagnosis != UNDECIDED)
        steps = np.arange(1, len(now.training))
        put(self.training, steps, now.training[1:])
        put(self.fresh, steps, now.fresh[1:])
        put(self.ends, [steps[-1]] * 2, [now.training[-1], now.fresh[-1]])
        return (
            f"Case {case + 1}{self.say_findings(now) if diagnosis == UNDECIDED else self.say_verdict(now, diagnosis)}"
        )

    def say_findings(self, now: Case) -> str:
        """Say what can be seen from outside."""
        return (
            f": {now.setting.examples} examples, {now.setting.steps} steps. Training loss {now.training[-1]:.3f}, on "
            f"fresh examples {now.fresh[-1]:.3f}. Points checked by hand: squared error {now.checked:.3f}, on average "
            f"{now.bias:+.2f} off. What is the main cause?"
        )

    def say_verdict(self, now: Case, diagnosis: str) -> str:
        """Say whether the diagnosis is right, what else would have to be seen, and how many have been right so far."""
        right = sum(self.cases[case].split.worst == said for case, said in self.given.items())
        verdict = f"Right: {diagnosis}"
        if diagnosis != now.split.worst:
            verdict = f"Not {diagnosis}: {SIGNS[diagnosis]}. Here it is: {now.split.worst}"
        return (
            f". {verdict}. The parts: {say_parts(now.split.parts)} ({now.setting.loss} loss). "
            f"{right} of {len(self.cases)} right so far."
        )
