"""Training a network is scores, loss, gradient, step, and again; a step that breaks the network is taken back.

The network runs on the tape of `autodiff`, the step follows a rule of `optim`, and the trainer keeps what lies between
two steps: what the rule remembers, and whether training has diverged.
"""

import numpy as np

from lectureutils.autodiff import fused, no_grad
from lectureutils.losses import Loss, cross_entropy, l2_penalty
from lectureutils.nn import Sequential, update
from lectureutils.optim import Rule, adam
from lectureutils.train import accuracy

Array = np.ndarray


class Trainer:
    """A network, an update rule and what the rule remembers; `step` makes one update.

    Minimises loss(network(X), y) + lam * (sum of squares of all weights, biases left out). When an update makes a
    number infinite or NaN, it is taken back: the network stays the last usable one, and `diverged` is true.
    """

    def __init__(self, network: Sequential, rule: Rule = adam, learning_rate: float = 0.003,
                 loss: Loss = cross_entropy, lam: float = 0.0):  # fmt: skip
        self.network, self.rule, self.learning_rate, self.loss, self.lam = network, rule, learning_rate, loss, lam
        self.parameters = network.parameters()
        self.state, self.updates, self.diverged = None, 0, False

    def step(self, X: Array, y: Array) -> bool:
        """Update once from the batch X (N, D), y (N,); return False once training has diverged."""
        if self.diverged:
            return False
        before = [p.data for p in self.parameters]  # no copies: an update puts new arrays in their place
        with np.errstate(all="ignore"):
            scores = self.network(X)
            if np.isfinite(scores.data).all():
                self._objective(scores, y).backward()
                self.state = update(self.parameters, self.rule, self.learning_rate, self.state)
                with no_grad():  # finite weights may still give infinite scores
                    self.diverged = not np.isfinite(self.network(X).data).all()
            else:
                self.diverged = True
        if self.diverged:
            for p, old in zip(self.parameters, before, strict=True):
                p.data = old
        self.updates += not self.diverged
        return not self.diverged

    def _objective(self, scores, y):
        total = fused(self.loss, scores, y)
        for W in self.parameters if self.lam else ():
            if W.data.ndim == 2:  # weights are matrices, biases are not
                total = total + self.lam * fused(l2_penalty, W)
        return total

    def measure(self, X: Array, y: Array) -> tuple[float, float]:
        """Return (loss without penalty, accuracy) over X, y; (inf, accuracy) if scores are beyond all numbers."""
        with no_grad(), np.errstate(all="ignore"):
            scores = self.network(X).data
        if not np.isfinite(scores).all():
            return np.inf, float((scores.argmax(axis=1) == y).mean())
        return self.loss(scores, y)[0], accuracy(scores, y)
