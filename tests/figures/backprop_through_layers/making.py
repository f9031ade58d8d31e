"""What several tests of 09 need: the second layer of the network, polygons, and options of a dropdown."""

import numpy as np
from drive import send

U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])


def corners(collection):
    """Return the bounds (left, top, right, bottom) of each polygon of a collection."""
    return [(*path.vertices.min(axis=0), *path.vertices.max(axis=0)) for path in collection.get_paths()]


def option(control, text):
    """Choose an option of a dropdown by its visible name, as the browser does."""
    send(control.inputs[0], index=[label for label, _ in control.inputs[0].options].index(text))
