"""Graphs that both this package and PyTorch can compute, written once.

`lib` is `OURS` or PyTorch's counterpart in tools/build_torch_references.py; tensors of both understand the rest.
A case is (shapes of the inputs, the smallest value an input may take or None, the function).
"""

import types
import zlib

import numpy as np

from lectureutils import autodiff, losses

LABELS = np.array([2, 0, 1, 2])
OURS = types.SimpleNamespace(
    affine=autodiff.affine, permute=autodiff.Tensor.transpose, maximum=autodiff.maximum, where=autodiff.where,
    concatenate=autodiff.concatenate, stack=autodiff.stack, amax=lambda x, axis, keepdims: x.max(axis, keepdims),
    amin=lambda x, axis, keepdims: x.min(axis, keepdims), data=lambda x: x.data,
    **{name: (lambda loss: lambda scores: autodiff.fused(loss, scores, LABELS))(getattr(losses, name))
       for name in ("hinge", "l1", "l2", "cross_entropy")},
    l2_penalty=lambda W: autodiff.fused(losses.l2_penalty, W),
)  # fmt: skip
M, POSITIVE = (4, 3), 0.2

CASES = {
    "add": ([M, (3,)], None, lambda lib, a, b: a + b + 2),
    "sub": ([(4, 1), M], None, lambda lib, a, b: 1 - (a - b)),
    "mul": ([M, (1, 3)], None, lambda lib, a, b: 3 * (a * b)),
    "div": ([(3,), M], POSITIVE, lambda lib, a, b: 2 / (a / b)),
    "pow": ([M, (3,)], POSITIVE, lambda lib, a, b: a**b + a**3 + 2**b),
    "pow of a negative base": ([M], None, lambda lib, a: a**2 - a**3),
    "neg": ([M], None, lambda lib, a: -a * a),
    "maximum": ([M, (3,)], None, lambda lib, a, b: lib.maximum(a, b) * a),
    "maximum, ties": ([M], None, lambda lib, a: lib.maximum(a * a, (a * a) + 0)),
    "where": ([M, M], None, lambda lib, a, b: lib.where(lib.data(a) > 0, a * b, b)),
    "matmul": ([M, (3, 2)], None, lambda lib, a, b: a @ b),
    "matmul, vector first": ([(3,), (3, 2)], None, lambda lib, a, b: a @ b),
    "matmul, vector last": ([M, (3,)], None, lambda lib, a, b: a @ b),
    "matmul, two vectors": ([(3,), (3,)], None, lambda lib, a, b: a @ b),
    "matmul, stacks": ([(2, 1, 4, 3), (5, 3, 2)], None, lambda lib, a, b: a @ b),
    "matmul, stack and vector": ([(2, 4, 3), (3,)], None, lambda lib, a, b: a @ b),
    "matmul, vector and stack": ([(4,), (2, 4, 3)], None, lambda lib, a, b: a @ b),
    "relu": ([M], None, lambda lib, a: a.relu()),
    "sigmoid": ([M], None, lambda lib, a: (20 * a).sigmoid() + a.sigmoid()),
    "tanh": ([M], None, lambda lib, a: a.tanh()),
    "exp": ([M], None, lambda lib, a: a.exp()),
    "log": ([M], POSITIVE, lambda lib, a: a.log()),
    "abs": ([M], None, lambda lib, a: abs(a) + a.abs()),
    "sqrt": ([M], POSITIVE, lambda lib, a: a.sqrt()),
    "sum": ([(2, 4, 3)], None, lambda lib, a: a.sum() * a.sum(axis=(0, 2)) * a.sum(axis=-1, keepdims=True)),
    "mean": ([(2, 4, 3)], None, lambda lib, a:
             a.mean() * a.mean(axis=(0, 2)).reshape(4, 1) * a.mean(axis=1, keepdims=True)),
    "max": ([M], None, lambda lib, a: a * lib.amax(a, 1, True) + lib.amax(a, 0, False)),
    "max, ties": ([M], None, lambda lib, a: lib.amax(lib.concatenate([a, a], 1), 1, True)),
    "min": ([M], None, lambda lib, a: a * lib.amin(a, 1, True) + lib.amin(a, 0, False)),
    "min, ties": ([M], None, lambda lib, a: lib.amin(lib.concatenate([a, a], 1), 1, True)),
    "reshape": ([M], None, lambda lib, a: a.reshape(2, 6) * a.reshape((6, 2)).T),
    "transpose": ([M], None, lambda lib, a: a @ a.T),
    "transpose, axes from the end": ([(2, 4, 3)], None, lambda lib, a: lib.permute(a, (-1, 0, 1)) ** 2),
    "getitem": ([M], None, lambda lib, a: a[1] * a[2:, :1] * a[[0, 0, 3], 1].sum() + a[-1, 2]),
    "concatenate": ([M, (2, 3)], None, lambda lib, a, b: lib.concatenate([a, b, a], 0).exp()),
    "concatenate, axis -1": ([M, (4, 1)], None, lambda lib, a, b: lib.concatenate([a, b], -1) ** 2),
    "stack": ([M, M], None, lambda lib, a, b: lib.stack([a, b * b, a], 1).exp()),
    "affine": ([M, (2, 3), (2,)], None, lambda lib, X, W, b: lib.affine(X, W, b)),
    "affine without b": ([M, (2, 3)], None, lambda lib, X, W: lib.affine(X, W, None)),
    "affine, one example": ([(3,), (2, 3), (2,)], None, lambda lib, x, W, b: lib.affine(x, W, b)),
    "affine, three axes": ([(2, 4, 3), (2, 3), (2,)], None, lambda lib, X, W, b: lib.affine(X, W, b)),
    "branches": ([M], None, lambda lib, a: (a * a + a).tanh() * a + a),
    "hinge": ([M], None, lambda lib, s: lib.hinge(s * 2)),
    "l1": ([M], None, lambda lib, s: lib.l1(s * s)),
    "l2": ([M], None, lambda lib, s: lib.l2(s) * 3),
    "cross_entropy": ([M], None, lambda lib, s: lib.cross_entropy(s)),
    "network": ([M, (5, 3), (5,), (3, 5), (3,)], None, lambda lib, X, W1, b1, W2, b2: lib.cross_entropy(
        lib.affine(lib.affine(X, W1, b1).relu(), W2, b2)) + 0.01 * (lib.l2_penalty(W1) + lib.l2_penalty(W2))),
}  # fmt: skip


def inputs(name: str, seed: int = 0) -> list[np.ndarray]:
    """Draw a case's inputs; the same name and seed give the same numbers."""
    shapes, low, _ = CASES[name]
    rng = np.random.default_rng([zlib.crc32(name.encode()), seed])
    return [rng.uniform(low or -1.5, 1.5, shape).round(4) for shape in shapes]


def upstream(name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Draw the gradient that a case starts from, so that no two entries count alike."""
    return np.random.default_rng(zlib.crc32(name.encode())).uniform(0.5, 1.5, shape).round(4)
