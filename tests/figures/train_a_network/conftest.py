"""Figures that several tests of a module look at."""

import numpy as np
import pytest

from figures.train_a_network.making import make
from lectureutils import data
from lectureutils.figures import OwnDigitFigure, PlaygroundFigure, SymptomFigure, TrainingFigure
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer


@pytest.fixture(scope="module")
def digits():
    return data.load_digits().random_split(0.25, seed=0)


@pytest.fixture(scope="module")
def learner(digits):
    return TrainingFigure(make, *digits, digits[1].images, epochs=3)


@pytest.fixture(scope="module")
def symptoms():
    return SymptomFigure()


@pytest.fixture(scope="module")
def playground():
    return PlaygroundFigure()


@pytest.fixture(scope="module")
def reader():
    digits, rng = data.load_digits(), np.random.default_rng(0)
    trainer = Trainer(make(rng))
    for _ in range(10):
        for X, y in minibatches(digits.X, digits.y, 32, rng):
            trainer.step(X, y)
    return OwnDigitFigure(trainer.network)
