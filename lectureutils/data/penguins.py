"""Four measurements tell three species of penguins apart.

The smallest real data set of the series: its W is (3, 4), like the worked example's. The measurements have
units and very different sizes (millimetres and grams), which is why `standardised()` exists.
"""

import functools
from importlib import resources

import numpy as np

from lectureutils.data.dataset import Dataset

SPECIES = ("Adelie", "Chinstrap", "Gentoo")
FEATURES = ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")


@functools.cache
def load_penguins() -> Dataset:
    """Load 342 penguins: X (342, 4) in the units of `feature_names`, y (342,) with 0 Adelie ... 2 Gentoo.

    Ranges: bill length 32.1-59.6 mm, bill depth 13.1-21.5 mm, flipper length 172-231 mm, body mass
    2700-6300 g; their means are 43.92, 17.15, 200.92, 4201.75 and standard deviations 5.45, 1.97, 14.04,
    800.78. `load_penguins().standardised()` has mean 0 and standard deviation 1 instead. There are 151
    Adelie, 68 Chinstrap and 123 Gentoo; the rows are sorted by species. Read once, shared afterwards; the
    arrays are read-only.
    Source: Gorman, Williams, Fraser (2014), see LICENSES.md.
    """
    with resources.files("lectureutils.data").joinpath("files", "penguins.csv").open(encoding="utf-8") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1, dtype=str)
    y = np.array([SPECIES.index(species) for species in rows[:, 0]])
    return Dataset("penguins", rows[:, 1:].astype(np.float64), y, SPECIES, FEATURES)


def chinstraps() -> tuple[np.ndarray, np.ndarray]:
    """Return (X, y): bill length and depth of 342 penguins, standardised, (342, 2), and 1 where it is a Chinstrap."""
    birds = load_penguins().standardised().pick([0, 1])
    return birds.X, (birds.y == birds.class_names.index("Chinstrap")).astype(int)
