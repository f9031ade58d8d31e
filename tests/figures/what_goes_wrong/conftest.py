"""The data that the figures of notebook 06 are drawn for."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def wave():
    x = np.linspace(-2.6, 2.6, 9)
    return x, np.sin(3 * x + 0.6) + 0.15 * np.random.default_rng(1).normal(size=9)


@pytest.fixture
def line():
    rng = np.random.default_rng(0)
    x = rng.normal(size=64)
    return x, 0.8 * x - 0.5 + 0.6 * rng.normal(size=64)
