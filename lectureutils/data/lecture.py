"""The lecture's worked example: three inputs of four numbers, three classes, and weights to score them.

Every number is the one printed on the slides. The arrays are float64 and read-only, because all notebooks
share them: to change one, take a `.copy()` first.
"""

import numpy as np

Array = np.ndarray


def _constant(rows: object) -> Array:
    array = np.array(rows, dtype=np.float64)
    array.setflags(write=False)
    return array


# Slide topic "the worked example": what each score stands for, in the order of the rows of W.
CLASSES = ("cat", "car", "airplane")

# Slide topic "the worked example": the inputs, shape (4,), and the three of them as a batch, shape (3, 4).
x1 = _constant([0.1, 1.5, 0.07, 2.32])
x2 = _constant([0.3, 0.15, 1.5, 1.91])
x3 = _constant([1, 3, 0.37, 0.8])
X = _constant([x1, x2, x3])

# Slide topic "linear classifier, one-hot output": x1 shows a car, as a class index and as a one-hot row (3,).
# The slides give no truth for x2 and x3.
y1 = 1
y_star = _constant([0, 1, 0])

# Slide topic "what other W and b give": two classifiers, W (3, 4) and b (3,). On x1 the first says car, the
# second cat.
W1 = _constant([[0.1, -0.15, 0, 0.3], [-0.5, 0.2, 0.1, 0.35], [-0.45, 0.4, 0.1, 0.15]])
b1 = _constant([0.15, -0.1, -0.2])
W2 = _constant([[-0.25, 0.1, 0.05, 0.175], [0.05, -0.075, 0, 0.15], [-0.225, 0.2, 0.05, 0.075]])
b2 = _constant([0.35, 0.1, 0])

# Slide topic "random search": two draws of W (3, 4), without a bias. V1 has the smaller loss; the slides go
# on from V2, also in the numerical gradient.
V1 = _constant([[0.05, 0.15, -0.1, 0.2], [-0.1, 0.2, 0.25, 0.05], [0.4, -0.15, 0.25, 0.15]])
V2 = _constant([[-0.1, 0.2, 0.15, 0.05], [0.25, 0.05, 0.2, -0.1], [0.25, 0.15, -0.15, 0.4]])

# Slide topic "does a loss function matter?": two predictions (3,) for the truth y_star, which L1 and L2 rank
# differently. They are not the scores of W1 and W2, though the slide's table calls them so.
prediction_1 = _constant([0, 1.2, 0])
prediction_2 = _constant([0.07, 0.9, 0.05])
