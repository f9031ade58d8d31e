"""Where a finger can take hold of something in a picture: there it drags, everywhere else it scrolls the page."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

Place = list[float]  # fractions of the canvas, from its lower left corner


def holds(figure: Figure, artists: Iterable[Artist], pads: Iterable[Axes] = ()) -> dict[str, list[Any]]:
    """Return the places of marks as `spots`, straight lines as `lines` from end to end, and whole axes as `pads`."""
    back = figure.transFigure.inverted()
    found: dict[str, list[Any]] = {"spots": [], "lines": [], "pads": []}
    for line in artists:
        if not isinstance(line, Line2D) or not line.get_visible() or line.axes is None:
            continue
        points = np.asarray(line.get_xydata(), dtype=float).reshape(-1, 2)
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            continue
        places = np.round(back.transform(line.get_transform().transform(points)), 3).tolist()
        if line.get_marker() not in ("None", "none", " ", "", None):
            found["spots"] += places
        elif len(places) == 2:
            found["lines"].append([*places[0], *places[1]])
    found["pads"] = [np.round(back.transform(axes.bbox.corners()[[0, 3]]), 3).ravel().tolist() for axes in pads]
    return found
