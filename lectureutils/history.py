"""What training tells about itself: how far it is, and what its curves were.

Both are records and compute nothing; the loop that fills them is in `train`.
"""

from dataclasses import dataclass, field

import numpy as np

Array = np.ndarray
Params = tuple[Array, Array]


@dataclass(frozen=True, eq=False)
class Progress:
    """Where training stands: `updates` done, `epoch` as passes over the data, W, b, and how good they are.

    `loss` is data loss + lam R(W) over all examples, `penalty` the part lam R(W) of it, and `gradient_norm` the
    length of the gradient of `loss` by W and b together; `accuracy` is over all examples too. `stop` is None, or
    says why training can't go on; the other fields are then those of the last chunk that went well.
    """

    updates: int
    epoch: float
    W: Array
    b: Array
    loss: float
    accuracy: float
    stop: str | None = None
    penalty: float = 0.0
    gradient_norm: float = 0.0


@dataclass(frozen=True, eq=False)
class History:
    """What `fit` returns: loss[e] and accuracy[e] after e epochs (e = 0: before the first step), last W and b.

    penalty[e] is the part lam R(W) of loss[e], gradient_norm[e] the length of its gradient, and weights[e] the pair
    (W, b), kept on request only. `stop` is "finished", or says what went wrong: "diverged at epoch 3: ..." when a
    number was no longer finite (W and b are then the last good ones), "finished, but diverging ..." when the loss
    has grown far above its start and only the epochs ended before the numbers did.
    """

    loss: list[float]
    accuracy: list[float]
    W: Array
    b: Array
    stop: str
    penalty: list[float] = field(default_factory=list)
    gradient_norm: list[float] = field(default_factory=list)
    weights: list[Params] = field(default_factory=list)

    def __repr__(self) -> str:
        return (
            f"History: {len(self.loss) - 1} epochs, loss {self.loss[0]:.4g} -> {self.loss[-1]:.4g}, "
            f"accuracy {self.accuracy[0]:.1%} -> {self.accuracy[-1]:.1%}, {self.stop}"
        )
