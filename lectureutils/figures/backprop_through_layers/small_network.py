"""The network of notebook 09: z = W x + b, h = ReLU(z), s = U h + c, with four inputs, three neurons, two outputs."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.autodiff import Tensor, affine, fused

Array = np.ndarray
SHAPES = {"W": "3 4", "b": "3", "U": "2 3", "c": "2", "x": "4"}


def checked(**arrays: ArrayLike) -> dict[str, Array]:
    """Return arrays of the network by name; raises ValueError for one of a wrong shape."""
    return {name: validate.numbers(array, name, SHAPES[name]) for name, array in arrays.items()}


def run_network(values: Mapping[str, Array], loss: Callable, label: int) -> dict[str, Tensor]:
    """Return all tensors of the network for one example, with their gradients: x, W, b, z, h, U, c, s and L.

    x (4,), W (3, 4), b (3,), U (2, 3), c (2,). Slide topic: forward and backward through a whole network.
    """
    t = {name: Tensor(values[name], name) for name in ("W", "b", "U", "c")}
    t["x"] = Tensor(np.asarray(values["x"])[None], "x")
    t["z"] = affine(t["x"], t["W"], t["b"])
    t["h"] = t["z"].relu()
    t["s"] = affine(t["h"], t["U"], t["c"])
    t["L"] = fused(loss, t["s"], np.array([label]))
    t["L"].backward()
    return t
