"""The order of the mini-batches, and the running mean."""

import numpy as np

from lectureutils.figures.gradient_descent import passes


def test_batches_visit_every_example_in_each_epoch_in_another_order():
    found = list(passes.batches(10, 4, 6))
    assert [len(rows) for rows in found] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(found[:3]), np.concatenate(found[3:])
    assert sorted(first) == sorted(second) == list(range(10)) and first.tolist() != second.tolist()


def test_running_mean():
    assert passes.running_mean(np.array([3.0, 1, 5, 3]), 2).tolist() == [3, 2, 3, 4]
