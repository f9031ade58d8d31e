"""An update rule says how far to move the parameters, given their gradients.

A rule is a plain function (params, grads, learning_rate, state) -> (params, state). It changes nothing in
place: the old parameters stay valid, so a player can rewind and a history can keep them. What a rule
remembers between steps (a velocity, a running mean) goes in and comes out as `state`; a loop that passes it
on runs any rule.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lectureutils import validate

Params = tuple[np.ndarray, ...]
Rule = Callable[..., tuple[Params, Any]]


def sgd(params: Sequence[np.ndarray], grads: Sequence[np.ndarray], learning_rate: float,
        state: None = None) -> tuple[Params, None]:
    """Step against the gradient: p - learning_rate * dp for each p of `params`, here usually (W, b).

    Returns the new parameters and the state, which is None since the rule remembers nothing. It is called
    stochastic when the gradients come from a mini-batch; the rule is the same. Raises ValueError if a
    gradient has another shape than its parameter or learning_rate is negative. Slide topic: (stochastic)
    gradient descent.
    """
    rate = validate.at_least(learning_rate, "learning_rate")
    _check_pairs(params, grads)
    return tuple(p - rate * dp for p, dp in zip(params, grads, strict=True)), state


def _check_pairs(params: Sequence[np.ndarray], grads: Sequence[np.ndarray]) -> None:
    if isinstance(params, np.ndarray) or isinstance(grads, np.ndarray):
        raise ValueError("params and grads: got a bare array, expected a sequence of arrays. "
                         "For W alone write sgd([W], [dW], learning_rate).")
    if len(params) != len(grads):
        raise ValueError(f"grads: got {len(grads)} for {len(params)} params, expected one gradient for each, "
                         f"in the same order.")
    for i, (p, dp) in enumerate(zip(params, grads, strict=True)):
        validate.same_shape(p, dp, f"params[{i}]", f"grads[{i}]")
