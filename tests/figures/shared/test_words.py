"""The ways of writing a number: what their docstrings show, and the bad ends."""

import numpy as np
import pytest

from lectureutils.figures.shared import words


@pytest.mark.parametrize("written, says", [
    (words.counted(1, "layer"), "1 layer"),
    (words.counted(0, "layer"), "0 layers"),
    (words.counted(np.int64(3), "layer"), "3 layers"),
    (words.say_number(1.403), "1.403"),
    (words.say_number(np.inf), "infinite"),
    (words.say_number(np.nan), "not a number"),
    (words.say_losses({"hinge": 1.403, "L1": np.inf}), "hinge 1.403, L1 infinite"),
    (words.say_scores(("cat", "car"), [0.631, -0.9694], 2), "cat 0.63, car -0.97"),
    (words.say_power(250.0), "250"),
    (words.say_power(0.05), "0.05"),
    (words.say_power(2e-5), "2e-5"),
    (words.say_slope(0.0249543), "0.02495"),
    (words.say_slope(123456.0), "1e+05"),
    (words.say_slope(-0.0001, narrow=True), "0.000"),
    (words.three_decimals(0.6310), "0.631"),
    (words.three_decimals(-0.00001), "0"),
    (words.two_decimals(-0.041), "−0.04"),
    (words.two_decimals(-0.0), "0"),
    (words.two_decimals(1e-5), "1e−5"),
    (words.two_decimals(0.004), "4e−3"),
    (words.two_decimals(-250), "−2e2"),
    (words.four_digits(-15.25), "−15.25"),
    (words.four_digits(2e-5), "2.0e−05"),
    (words.four_digits(np.nan), "NaN"),
    (words.few_digits(-12500), "−1.25e+04"),
    (words.few_digits(-0.0), "0"),
    (words.in_brackets(-2.0), "(−2)"),
    (words.in_brackets(2.0), "2"),
])  # fmt: skip
def test_numbers_become_words(written, says):
    assert written == says
