"""The loss over a training without an end: noted after every frame, with room for all that comes.

The axis doubles when it is full, and of a long curve every second place is dropped, so each frame stays quick.
"""

import numpy as np
from matplotlib.axes import Axes

from lectureutils import style
from lectureutils.live import LiveFigure, put

SPAN = 1000  # updates, to begin with
PLACES = 500


class LossHistory:
    """The loss on the training points and, dashed, on new points of the same kind."""

    def __init__(self, figure: LiveFigure, axes: Axes):
        self.axes, self.span = axes, 0
        axes.set(ylim=(0.001, 10), yscale="log", xlabel="updates", title="Loss")
        axes.set_yticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
        axes.minorticks_off()
        self.lines = [
            figure.curve(axes, style.SEEN, label="training"),
            figure.curve(axes, style.HELD_OUT, "--", label="new points"),
        ]
        axes.legend(loc="upper right", fontsize=10 * style.SMALL * style.current_scale())
        self.clear()
        # Ends with the axes: one that stands out by its length would move all panels where the figure is drawn anew.
        axes.get_xticklabels()[-1].set_horizontalalignment("right")

    def go_on(self, other: "LossHistory") -> None:
        """Take over what another one has noted, as it is drawn anew."""
        self.noted = other.noted
        self._set_span(other.span)

    def clear(self) -> None:
        """Forget all losses."""
        self.noted = []
        self._set_span(SPAN)

    def note(self, updates: int, *losses: float) -> None:
        """Show the two losses after so many updates; NaN is not drawn."""
        if self.noted and self.noted[-1][0] == updates:
            self.noted.pop()
        self.noted.append((updates, *losses))
        if len(self.noted) > PLACES:
            self.noted = self.noted[::2]
        if updates > self.span:
            self._set_span(2 * self.span)
        places, *curves = np.array(self.noted, dtype=float).T
        for line, values in zip(self.lines, curves, strict=True):
            put(line, places, np.clip(values, 0.00105, 9.7))

    def _set_span(self, span: int) -> None:
        if span != self.span:
            self.span = span
            self.axes.set(xlim=(0, span), xticks=[0, span // 2, span])
