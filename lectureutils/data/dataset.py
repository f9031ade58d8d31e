"""A data set is a table of numbers with an answer for each row.

One shape serves all of them: examples in the rows of X, class indices in y. Selecting rows gives a data set
again, so a split is two data sets. All arrays are read-only, since every caller shares them.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray


def split(n: int, test_fraction: float = 0.25, seed: int = 0) -> tuple[Array, Array]:
    """Deal the row numbers 0 ... n-1 into two parts at random: (training rows, test rows).

    Each row is in exactly one part; the same seed deals the same parts. The test part has
    round(n * test_fraction) rows, at least 1 and at most n - 1. The rows are shuffled, not sorted.
    Raises ValueError for n < 2 or a fraction that is not between 0 and 1.
    """
    validate.count(n, "n", low=2)
    if not validate.at_least(test_fraction, "test_fraction", above=True) < 1:
        raise ValueError(
            f"test_fraction: got {test_fraction}, expected a number between 0 and 1. A quarter of the rows is 0.25."
        )
    n_test = min(max(round(n * test_fraction), 1), n - 1)
    rows = np.random.default_rng(seed).permutation(n)
    return rows[n_test:], rows[:n_test]


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Examples with their classes.

    X (N, D) float64, y (N,) class indices, `class_names` and `feature_names` (C and D of them, with
    units where there are any). A kind of data may add arrays with one entry per example. The data set keeps
    read-only views of the arrays it is given: `data.X.copy()` may be changed.
    """

    name: str
    X: Array
    y: Array
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...]

    def __post_init__(self) -> None:
        y = validate.labels(self.y, len(self.class_names), len(validate.numbers(self.X, "X", "N D")))
        object.__setattr__(self, "y", y)  # the one way to set a field of a frozen dataclass
        if len(self.feature_names) != self.X.shape[1]:
            raise ValueError(
                f"feature_names: got {len(self.feature_names)} names, expected "
                f"{self.X.shape[1]}, one for each column of X. Add or drop names."
            )
        for key, array in self._arrays().items():
            if len(array) != len(self.y):
                raise ValueError(
                    f"{key}: got {len(array)} entries, expected {len(self.y)}, one for each row "
                    f"of X. Select the same rows everywhere."
                )
            protected = array.view()
            protected.setflags(write=False)
            object.__setattr__(self, key, protected)

    def __len__(self) -> int:
        return len(self.y)

    def __repr__(self) -> str:
        counts = np.bincount(self.y, minlength=len(self.class_names))
        classes = ", ".join(f"{name} {count}" for name, count in zip(self.class_names, counts, strict=True))
        return f"{self.name}: X {self.X.shape}, y {self.y.shape}; {classes}"

    @property
    def mean(self) -> Array:
        """The mean of each feature, shape (D,)."""
        return self.X.mean(axis=0)

    @property
    def std(self) -> Array:
        """The standard deviation (divided by N) of each feature, shape (D,)."""
        return self.X.std(axis=0)

    def take(self, rows: ArrayLike) -> Self:
        """Return the data set of the chosen rows: indices, or a mask (N,) of booleans."""
        rows = np.asarray(rows)
        return dataclasses.replace(self, **{key: array[rows] for key, array in self._arrays().items()})

    def pick(self, features: Sequence[int]) -> Self:
        """Return the data set with the chosen columns of X, by number: pick([2, 0])."""
        columns = list(features)
        if not columns or any(k not in range(self.X.shape[1]) for k in columns):
            raise ValueError(
                f"features: got {columns}, expected column numbers from 0 to "
                f"{self.X.shape[1] - 1}. The columns are listed in feature_names."
            )
        names = tuple(self.feature_names[k] for k in columns)
        return dataclasses.replace(self, X=self.X[:, columns], feature_names=names)

    def standardised(self, like: "Dataset | None" = None) -> Self:
        """Return the data set with (X - mean) / std for X, feature by feature.

        Mean and std are those of `like`, or its own without it. A test set is standardised like its training
        set: `test.standardised(like=train)`, because in earnest there is no test set to measure. A feature
        that never changes is only centred. The columns of both must be the same (else ValueError).
        """
        like = self if like is None else like
        if like.feature_names != self.feature_names:
            raise ValueError(
                f"like: got {like!r}, expected the {len(self.feature_names)} features of "
                f"{self!r}. Pick the same columns from both."
            )
        # The std of a feature that is 0.1 everywhere is not 0 but 1.4e-17, as its mean is rounded.
        changes = like.X.max(axis=0) > like.X.min(axis=0)
        return dataclasses.replace(self, X=(self.X - like.mean) / np.where(changes, like.std, 1))

    def random_split(self, test_fraction: float = 0.25, seed: int = 0) -> tuple[Self, Self]:
        """Return (training set, test set), dealt at random as `split` says."""
        train, test = split(len(self), test_fraction, seed)
        return self.take(train), self.take(test)

    def _arrays(self) -> dict[str, Array]:
        values = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {key: value for key, value in values.items() if isinstance(value, np.ndarray)}


def read_npz(name: str) -> Mapping[str, Array]:
    """Read all arrays of the packaged file files/`name`."""
    with resources.files("lectureutils.data").joinpath("files", name).open("rb") as file, np.load(file) as arrays:
        return dict(arrays)
