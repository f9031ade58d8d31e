"""Typed formulas: what they compute, and what is refused with a reason."""

import numpy as np
import pytest

from lectureutils.autodiff import Tensor
from lectureutils.figures.backpropagation.parse import parse


@pytest.mark.parametrize(("typed", "names", "expected"), [
    ("x*y + z", "xyz", lambda x, y, z: x * y + z),
    ("-x ** 2 / 4", "x", lambda x: -(x**2) / 4),
    ("max(z, y) - relu(-y)", "yz", lambda y, z: max(z, y) - max(-y, 0)),
    ("sigmoid(x) * tanh(y) + exp(-z)", "xyz", lambda x, y, z: 1 / (1 + np.exp(-x)) * np.tanh(y) + np.exp(-z)),
    (" sqrt(abs(x)) + log(y * y + 1) ", "xy", lambda x, y: np.sqrt(abs(x)) + np.log(y * y + 1)),
])  # fmt: skip
def test_a_formula_computes_what_it_says(typed, names, expected):
    formula = parse(typed)
    assert formula.names == tuple(names)
    for numbers_in in np.random.default_rng(3).uniform(-3, 3, (5, len(names))):
        result = formula.function(*[Tensor(float(number)) for number in numbers_in])
        assert float(result.data) == pytest.approx(expected(*numbers_in))


@pytest.mark.parametrize(("typed", "reason"), [
    ("2x", "Write each operation out"), ("x +", "can't be read"), ("", "can't be read"), ("x\0", "can't be read"),
    ("x ^ 2", "A power is written"), ("w + x", "'w' is not on the list"), ("x ** y", "exponent"),
    ("__import__('os').remove('f')", "not on the list"), ("x.data", "'x.data' is not on the list"),
    ("(lambda: x)()", "not on the list"), ("x if y else z", "not on the list"), ("[x][0]", "not on the list"),
    ("x < y", "not on the list"), ("True + x", "'True' is not on the list"), ("x + 1e9", "below a million"),
    ("x + 1e999", "below a million"), ("exp(x, y)", "exp got 2 inputs"), ("max(x)", "max got 1 inputs"),
    ("max(x, y=1)", "not on the list"), ("exp(*x)", "not on the list"), ("x * 'a'", "not on the list"),
    ("x", "got 0 operations"), ("1 + 2", "on 0 of x, y, z"), ("x" + " + x" * 12, "got 12 operations"),
    ("x" * 81, "got 81 characters"), ("(" * 80, "can't be read"), ("x ** (1, 2)", "exponent"), ("x ** -'a'", "list"),
    ("eval(x)", "'eval(x)' is not on the list"), ("x ** ~2", "not on the list"), ("x @ y", "not on the list"),
])  # fmt: skip
def test_what_is_not_on_the_list_is_refused_with_a_reason(typed, reason):
    with pytest.raises(ValueError, match="^formula: ") as error:
        parse(typed)
    assert reason in str(error.value)
