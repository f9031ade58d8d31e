"""A step of the trainer, against the gradient of loss and penalty; and the step that is taken back."""

import numpy as np
import pytest
from figures.train_a_network.making import by_hand, layers_of

from lectureutils import data, optim
from lectureutils.autodiff import fused
from lectureutils.figures.train_a_network.playground import build
from lectureutils.losses import hinge, l2_penalty
from lectureutils.nn import update
from lectureutils.train import accuracy
from lectureutils.trainer import Trainer


def test_a_step_is_the_gradient_of_loss_and_penalty():
    X, y = data.moons(5).X, data.moons(5).y
    trainer = Trainer(build([2, 3, 2], "ReLU"), optim.sgd, 0.5, hinge, lam=0.1)
    twin = build([2, 3, 2], "ReLU")
    assert trainer.step(X, y)
    loss = fused(hinge, twin(X), y)
    for W in twin.parameters()[::2]:
        loss = loss + 0.1 * fused(l2_penalty, W)
    loss.backward()
    update(twin.parameters(), optim.sgd, 0.5)
    for ours, theirs in zip(trainer.parameters, twin.parameters(), strict=True):
        assert ours.data == pytest.approx(theirs.data)
    assert trainer.updates == 1
    assert trainer.measure(X, y)[0] == pytest.approx(hinge(by_hand(X, layers_of(twin)), y)[0])
    assert trainer.measure(X, y)[1] == accuracy(by_hand(X, layers_of(twin)), y)


def test_a_step_that_leaves_the_numbers_is_taken_back():
    X, y = data.moons(5).X, data.moons(5).y
    trainer = Trainer(build([2, 3, 2], "ReLU"), optim.sgd, 1e200)
    kept = []
    for _ in range(50):
        kept.append([p.data for p in trainer.parameters])
        if not trainer.step(X, y):
            break
    assert trainer.diverged and not trainer.step(X, y)
    assert all(np.isfinite(p.data).all() for p in trainer.parameters)
    assert all(p.data is old for p, old in zip(trainer.parameters, kept[-1], strict=True))
    assert trainer.updates == len(kept) - 1
