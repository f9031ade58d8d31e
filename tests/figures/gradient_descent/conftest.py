"""The data that several figures of notebook 05 are drawn for."""

import pytest

from lectureutils import data


@pytest.fixture(scope="module")
def penguins():
    some = data.load_penguins().standardised().pick([0, 1])
    return some.X, (some.y == 1).astype(int)
