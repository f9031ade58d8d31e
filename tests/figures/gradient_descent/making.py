"""What the tests of several figures of notebook 05 need: a stream of gradients, and how to read what is drawn."""

import numpy as np

STREAM = np.column_stack([np.linspace(1, -0.5, 12), np.where(np.arange(12) % 3 == 0, 0.4, 0)])


def points(line):
    """Give the places (N, 2) of a line or of marks."""
    return line.get_xydata()


def cloud(figure):
    """Give the estimates (N, 2) that a BatchFigure draws."""
    return np.concatenate([points(figure.downhill), points(figure.uphill)])


def spread(figure):
    """Give the typical distance of the drawn estimates from the true gradient (root mean square)."""
    return np.sqrt(((cloud(figure) - points(figure.mean)) ** 2).sum(axis=1).mean())
