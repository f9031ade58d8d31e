"""Build lectureutils/data/files/penguins.csv: species and four measurements of 342 penguins.

Run from the repository's root:

    .venv/bin/python -m tools.build_penguins

It takes the table out of the pinned PyPI package palmerpenguins (without installing it), keeps the columns
the series uses and the rows that have all of them, and notes the result in LICENSES.md.
"""

import csv
import io
import tempfile
from pathlib import Path

from tools import datafiles

VERSION = "0.1.6"
COLUMNS = ["species", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def build() -> None:
    """Write the complete rows in the package's order, numbers as they were spelled."""
    with tempfile.TemporaryDirectory() as folder, datafiles.pip_wheel("palmerpenguins", VERSION, Path(folder)) as wheel:
        table = csv.DictReader(io.StringIO(wheel.read("palmerpenguins/data/penguins.csv").decode()))
        rows = [[row[column] for column in COLUMNS] for row in table]
    complete = [row for row in rows if not {"", "NA"} & set(row)]
    datafiles.write("penguins.csv", "".join(",".join(row) + "\n" for row in [COLUMNS, *complete]).encode())


if __name__ == "__main__":
    build()
