"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from lectureutils import style
from lectureutils.figures.shared.verdicts import join, leaders
from lectureutils.live import LiveFigure, choice, log_slider
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
                f"lines. "
                f"Choose fewer batch sizes."
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
        axes.set(xscale="log", yscale="log", ylabel="loss over all examples", title="The same loss, counted two ways")
        axes.set_xlim(1, 1.5 * max(seen[-1] for seen in self.seen))
        axes.set_ylim(values.min() / 1.2, values.max() * 1.2)
        ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10) if values.min() / 1.2 < tick]
        ticks = [tick for tick in ticks if tick < values.max() * 1.2]
        axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_xlabel("examples seen, or steps")
        self.lines, self.marks = [], []
        looks = zip(self.sizes, style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=False)
        for size, color, dash, marker in looks:
            label = f"batch of {size}" + (" (all)" if size >= self.n else "")
            self.lines += axes.plot([], [], linestyle=dash, color=color, linewidth=1.6)
            self.marks += axes.plot([], [], marker, linestyle=dash, color=color, markeredgecolor=style.INK, label=label)
        self.limit = axes.axvline(1, color=style.INK, linewidth=1)
        axes.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)
        self.moving(*self.lines, self.limit, *self.marks)

    def update(self, count: str, budget: float) -> None:
        self.count, self.budget = count, budget
        self.limit.set_xdata([budget, budget])
        self.reached, self.ended = [], []
        for c, (line, mark) in enumerate(zip(self.lines, self.marks, strict=True)):
            at = self.seen[c] if count == "examples" else self.updates[c]
            line.set_data(at, self.losses[c])
            k = int(np.searchsorted(at, budget * (1 + 1e-9), side="right")) - 1
            self.reached.append(float(self.losses[c][k]) if k >= 0 else None)
            self.ended.append(int(at[-1]) if at[-1] < 0.95 * budget else None)  # its last batch may be a small one
            mark.set_data(at[k : k + 1] if k >= 0 else [], self.losses[c][k : k + 1] if k >= 0 else [])

    def describe(self) -> str:
        words, done = [], {}
        for size, loss, end in zip(self.sizes, self.reached, self.ended, strict=True):
            if loss is None:
                words.append(f"batch of {size} has no step yet")
            elif end is not None:
                words.append(f"batch of {size} ended at {end} with {loss:.3f}")
            else:
                words.append(f"batch of {size} {loss:.3f}")
                done[size] = loss
        best = ""
        if len(done) > 1:
            best = f" Best: batch of {join([str(list(done)[c]) for c in leaders(list(done.values()), largest=False)])}."
        unit = "examples seen" if self.count == "examples" else "steps"
        return f"Loss after {self.budget:.0f} {unit}: {', '.join(words)}.{best}"
