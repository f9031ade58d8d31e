"""A bend of one's own: its slope is checked or measured, and what is no bend is refused with words that help."""

import math

import numpy as np
import pytest

from lectureutils.autodiff import Tensor
from lectureutils.bends import Bend


def relu(z):
    return np.maximum(z, 0)


def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def step(z):
    return 1.0 * (z > 0)


KNOWN = {
    "ReLU": (relu, step),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "square": (np.square, lambda z: 2 * z),
    "sine": (np.sin, np.cos),
    "step": (step, np.zeros_like),
    "identity": (lambda z: z, np.ones_like),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_slope_is_taken_or_measured(name):
    function, slope = KNOWN[name]
    z = np.array([[-2.0, -0.3, 0.4], [1.0, 3.0, 0.1]])
    for bend in (Bend(function, slope), Bend(function)):
        x = Tensor(z)
        out = bend(x)
        out.backward(np.full(z.shape, 2.0))
        assert out.data == pytest.approx(function(z))
        assert x.grad == pytest.approx(2 * slope(z), abs=1e-8)


def test_measured_and_derived_agree_for_gelu():
    x = Tensor(np.linspace(-3, 3, 13))
    Bend(gelu)(x).backward(np.ones(13))
    inner = np.sqrt(2 / np.pi) * (x.data + 0.044715 * x.data**3)
    derived = 0.5 * (1 + np.tanh(inner)) + 0.5 * x.data / np.cosh(inner) ** 2 * np.sqrt(2 / np.pi) * (
        1 + 3 * 0.044715 * x.data**2
    )
    assert x.grad == pytest.approx(derived, abs=1e-8)
    assert repr(Bend(gelu)) == "Bend(gelu)"


def with_if(z):
    return z if z > 0 else 0.0


def in_place(z):
    z[z < 0] = 0
    return z


def forgotten(z):
    np.maximum(z, 0)


@pytest.mark.parametrize(("function", "slope", "words"), [
    ("relu", None, "activation: got 'relu', expected a function"),
    (with_if, None, "activation: got ValueError .*np.where"),
    (lambda z: math.exp(z), None, "activation: got TypeError .*np.exp"),
    (in_place, None, "activation: got ValueError .*returns a new one"),
    (forgotten, None, "activation: got None .*return"),
    (np.sum, None, r"activation: got shape \(\) for an array of shape"),
    (np.log, None, r"activation\(z\): got .* finite"),
    (lambda z: z / np.abs(z).sum(axis=1, keepdims=True) * np.arange(z.shape[1]), None, "depending on what stands"),
    (np.tanh, "cosh", "slope: got 'cosh', expected a function"),
    (np.tanh, lambda z: 1 - z**2, r"slope: got -\d+\.\d+ at z = -?\d\.\d\d, expected \d\.\d+"),
    (np.tanh, np.tanh, "slope: got"),
    (np.square, lambda z: z, "slope: got"),
    (relu, lambda z: 1.0 * (z < 0), "slope: got"),
    (np.sin, lambda z: -np.cos(z), "slope: got"),
    (np.sin, lambda z: 1.01 * np.cos(z), "slope: got"),
    (np.sin, lambda z: 1.0, r"slope: got shape \(\)"),
])  # fmt: skip
def test_what_is_no_bend_is_refused(function, slope, words):
    with pytest.raises(ValueError, match=words):
        Bend(function, slope)
