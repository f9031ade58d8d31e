"""Where an error comes from: the model, the loss, the data or the optimizer.

The truth f* is known here, as it never is in earnest. So the four sources can be taken apart: let all of them be
perfect, then spoil one after the other, and note by how much the distance from f* grows each time.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.what_goes_wrong.error_split import (
    ARRIVED,
    COSTS,
    SOURCES,
    Setting,
    Splitter,
    _draw_fit,
    _examples,
    _legend,
    features,
    say_parts,
)
from lectureutils.live import LiveFigure, Widget, choice, column, log_slider, row, slider


class ErrorSourcesFigure(LiveFigure):
    """Spoil the model, the loss, the data or the optimizer, and see the error split accordingly.

    Left examples, truth f* and the polynomial that was learned. Right the parts of the error mean (f - f*)^2, in the
    order model, loss, data, optimizer: each is what its source adds when those before it are as set and those after
    it perfect. Slide topic: where do errors come from?
    """

    size = (700, 400)
    low, high = -0.3, 1.1

    def __init__(self, setting: Setting | None = None):
        start = setting or Setting()
        self.splitter = Splitter()
        for degree in range(10):  # once, so that no frame has to wait for it
            for loss in COSTS:
                self.splitter.ideal(degree, loss)
        super().__init__(
            slider("degree", start.degree, 0, 9, 1, label="Model: degree"),
            log_slider("examples", start.examples, 12, 400, label="Examples", form=".0f"),
            choice("loss", list(COSTS), start.loss, label="Loss"),
            log_slider("steps", start.steps, 1, ARRIVED, label="Steps", form=".0f"),
            slider("draw", start.draw, 0, 9, 1, label="Draw"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.1, 1])
        self.plane.set_title("What was learned")
        self.shown = _draw_fit(self.plane, self.splitter.x)
        _legend(self.plane)
        names = [*(name.replace(" ", "\n", 1) for name in SOURCES), "all\ntogether"]
        colors = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.GREY)
        self.bars = self.side.barh(range(5), np.zeros(5), 0.65)
        for bar, color, hatch in zip(self.bars, colors, (*style.CLASS_HATCHES[:4], ""), strict=True):
            bar.set(facecolor=style.pale(color, 0.75), edgecolor=style.INK, hatch=hatch)
        self.side.set(xlim=(self.low, self.high), ylim=(4.5, -0.5), xlabel="mean of (f - f*) squared")
        self.side.set_yticks(range(5), names)
        self.side.set_title("The parts of the error")
        self.zero = self.side.axvline(0, color=style.INK, linewidth=1)
        look = {"color": style.INK, "markersize": 6 * style.current_scale(), "clip_on": False}
        self.beyond = self.side.plot([], [], "D", **look)[0]
        self.beyond.set_in_layout(False)
        self.moving(*self.shown.values(), *self.bars, self.zero, self.beyond)

    def update(self, degree: int, examples: float, loss: str, steps: float, draw: int) -> None:
        self.setting = Setting(degree, round(examples), loss, round(steps), draw)
        self.split = self.splitter.split(self.setting)
        self.shown["data"].set_data(*_examples(self.setting))
        fit = features(self.splitter.x, degree) @ self.split.w
        self.shown["fit"].set_data(self.splitter.x, np.clip(fit, -50, 50))
        values = np.array([*self.split.parts, self.split.total])
        for bar, value in zip(self.bars, np.clip(values, self.low, self.high), strict=True):
            bar.set_width(value)
        far = np.flatnonzero((values > self.high) | (values < self.low))
        self.beyond.set_data(np.where(values[far] > 0, self.high, self.low), far)

    def describe(self) -> str:
        s = self.setting
        verdict = "All four are good enough" if self.split.total < 0.02 else f"Most of it: {self.split.worst}"
        if self.split.parts[3] < -0.01:
            verdict += "; stopping before the end has helped"
        return (
            f"Degree {s.degree}, {s.examples} examples, loss {s.loss}, {s.steps} steps. Error {self.split.total:.3f}: "
            f"{say_parts(self.split.parts)}. {verdict}."
        )

    def arrange(self) -> Widget:
        degree, count, loss, steps, draw = (part.widget for part in self.parts)
        return column(row(degree, count), row(loss, steps), row(draw, self.reset_button))
