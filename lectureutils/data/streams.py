"""Streams of gradients: what two weights could be told at 40 steps, to see what an update rule makes of it."""

import numpy as np

Array = np.ndarray


def gradient_streams() -> dict[str, Array]:
    """Return streams of gradients by name, each (40, 2): one gradient of two weights for each step.

    "steady": 0.5 and 0.05 for ever. "large, then small": a tenth from step 13 on. "often and rarely": 0.3 always, and
    0.6 at every eighth step. "turning, zigzag": a sign that changes once, and one that changes at every step. "noisy,
    as from mini-batches": means of 0.2 and 0.02 under noise of 0.2.
    """
    t = np.arange(40)
    pairs = {
        "steady": (np.full(40, 0.5), np.full(40, 0.05)),
        "large, then small": (np.where(t < 12, 1, 0.1), np.where(t < 12, 0.5, 0.05)),
        "often and rarely": (np.full(40, 0.3), np.where(t % 8 == 3, 0.6, 0)),
        "turning, zigzag": (np.where(t < 20, 0.5, -0.5), np.where(t % 2, -0.5, 0.5)),
    }
    noisy = np.random.default_rng(0).normal([0.2, 0.02], 0.2, size=(40, 2))
    return {name: np.column_stack(pair) for name, pair in pairs.items()} | {"noisy, as from mini-batches": noisy}
