"""What the figures of this notebook learn from, and the exact answers of each penalty for each lambda.

There is no training here: a fit is the lowest point of data loss + lambda R(W) itself.
"""

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.regularized import l1_path, l2_path

LAMS = 10.0 ** np.linspace(-6, 1, 71)
CURVE = np.linspace(-1, 1, 241)  # where a polynomial is drawn
PENALTIES = {"L2: sum of squares": "L2", "L1: sum of absolute values": "L1"}


def fits(X: np.ndarray, y: np.ndarray, penalty: str, lams: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best w (K, D) and b (K,) under the penalty "none", "L1" or "L2" for each of K lambdas."""
    if penalty == "none":
        return l2_path(X, y, 0 * lams)
    return l1_path(X, y, lams) if penalty == "L1" else l2_path(X, y, lams)


def down_to(lams: np.ndarray, lam: float) -> np.ndarray:
    """Return the lambdas above lam, and lam as the last: the way by which an L1 fit comes to it."""
    return np.append(lams[lams > 1.001 * lam], lam)


def examples(x: ArrayLike, y: ArrayLike, held_out: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x, y and held_out (N,) as arrays; raise ValueError unless x and y lie in -1..1 and held_out is bools."""
    x, y, held_out = validate.numbers(x, "x", "N"), validate.numbers(y, "y", "N"), np.asarray(held_out)
    if not len(x) == len(y) == len(held_out) or held_out.dtype != bool:
        raise ValueError(
            f"x, y, held_out: got shapes {x.shape}, {y.shape}, {held_out.shape}, with held_out of {held_out.dtype}; "
            f"expected one number, one number and one bool for each example. For example np.arange(len(x)) % 2 == 1."
        )
    if np.abs([x, y]).max() > 1:
        raise ValueError(
            f"x, y: got numbers up to {np.abs([x, y]).max():.3g}, expected them between -1 and 1, where powers stay "
            f"small. Divide by the largest."
        )
    return x, y, held_out
