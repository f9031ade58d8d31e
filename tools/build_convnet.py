"""Build lectureutils/data/files/convnet.npz: small convolutional networks, trained on the emoji of three vendors.

Run from the repository's root:

    .venv/bin/python -m tools.build_convnet

Five have seen the pictures that are not by EmojiOne or Mozilla, and five, from the same random starts, four disturbed
copies of each as well. It says how many pictures of the held-out vendors each gets right. All are kept; the notebook
shows all. Filters, copies and steps were tried out on these same 54 pictures, a few times: what is
measured on them flatters a little. It takes some two minutes. Another processor adds up in another order, and ends with
other weights.
"""

import numpy as np

from lectureutils import convnet
from lectureutils.losses import cross_entropy
from lectureutils.optim import adam
from tools import datafiles

COPIES, STEPS, BATCH, RATE, LAM = 4, 420, 32, 0.003, 0.001
Weights = dict[str, np.ndarray]


def start(seed: int) -> Weights:
    """Draw He's weights: a normal distribution of variance 2 / (numbers that come in), biases 0.

    The first filters start at a tenth of that, so that what is seen in them in the end was learned.
    """
    rng = np.random.default_rng(seed)
    drawn = {
        name: np.zeros(shape) if len(shape) == 1 else rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        for name, shape in convnet.SHAPES.items()
    }
    return drawn | {"K1": 0.1 * drawn["K1"]}


def train(X: np.ndarray, y: np.ndarray, seed: int, steps: int = STEPS) -> Weights:
    """Train on pictures X (N, 25, 25, 3) with labels y by Adam in mini-batches; the rate falls to 0 in a line."""
    weights, rng, state = start(seed), np.random.default_rng(seed), None
    rows = np.concatenate([rng.permutation(len(X)) for _ in range(-(-steps * BATCH // len(X)))])
    for t in range(steps):
        batch = rows[t * BATCH : (t + 1) * BATCH]
        kept = convnet.run(X[batch], weights)
        found = convnet.gradients(kept, weights, cross_entropy(kept["S"], y[batch])[1])
        decayed = [found[name] + 2 * LAM * array * (array.ndim > 1) for name, array in weights.items()]
        params, state = adam(list(weights.values()), decayed, RATE * (1 - t / steps), state)
        weights = dict(zip(weights, params, strict=True))
    return weights


def build() -> None:
    """Train all, and keep their weights in half precision: first those without copies, then those with them."""
    (X, y), (more, y_more), held_out = convnet.seen_and_held_out(COPIES)
    sets = {"no copies": (X, y), "copies": (np.concatenate([X, more]), np.concatenate([y, y_more]))}
    found = []
    for name, (X, y) in sets.items():
        for seed in range(convnet.STARTS):
            found.append(train(X, y, seed))
            right = (convnet.run(convnet.halved(held_out.X), found[-1])["S"].argmax(axis=1) == held_out.y).mean()
            print(f"{name}, start {seed}: {right:.1%} of {len(held_out)} held-out pictures", flush=True)
    arrays = {name: np.stack([weights[name] for weights in found]) for name in convnet.SHAPES}
    datafiles.write_npz("convnet.npz", **{name: array.astype(np.float16) for name, array in arrays.items()})


if __name__ == "__main__":
    build()
