"""Each rule walks the same 100 steps as PyTorch: stored values always, PyTorch itself where it is installed."""

from pathlib import Path

import numpy as np
import pytest

from lectureutils.optim import RULES, clip
from tools.build_optimizer_reference import CASES, EVERY, STEPS, clipped_by_torch, gradients, torch_path

CLOSE = {"rtol": 0, "atol": 1e-10}


@pytest.fixture(scope="module")
def stored():
    with np.load(Path(__file__).parent / "reference" / "optimizers.npz") as file:
        return dict(file)


def walk(name, start, grads):
    """Return W and b after every step of our rule for the case `name`."""
    (rule, options), _, rate = CASES[name]
    params, state, path = start, None, []
    for pair in grads:
        params, state = RULES[rule](params, pair, rate, state, **options)
        path.append(params)
    return [W for W, _ in path], [b for _, b in path]


def start_and_gradients(stored):
    return (stored["W"], stored["b"]), list(zip(stored["dW"], stored["db"], strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_rule_agrees_with_stored_values(stored, name):
    start, grads = start_and_gradients(stored)
    assert len(grads) == STEPS == 100
    Ws, bs = walk(name, start, grads)
    np.testing.assert_allclose(Ws[EVERY - 1 :: EVERY], stored[f"{name}.W"], **CLOSE)
    np.testing.assert_allclose(bs[EVERY - 1 :: EVERY], stored[f"{name}.b"], **CLOSE)
    assert np.abs(np.array(Ws[-1]) - start[0]).max() > 0.1, "the walk goes somewhere"


def test_every_rule_is_compared_and_the_gradients_are_hard(stored):
    assert {rule for (rule, _), _, _ in CASES.values()} == set(RULES)
    sizes = np.abs(stored["dW"][stored["dW"] != 0])
    assert sizes.max() > 100 and sizes.min() < 1e-5 and (stored["dW"] == 0).any()
    assert str(stored["torch"]) == "2.13.0"


def test_clipping_agrees_with_stored_values(stored):
    """PyTorch divides by the length + 1e-6, so the seventh digit may differ."""
    _, grads = start_and_gradients(stored)
    ours = [clip(pair, 5.0) for pair in grads][EVERY - 1 :: EVERY]
    np.testing.assert_allclose([dW for dW, _ in ours], stored["clip_5.W"], rtol=1e-6)
    np.testing.assert_allclose([db for _, db in ours], stored["clip_5.b"], rtol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_agrees_with_pytorch_itself(name):
    pytest.importorskip("torch")
    start, grads = gradients()
    for ours, theirs in zip(walk(name, start, grads), torch_path(name, start, grads), strict=True):
        np.testing.assert_allclose(ours, theirs, **CLOSE)


def test_the_stored_values_are_what_pytorch_gives(stored):
    pytest.importorskip("torch")
    start, grads = start_and_gradients(stored)
    for name in CASES:
        Ws, bs = torch_path(name, start, grads)
        np.testing.assert_allclose(Ws[EVERY - 1 :: EVERY], stored[f"{name}.W"], **CLOSE)
        np.testing.assert_allclose(bs[EVERY - 1 :: EVERY], stored[f"{name}.b"], **CLOSE)
    np.testing.assert_allclose(clipped_by_torch(grads, 5.0)[0][EVERY - 1 :: EVERY], stored["clip_5.W"], **CLOSE)
