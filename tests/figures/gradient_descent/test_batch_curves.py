"""The same loss, counted in steps and in examples."""

import numpy as np
import pytest

from figures.gradient_descent.making import points
from lectureutils import data
from lectureutils.figures import BatchCurvesFigure
from lectureutils.train import steps


def test_curves_count_steps_and_examples():
    digits = data.load_digits().take(range(200))
    runs = {size: list(steps(digits.X, digits.y, batch_size=size, epochs=3, chunk=1)) for size in (20, 500)}
    figure = BatchCurvesFigure(runs, n=200)
    small, full = figure.lines
    assert points(small)[:3, 0].tolist() == [20, 40, 60] and points(full)[:, 0].tolist() == [200, 400, 600]
    np.testing.assert_allclose(points(small)[:, 1], [now.loss for now in runs[20]][1:])
    figure.set(budget=200.0)
    assert points(figure.marks[0])[0].tolist() == [200, runs[20][10].loss]
    assert f"batch of 20 {runs[20][10].loss:.3f}, batch of 500 {runs[500][1].loss:.3f}" in figure.canvas.text
    assert "Best: batch of 20" in figure.canvas.text
    figure.set(count="steps", budget=figure.controls["budget"].inputs[0].min)
    figure.set(budget=66.0)
    assert points(small)[:3, 0].tolist() == [1, 2, 3] and points(figure.marks[1])[0].tolist() == [3, runs[500][3].loss]
    assert f"batch of 500 ended at 3 with {runs[500][3].loss:.3f}" in figure.canvas.text
    assert "Best" not in figure.canvas.text, "there is nothing to compare with"
    figure.set(count="examples", budget=100.0)
    assert "batch of 500 has no step yet" in figure.canvas.text and not len(points(figure.marks[1]))


@pytest.mark.parametrize("seed", [0, 1])
def test_noisy_steps_win_for_each_example_and_keep_up_for_each_step(seed):
    train, _ = data.load_digits().random_split(seed=0)
    plans = {1: 1, 16: 10, len(train): 80}
    runs = {
        size: list(steps(train.X, train.y, batch_size=size, epochs=epochs, seed=seed)) for size, epochs in plans.items()
    }
    after_one_pass = {size: run[1].loss for size, run in runs.items()}
    assert after_one_pass[1] < 0.5 * after_one_pass[16] < after_one_pass[len(train)]
    few, all_of_them = runs[16][1], runs[len(train)][80]  # 85 steps of 16 against 80 of all
    assert few.loss == pytest.approx(all_of_them.loss, rel=0.1)


def test_curves_refuse_too_many_runs():
    with pytest.raises(ValueError, match="runs: got 0 of them, expected 1 to 5"):
        BatchCurvesFigure({}, 10)
