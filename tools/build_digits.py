"""Build lectureutils/data/files/digits.npz: 1797 handwritten digits of 8 x 8 pixels.

Run from the repository's root:

    .venv/bin/python -m tools.build_digits

It takes the table out of the pinned PyPI package scikit-learn (without installing it), stores the pixels
0 ... 16 as bytes, and notes the result in LICENSES.md.
"""

import gzip
import io
import tempfile
from pathlib import Path

import numpy as np

from tools import datafiles

VERSION = "1.9.1"


def build() -> None:
    """Write images (1797, 8, 8) and labels y (1797,), both uint8, in the package's order."""
    with tempfile.TemporaryDirectory() as folder, datafiles.pip_wheel("scikit-learn", VERSION, Path(folder)) as wheel:
        table = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz"))
    rows = np.loadtxt(io.BytesIO(table), delimiter=",").astype(np.uint8)  # 64 pixels, then the label
    datafiles.write_npz("digits.npz", images=rows[:, :64].reshape(-1, 8, 8), y=rows[:, 64])


if __name__ == "__main__":
    build()
