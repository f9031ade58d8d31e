"""Training epoch by epoch: curves, mistakes and words are those of the plain loop, and Stop keeps what was learned."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from drive import check, send

from figures.train_a_network.making import make
from lectureutils import optim
from lectureutils.autodiff import fused
from lectureutils.figures import TrainingFigure
from lectureutils.figures.train_a_network import patience
from lectureutils.figures.train_a_network.training import mosaic
from lectureutils.losses import cross_entropy
from lectureutils.nn import update
from lectureutils.train import accuracy, minibatches


def test_the_figure_trains_as_the_loop_does(learner, digits):
    train, test = digits
    rng, state, seen = np.random.default_rng(0), None, []
    network = make(rng)
    for _ in range(2):
        for X, y in minibatches(train.X, train.y, 32, rng):
            fused(cross_entropy, network(X), y).backward()
            state = update(network.parameters(), optim.adam, learner.trainer.learning_rate, state)
        scores = [network(part.X).data for part in digits]
        seen.append([cross_entropy(s, part.y)[0] for s, part in zip(scores, digits, strict=True)])
        learner.refresh(learner.advance)
    for line, losses in zip(learner.curves.losses, np.transpose(seen), strict=True):
        assert line.get_xdata().tolist() == [0, 1, 2]
        assert line.get_ydata()[1:] == pytest.approx(losses)
    assert [line.get_ydata()[-1] for line in learner.curves.shares] == pytest.approx(
        [accuracy(s, part.y) for s, part in zip(scores, digits, strict=True)]
    )
    assert learner.bar.get_width() == 2
    wrong = np.flatnonzero(scores[1].argmax(axis=1) != test.y)
    said = scores[1].argmax(axis=1)
    assert learner.gallery.labels.get_texts()[: len(wrong)] == [f"{test.y[i]} > {said[i]}" for i in wrong[:12]]
    assert f"{len(wrong)} wrong" in learner.canvas.text
    check(learner, "two epochs")


def test_stop_keeps_what_was_learned_and_the_end_stops(learner):
    player = learner.parts[-1]
    assert player.play.description == "Train"
    player.play.click()
    assert learner.canvas.playing and player.play.description == "Stop"
    send(learner.canvas, tick=1)
    learned = [p.data for p in learner.network.parameters()]
    player.play.click()
    assert not learner.canvas.playing and player.play.description == "Train"
    send(learner.canvas, tick=2)
    assert len(learner.seen) == 2, "a tick after Stop does nothing"
    assert all(p.data is old for p, old in zip(learner.network.parameters(), learned, strict=True))
    player.play.click()
    for tick in range(3, 9):
        send(learner.canvas, tick=tick)
    assert len(learner.seen) == 4 and not learner.canvas.playing
    assert "Done." in learner.canvas.text
    learner.reset()
    assert "Epoch 0 of 3, 0 updates" in learner.canvas.text


def test_a_training_that_diverges_says_so(learner):
    learner.trainer.rule = optim.sgd
    learner.set(rate=learner.controls["rate"].inputs[0].base ** learner.controls["rate"].inputs[0].max)
    learner.trainer.parameters[0].data = learner.trainer.parameters[0].data * 1e306
    learner.refresh(learner.advance)
    assert learner.error is None and "Diverged" in learner.canvas.text
    check(learner, "diverged")


def test_images_must_be_those_of_the_test_set(digits):
    with pytest.raises(ValueError, match="got 3 for 449"):
        TrainingFigure(make, *digits, digits[1].images[:3])


def test_the_mosaic_shows_the_pictures_in_order():
    images = np.linspace(0, 1, 5 * 8 * 8 * 3).reshape(5, 8, 8, 3)
    page = mosaic(images, 2, 4)[::-1] / 255
    assert page[:8, 1:9] == pytest.approx(images[0], abs=0.003)
    assert page[10:18, 1:9] == pytest.approx(images[4], abs=0.003)
    assert (page[10:, 10:] == 1).all()


def test_in_the_browser_an_epoch_comes_in_parts_and_is_the_same(digits, monkeypatch):
    whole, parts = (TrainingFigure(make, *digits, digits[1].images, epochs=1) for _ in range(2))
    whole.advance()
    monkeypatch.setattr(patience, "time", SimpleNamespace(perf_counter=lambda: -1.0))
    monkeypatch.setattr(sys, "platform", "emscripten")
    parts.canvas.playing, frames = True, 0
    while len(parts.seen) == 1:
        parts.advance()
        frames += 1
    assert frames == 44 and parts.seen == whole.seen
