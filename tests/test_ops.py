"""Every rule of the table against a measured gradient and against PyTorch's numbers."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from autodiff_cases import CASES, OURS, inputs, upstream
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from scipy.optimize import check_grad

from lectureutils import autodiff
from lectureutils.autodiff import Tensor
from lectureutils.gradients import check_gradient
from lectureutils.ops import TABLE, unbroadcast

STORED = json.loads((Path(__file__).parent / "torch_references.json").read_text("utf-8"))["cases"]
KINKS = {"maximum, ties", "max, ties", "min, ties"}  # there both sides differ; a measured slope mixes them


def run(name, arrays):
    """Return the value of a case and the gradients by its inputs."""
    tensors = [Tensor(array) for array in arrays]
    root = CASES[name][2](OURS, *tensors)
    root.backward(upstream(name, root.shape))
    return root, [tensor.grad for tensor in tensors]


def agree(mine, theirs):
    """Compare to the last digits: sums in another order round differently."""
    assert np.shape(mine) == np.shape(theirs)
    np.testing.assert_allclose(mine, theirs, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", CASES)
def test_value_and_gradients_are_those_of_pytorch(name):
    stored = STORED[name]
    root, grads = run(name, [np.array(array) for array in stored["inputs"]])
    agree(root.data, stored["value"])
    agree(upstream(name, root.shape), stored["upstream"])
    for mine, theirs in zip(grads, stored["gradients"], strict=True):
        agree(mine, theirs)


def test_pytorch_itself_where_it_is_installed():
    pytest.importorskip("torch")
    from tools.build_torch_references import compute

    for name, seed in itertools.product(CASES, range(1, 4)):
        arrays = inputs(name, seed)
        theirs, (root, grads) = compute(name, arrays), run(name, arrays)
        agree(root.data, theirs["value"])
        for mine, gradient in zip(grads, theirs["gradients"], strict=True):
            agree(mine, gradient)


@pytest.mark.parametrize("name", [name for name in CASES if name not in KINKS])
def test_gradients_are_the_measured_ones(name):
    arrays = inputs(name)
    _, grads = run(name, arrays)
    for place, (array, grad) in enumerate(zip(arrays, grads, strict=True)):

        def loss(changed, place=place):
            tensors = [Tensor(changed if i == place else other) for i, other in enumerate(arrays)]
            root = CASES[name][2](OURS, *tensors)
            return float((root.data * upstream(name, root.shape)).sum())

        report = check_gradient(loss, array, grad)
        assert report, f"input {place}: {report}"


def test_every_operation_of_the_table_has_a_case():
    used = set()
    for name in CASES:
        used |= {node.op for node in autodiff.tape(run(name, inputs(name))[0])}
    assert used >= set(TABLE), f"no case for {set(TABLE) - used}"
    assert set(STORED) == set(CASES), "run tools/build_torch_references.py anew"


def test_scipy_agrees_with_the_network():
    arrays = inputs("network")
    sizes = np.cumsum([array.size for array in arrays])[:-1]

    def tensors(flat):
        return [Tensor(part.reshape(array.shape)) for part, array in zip(np.split(flat, sizes), arrays, strict=True)]

    def value(flat):
        return float(CASES["network"][2](OURS, *tensors(flat)).data)

    def gradient(flat):
        parts = tensors(flat)
        CASES["network"][2](OURS, *parts).backward()
        return np.concatenate([part.grad.ravel() for part in parts])

    flat = np.concatenate([array.ravel() for array in arrays])
    assert check_grad(value, gradient, flat) < 1e-6 < np.linalg.norm(gradient(flat))


# ---- what passes forward passes back: every combination of small shapes, axes and indices

SHAPES = [(), (1,), (2,), (3,), (1, 2), (2, 1), (2, 2), (3, 2), (2, 3), (1, 1, 2), (2, 3, 2)]
AXES = [None, 0, 1, 2, -1, -2, -3, (), (0,), (0, 1), (1, 0), (0, -1), (-1, -2), (0, 1, 2), (0, 0), 3]
INDICES = [0, -1, slice(1, None), slice(None, None, -1), slice(0, 0), ..., None, (..., 0), (0, 1), (None, 1),
           (slice(None), [1, 0]), [0, 0, 1], [[0, 1], [1, 1]], [True, False], [], (0, 0, 0), np.array([1, 1]),
           np.int64(1)]  # fmt: skip


def passes_back(compute, *shapes):
    """Say whether `compute` accepts inputs of these shapes; if so, its gradients must be the measured ones."""
    rng = np.random.default_rng(0)
    arrays = [rng.permutation(np.arange(1.0, 1 + math.prod(shape))).reshape(shape) / 7 for shape in shapes]
    tensors = [Tensor(array) for array in arrays]
    try:
        out = compute(*tensors)
    except (ValueError, IndexError):
        return False
    start = rng.uniform(0.5, 1.5, out.shape)
    out.backward(start) if out.data.size else out.sum().backward()
    for place, (array, tensor) in enumerate(zip(arrays, tensors, strict=True)):

        def loss(changed, place=place):
            some = [Tensor(changed if i == place else other) for i, other in enumerate(arrays)]
            return float((compute(*some).data * start).sum())

        assert np.shape(tensor.grad) == array.shape
        assert check_gradient(loss, array, tensor.grad), f"input {place} of {shapes}"
    return True


def count(compute, *choices):
    return sum(passes_back(lambda *x, settings=settings: compute(*x, *settings), *shapes)
               for shapes, *settings in itertools.product(*choices))  # fmt: skip


@pytest.mark.parametrize("op", ["add", "sub", "mul", "div", "maximum", "matmul"])
def test_two_inputs_pass_back_wherever_numpy_takes_them(op):
    numpy_takes, here = {"sub": np.subtract, "mul": np.multiply, "div": np.divide}.get(op) or getattr(np, op), 0
    for shapes in itertools.product(SHAPES, repeat=2):
        try:
            numpy_takes(*map(np.ones, shapes))
            here += 1
            assert passes_back(lambda a, b: autodiff.call(op, (a, b)), *shapes)
        except ValueError:
            assert not passes_back(lambda a, b: autodiff.call(op, (a, b)), *shapes)
    assert here > 30


def test_affine_takes_what_it_says_and_refuses_the_rest_at_once():
    triples = itertools.product(SHAPES, SHAPES, SHAPES)
    taken = [shapes for shapes in triples if passes_back(autodiff.affine, *shapes)]
    assert all(len(W) == 2 and b == W[:1] and X[-1:] == W[1:] for X, W, b in taken)
    assert {((2,), (3, 2), (3,)), ((3, 2), (2, 2), (2,)), ((2, 3, 2), (1, 2), (1,))} <= set(taken)
    assert not passes_back(autodiff.affine, (3, 2), (2,)), "W has to be a matrix"


@pytest.mark.parametrize("op", ["sum", "mean", "max", "min"])
def test_reductions_over_any_axes(op):
    shapes = [(shape,) for shape in SHAPES]
    found = count(lambda x, axis, keepdims: autodiff.call(op, (x,), axis, keepdims), shapes, AXES, [False, True])
    assert found > 150


@pytest.mark.parametrize("op", ["concatenate", "stack"])
def test_joining_along_any_axis(op):
    assert count(lambda a, b, axis: autodiff.call(op, (a, b), axis), itertools.product(SHAPES, repeat=2), AXES) > 50


def test_every_order_of_axes_with_every_sign():
    for n, shape in enumerate([(2,), (2, 3), (2, 3, 4), (2, 1, 3, 2)], start=1):
        orders = [axes for axes in itertools.product(range(-n, n), repeat=n) if len({axis % n for axis in axes}) == n]
        assert len(orders) == math.factorial(n) * 2**n
        assert count(lambda x, axes: x.transpose(*axes), [(shape,)], orders) == len(orders)


def test_every_kind_of_index():
    found = {str(index): [shape for shape in SHAPES if passes_back(lambda x, index=index: x[index], shape)]
             for index in INDICES}  # fmt: skip
    assert all(found.values()), found


def test_shapes_of_any_kind():
    for shape in [(6,), (3, -1), -1, (1, 2, 3, 1), [3, 2], np.array([2, 3])]:
        assert passes_back(lambda x, shape=shape: x.reshape(shape), (2, 3)), shape
    assert not passes_back(lambda x: x.reshape(4), (2, 3))


@pytest.mark.parametrize("came, shape", [((2, 3), (4,)), ((2, 3), (2, 2)), ((2, 3), (1, 2, 3)), ((3,), (1, 3))])
def test_unbroadcast_refuses_what_was_not_repeated(came, shape):
    with pytest.raises(ValueError, match=r"unbroadcast: got a gradient of shape \(.*\) for an input of shape"):
        unbroadcast(np.ones(came), shape)


# ---- random shapes and random graphs

SMOOTH = ["tanh", "sigmoid", "exp"]


@st.composite
def graphs(draw):
    """Draw leaves that broadcast against each other, and the steps of a graph over them."""
    full = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    seed = draw(st.integers(0, 2**16))
    cuts = draw(st.lists(st.tuples(st.integers(0, len(full)), st.lists(st.booleans(), min_size=3, max_size=3)),
                         min_size=1, max_size=3))  # fmt: skip
    shapes = [tuple(full)] + [tuple(1 if one else n for n, one in zip(full, ones, strict=False))[drop:]
                              for drop, ones in cuts]  # fmt: skip
    steps = draw(st.lists(st.tuples(st.sampled_from(["+", "-", "*", "/", *SMOOTH, "sum", "mean", "T", "[]"]),
                                    st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7))  # fmt: skip
    return shapes, seed, steps


def build(leaves, steps):
    """Compute the graph that `graphs` has drawn; the result is one number."""
    made = list(leaves)
    for step, i, j in steps:
        a, b = made[i % len(made)], made[j % len(made)]
        if step in SMOOTH:
            made.append(getattr(a * 0.5, step)())
        elif step in ("sum", "mean"):
            made.append(getattr(a, step)(axis=j % len(a.shape) if a.shape else None, keepdims=True))
        elif step == "T":
            made.append(a.transpose().tanh().transpose())
        elif step == "[]":
            made.append(a + a[(0,) * len(a.shape)])
        else:
            made.append({"+": a + b, "-": a - b, "*": a * b, "/": a / (b * b + 1)}[step])
    return (sum(made[1:], start=made[0]) * 0.1).tanh().sum()


@effort(max_examples=60, deadline=None)
@given(graph=graphs())
def test_random_graphs_agree_with_measured_gradients(graph):
    shapes, seed, steps = graph
    rng = np.random.default_rng(seed)
    arrays = [rng.uniform(-1, 1, shape) for shape in shapes]
    leaves = [Tensor(array) for array in arrays]
    build(leaves, steps).backward()
    for place, leaf in enumerate(leaves):

        def loss(changed, place=place):
            parts = [Tensor(array) for array in arrays]
            parts[place] = Tensor(changed)
            return float(build(parts, steps).data)

        assert leaf.grad.shape == leaf.shape
        report = check_gradient(loss, arrays[place], leaf.grad, tolerance=1e-4)
        assert report, report


@given(small=st.sampled_from([(), (1,), (3,), (2, 1), (2, 3), (1, 1, 3)]),
       large=st.sampled_from([(2, 3), (4, 2, 3), (1, 2, 3)]))  # fmt: skip
def test_unbroadcast_counts_how_often_an_entry_was_repeated(small, large):
    shape = np.broadcast_shapes(small, large)
    assert unbroadcast(np.ones(shape), small).shape == small
    np.testing.assert_array_equal(unbroadcast(np.ones(shape), small) * np.ones(small),
                                  np.full(small, np.prod(shape) / np.prod(small)))  # fmt: skip


# ---- kinks, ties and extremes, by hand


def slope(f, x):
    x = Tensor(x)
    f(x).sum().backward()
    return x.grad.tolist()


def test_slopes_at_kinks_and_ties():
    assert slope(lambda x: x.relu(), [-1.0, 0.0, 2.0]) == [0, 0, 1]
    assert slope(abs, [-1.0, 0.0, 2.0]) == [-1, 0, 1]
    assert slope(lambda x: x.maximum(0), [-1.0, 0.0, 2.0]) == [0, 0.5, 1]
    assert slope(lambda x: x.max(), [3.0, 1.0, 3.0]) == [0.5, 0, 0.5]
    assert slope(lambda x: x**0, [0.0, 2.0]) == [0, 0]
    assert slope(lambda x: x**1, [0.0, -2.0]) == [1, 1]
    assert slope(lambda x: 0**x, [1.0, 2.0]) == [0, 0]


def test_sigmoid_does_not_overflow_and_keeps_its_small_digits():
    out = Tensor([-1000.0, -40.0, 0.0, 1000.0]).sigmoid()
    np.testing.assert_allclose(out.data, [0, np.exp(-40.0), 0.5, 1], rtol=1e-12)
