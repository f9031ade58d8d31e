"""Four sources of one error, each on a slider: the model, the loss, the data and the optimizer.

Spoil one of them, and its part of the distance from the truth grows.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.figures.shared.words import MINUS, counted
from lectureutils.figures.what_goes_wrong.error_split import ARRIVED, COSTS, SOURCES, Setting, Splitter, say_parts
from lectureutils.figures.what_goes_wrong.learned import draw_learned, legend, show_learned
from lectureutils.live import LiveFigure, choice, log_slider, slider

REACHES = (0.5, 2.5, 10.0, 50.0, 250.0)  # of the axis of parts


class ErrorSourcesFigure(LiveFigure):
    """Spoil the model, the loss, the data or the optimizer, and see the error split accordingly.

    Left examples, truth f* and the polynomial that was learned. Right the parts of the error mean (f - f*)^2, in the
    order model, loss, data, optimizer: each is what its source adds when those before it are as set and those after
    it perfect. Slide topic: where do errors come from?
    """

    telling = {"loss": "squared"}
    size = (700, 400)
    layout = "degree examples / loss steps / draw reset"

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
        self.shown = draw_learned(self, self.plane, self.splitter.x)
        legend(self.plane)
        side, places = self.side, range(len(SOURCES) + 1)
        colors = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.GREY)
        self.bars = side.barh(places, np.zeros(len(places)), 0.65)
        for bar, color, hatch in zip(self.bars, colors, (*style.CLASS_HATCHES[:4], ""), strict=True):
            bar.set(facecolor=style.pale(color, 0.75), edgecolor=style.INK, hatch=hatch)
        side.set(ylim=(4.5, -0.5), xlabel="mean of (f \N{MINUS SIGN} f*) squared")
        side.set_yticks(places, [*(name.replace(" ", "\n", 1) for name in SOURCES), "all\ntogether"])
        side.set_title("Where does the error come from?")
        self.moving(*self.bars, side.axvline(0, color=style.INK, linewidth=1))
        self.numbers = plots.Numbers(side, np.zeros((len(places), 2)))
        self.moving(self.numbers)

    def update(self, degree: int, examples: float, loss: str, steps: float, draw: int) -> str:
        setting = Setting(degree, round(examples), loss, round(steps), draw)
        split = self.splitter.split(setting)
        show_learned(self.shown, setting, split.w)
        values = np.array([*split.parts, split.total])
        plots.set_bars(self.bars, values)
        self._fit(values)
        verdict = "All four are good enough" if split.total < 0.02 else f"Most of it: {split.worst}"
        if split.parts[3] < -0.01:
            verdict += "; stopping before the end has helped"
        return (
            f"Degree {degree}, {setting.examples} examples, loss {loss}, {counted(setting.steps, 'step')}. Error "
            f"{split.total:.3f}: {say_parts(split.parts)}. {verdict}."
        )

    def _fit(self, values: np.ndarray) -> None:
        """Choose an axis that has room for the bars, one of a few, and write each value at the end of its bar."""
        reach = next(reach for reach in REACHES if np.abs(values).max() <= reach)
        low, high = -reach if values.min() < -0.1 * reach else -0.1 * reach, 1.55 * reach
        if self.side.get_xlim() != (low, high):
            self.side.set_xlim(low, high)
            self.side.locator_params("x", nbins=4)
        rounded = np.round(values, 3) + 0.0  # no -0.000
        words = [f"{value:+.3f}".replace("-", MINUS) for value in rounded]
        ends = np.maximum(values, 0) + (high - low) * (0.03 + 0.016 * np.array([len(word) for word in words]))
        self.numbers.places = np.column_stack([ends, np.arange(len(values))])
        self.numbers.set_texts(words)
