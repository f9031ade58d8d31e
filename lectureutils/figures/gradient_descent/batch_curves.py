"""The same loss counted two ways: in steps, or in examples seen.

Small batches look slow by the one count and fast by the other.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from lectureutils import style
from lectureutils.figures.shared.verdicts import join, leaders
from lectureutils.live import LiveFigure, choice, log_slider, put
from lectureutils.train import Progress


class BatchCurvesFigure(LiveFigure):
    """Show the loss of runs with different batch sizes, counted in steps or in examples seen.

    `runs` maps each batch size to the list of `Progress` of one run over the same `n` examples (see
    `train.steps`). Slide topic: mini-batch gradient descent.
    """

    size = (680, 380)

    def __init__(self, runs: Mapping[int, Sequence[Progress]], n: int):
        if not 0 < len(runs) <= len(style.DASHES):
            raise ValueError(
                f"runs: got {len(runs)} of them, expected 1 to {len(style.DASHES)}, as many as there are kinds of "
                "lines. Choose fewer batch sizes."
            )
        self.n, self.sizes = n, list(runs)
        self.updates = [np.array([now.updates for now in run if now.updates]) for run in runs.values()]
        self.losses = [np.array([now.loss for now in run if now.updates]) for run in runs.values()]
        self.seen = [steps * min(size, n) for size, steps in zip(self.sizes, self.updates, strict=True)]
        most = max(float(max(seen[-1] for seen in self.seen)), 2.0 * n)
        super().__init__(
            choice("count", {"examples seen": "examples", "steps": "steps"}, label="Count"),
            log_slider("budget", float(n), n * n / most, most, label="Budget", form=".0f"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        values = np.concatenate(self.losses)
        axes.set(xscale="log", yscale="log", ylabel="loss over all examples")
        self.title, self.across = axes.set_title(" "), axes.set_xlabel(" ")
        axes.set_xlim(1, 1.5 * max(seen[-1] for seen in self.seen))
        axes.set_ylim(values.min() / 1.2, values.max() * 1.2)
        ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10) if values.min() / 1.2 < tick]
        ticks = [tick for tick in ticks if tick < values.max() * 1.2]
        axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.yaxis.set_minor_locator(NullLocator())
        self.limit = axes.axvline(1, color=style.INK, linewidth=1)
        self.lines, self.marks = [], []
        looks = zip(self.sizes, style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=False)
        for size, color, dash, marker in looks:
            mark = {"marker": marker, "markeredgecolor": style.INK, "zorder": 6}
            label = f"batch of {size}" + (" (all)" if size >= self.n else "")
            self.lines.append(self.curve(axes, color, dash, linewidth=1.6))
            self.marks.append(self.curve(axes, color, dash, label=label, **mark))
        self.moving(self.limit)
        axes.legend(loc="lower left", frameon=True, framealpha=0.85)

    def update(self, count: str, budget: float) -> str:
        unit = "examples seen" if count == "examples" else "steps"
        self.title.set_text(f"The loss, counted in {unit}")
        self.across.set_text(unit)
        self.limit.set_xdata([budget, budget])
        words, done = [], {}
        for c, size in enumerate(self.sizes):
            at, losses = (self.seen if count == "examples" else self.updates)[c], self.losses[c]
            k = int(np.searchsorted(at, budget * (1 + 1e-9), side="right"))  # so many steps are within the budget
            put(self.lines[c], at, losses)
            put(self.marks[c], at[:k][-1:], losses[:k][-1:])
            if k == 0:
                words.append(f"batch of {size} has no step yet")
            elif at[-1] < 0.95 * budget:  # its last batch may be a small one
                words.append(f"batch of {size} ended at {at[-1]} with {losses[k - 1]:.3f}")
            else:
                words.append(f"batch of {size} {losses[k - 1]:.3f}")
                done[size] = losses[k - 1]
        return f"Loss after {budget:.0f} {unit}: {', '.join(words)}.{best(done)}"


def best(done: Mapping[int, float]) -> str:
    """Say which batch size has the lowest loss; one alone has nothing to be compared with."""
    if len(done) < 2:
        return ""
    lowest = leaders(list(done.values()), largest=False)
    return f" Best: batch of {join([str(list(done)[c]) for c in lowest])}."
