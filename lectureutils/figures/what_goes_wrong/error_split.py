"""Where an error comes from: the model, the loss, the data or the optimizer.

The truth f* is known here, as it never is in earnest. So the four sources can be taken apart: let all of them be
perfect, then spoil one after the other, and note by how much the distance from f* grows each time.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre

Array = np.ndarray
SOURCES = ("model too small", "wrong loss", "too little data", "stopped early")
PLENTY = 2000  # examples: as good as all there could be
ARRIVED = 300  # steps after which gradient descent gains next to nothing
KNEE = 0.4  # of the robust loss


def truth(x: Array) -> Array:
    """Return f*(x) = sin(4 x) + x / 2, what should be learned."""
    return np.sin(4 * x) + x / 2


def examples(n: int, seed: int = 0) -> tuple[Array, Array]:
    """Draw n examples x, t (n,): x spread over -1 ... 1, t = f*(x) with some noise, and one in ten 3 too high."""
    rng = np.random.default_rng([seed, n])
    x = -1 + 2 * (np.arange(n) + rng.uniform(0.2, 0.8, n)) / n
    broken = rng.permutation(n) < n / 10
    return x, truth(x) + 0.2 * rng.standard_normal(n) + 3.0 * broken


def features(x: Array, degree: int) -> Array:
    """Return the columns (N, degree + 1) of a polynomial: Legendre's, scaled so that no weight is slower to learn."""
    return legendre.legvander(x, degree) * np.sqrt(2 * np.arange(degree + 1) + 1)


class Cost(NamedTuple):
    """A loss of one miss r = f(x) - t: its value, and a factor a with slope 2 a r; `steepest` is the largest a."""

    value: Callable[[Array], Array]
    factor: Callable[[Array], Array]
    steepest: float = 1.0


def _robust(r: Array) -> Array:
    return np.where(np.abs(r) < KNEE, r**2, 2 * KNEE * np.abs(r) - KNEE**2)


COSTS: dict[str, Cost] = {
    "robust": Cost(_robust, lambda r: KNEE / np.maximum(np.abs(r), KNEE)),
    "squared": Cost(lambda r: r**2, np.ones_like),
    "too low costs 3 times": Cost(lambda r: np.where(r < 0, 3, 1) * r**2, lambda r: np.where(r < 0, 3.0, 1.0), 3.0),
}


def minimise(A: Array, t: Array, cost: Cost, rounds: int = 25) -> Array:
    """Return argmin over w (K,) of the mean cost of A w - t: weighted least squares, with the weights of the last w."""
    w = np.linalg.lstsq(A, t, rcond=None)[0]
    for _ in range(rounds if cost is not COSTS["squared"] else 0):
        a = cost.factor(A @ w - t)
        w = np.linalg.lstsq(A * np.sqrt(a)[:, None], t * np.sqrt(a), rcond=None)[0]
    return w


def descend(A: Array, t: Array, cost: Cost, steps: int) -> Array:
    """Return the weights (steps + 1, K) of gradient descent from zeros, at a tenth of the largest stable rate."""
    largest = np.linalg.eigvalsh(A.T @ A / len(t))[-1]
    rate, walk = 1 / (10 * cost.steepest * largest), [np.zeros(A.shape[1])]
    for _ in range(steps):
        r = A @ walk[-1] - t
        walk.append(walk[-1] - rate * 2 * (cost.factor(r) * r) @ A / len(t))
    return np.array(walk)


class Setting(NamedTuple):
    """How something is learned: the polynomial's degree, the number of examples, the loss, the steps, the draw."""

    degree: int = 7
    examples: int = 400
    loss: str = "robust"
    steps: int = ARRIVED
    draw: int = 0


class Split(NamedTuple):
    """The distance from f* after each source is spoiled, (4,), the parts that they add, (4,), and the last weights."""

    errors: Array
    parts: Array
    w: Array

    @property
    def total(self) -> float:
        """The whole error: mean (f(x) - f*(x))^2."""
        return float(self.errors[-1])

    @property
    def worst(self) -> str:
        """The source that adds most."""
        return SOURCES[int(np.argmax(self.parts))]


class Splitter:
    """Take errors apart; keeps what does not depend on the examples drawn."""

    def __init__(self):
        self.x = np.linspace(-1, 1, 200)
        self.goal = truth(self.x)
        self._plenty = examples(PLENTY, seed=99)
        self._ideal: dict[tuple[int, str], tuple[float, float]] = {}

    def distance(self, w: Array) -> float:
        """Return mean (f(x) - f*(x))^2 over -1 ... 1, the error that is meant."""
        return float(np.mean((features(self.x, len(w) - 1) @ w - self.goal) ** 2))

    def ideal(self, degree: int, loss: str) -> tuple[float, float]:
        """Return the errors of the best w of all, and of the best by `loss` with plenty of examples."""
        if (degree, loss) not in self._ideal:
            best = np.linalg.lstsq(features(self.x, degree), self.goal, rcond=None)[0]
            x, t = self._plenty
            taught = minimise(features(x, degree), t, COSTS[loss], rounds=12)
            self._ideal[degree, loss] = self.distance(best), self.distance(taught)
        return self._ideal[degree, loss]

    def split(self, setting: Setting) -> Split:
        """Return the split of the error; a part may be negative when a later fault makes good for an earlier one."""
        x, t = examples(setting.examples, setting.draw)
        A, cost = features(x, setting.degree), COSTS[setting.loss]
        arrived = minimise(A, t, cost)
        w = descend(A, t, cost, setting.steps)[-1]
        errors = np.array([*self.ideal(setting.degree, setting.loss), self.distance(arrived), self.distance(w)])
        return Split(errors, np.diff(errors, prepend=0.0), w)


def say_parts(parts: Array) -> str:
    """Say the four parts of an error in one breath."""
    rounded = np.round(parts, 3) + 0.0  # no -0.000
    return ", ".join(f"{name} {part:+.3f}" for name, part in zip(SOURCES, rounded, strict=True))
