"""How much the tape costs: one training step next to the same step written out in NumPy, and next to other engines.

Everything is timed in one process with one thread for matrices, in turns: a round times each engine once and divides by
the NumPy step of that round. The other engines live in an environment of their own, named by BENCH_PEERS:

    python -m venv peers && peers/bin/pip install numpy torch autograd mygrad micrograd tqdm matplotlib
    BENCH_PEERS=peers/bin/python make bench
"""

import gc
import importlib
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from bench.report import Gate, Outcome
from lectureutils import data
from lectureutils.autodiff import Tensor, affine, fused
from lectureutils.losses import cross_entropy, l2_penalty

Step = Callable[[np.ndarray, np.ndarray], float]
ROOT = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# glibc would give memory back after a step and fetch it again in the next: where the heap ends by chance decides
# whether 96 pages are fetched in each step, by NumPy alone as well (270 or 500 µs at batch 256).
MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(10**8), "MALLOC_TOP_PAD_": str(64 * 10**6)}
LAM, RATE, ROUNDS = 1e-4, 0.1, 60
PEERS = ("torch", "autograd", "mygrad", "micrograd")
NUMPY, FUSED, ELEMENTARY = "NumPy, written out", "this engine, fused", "this engine, elementary operations"
TEXT = f"""One step (forward, backward, update) of a 64-64-10 ReLU network with softmax cross-entropy and an L2 penalty
on the digits, in float64, one thread. *Fused* takes `affine` and the functions of `losses.py` as one node each;
*elementary* writes all of it with `+ * @ exp log sum` and the like. *Times* is the median, over {ROUNDS} rounds, of the
ratio to the first line in the same round. `x*y + z` makes three leaves, two nodes and walks back; the chain is 10,000
times `y = y * x`. Both are timed with Python's garbage collector off: micrograd's graphs are cycles. The clock is
the processor time of the process, so that a busy machine disturbs less."""


def run() -> Outcome:
    """Measure in a process with one thread, with the other engines where they are installed."""
    python = os.environ.get("BENCH_PEERS", sys.executable)
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), **MEMORY, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([python, "-m", "bench.autodiff"], cwd=ROOT, env=environment, check=True, capture_output=True)
    found = json.loads(done.stdout.decode().splitlines()[-1])
    rows = [[work, what, f"{us:.3g}", f"{ratio:.2f}"] for work, times in found["times"].items()
            for what, (us, ratio) in times.items()]  # fmt: skip
    missing = [name for name in PEERS if name not in found["versions"]]
    also = [f"not installed: {', '.join(missing)}"] if missing else []
    also.append(", ".join(f"{name} {version}" for name, version in found["versions"].items()))
    return Outcome("Automatic differentiation", TEXT, ["work", "by", "µs", "times"], rows, _gates(found["times"]),
                   ["lectureutils"], also)  # fmt: skip


def _gates(times: dict) -> list[Gate]:
    small, large = times["step, batch 32"], times["step, batch 256"]
    gates = [
        Gate("fused, batch 32: times NumPy", small[FUSED][1], 1.8, at_most=True),
        Gate("fused, batch 256: times NumPy", large[FUSED][1], 1.4, at_most=True),
        Gate("elementary, batch 32: times NumPy", small[ELEMENTARY][1], 2.5, at_most=True),
        Gate("elementary, batch 256: times NumPy", large[ELEMENTARY][1], 2.3, at_most=True),
    ]
    gates += [Gate(f"{name}, batch 32: times as long as fused", small[name][1] / small[FUSED][1], 1)
              for name in PEERS if name in small]  # fmt: skip
    for work in ("x*y + z", "chain of 10,000"):
        if "micrograd" in times[work]:
            gates.append(Gate(f"{work}: times micrograd", 1 / times[work]["micrograd"][1], 1.3, at_most=True))
    return gates


# ---- the step, engine by engine: each gets its own copy of the same weights


def weights() -> list[np.ndarray]:
    """Return W1 (64, 64), b1, W2 (10, 64), b2 as He would draw them."""
    rng = np.random.default_rng(0)
    scale = np.sqrt(2 / 64)
    return [rng.normal(0, scale, (64, 64)), np.zeros(64), rng.normal(0, scale, (10, 64)), np.zeros(10)]


def by_numpy() -> Step:
    """Write the step out by hand."""
    W1, b1, W2, b2 = weights()

    def step(X: np.ndarray, y: np.ndarray) -> float:
        rows = np.arange(len(y))
        a = X @ W1.T + b1
        h = np.maximum(a, 0)
        s = h @ W2.T + b2
        s -= s.max(axis=1, keepdims=True)
        p = np.exp(s)
        total = p.sum(axis=1)
        loss = (np.log(total) - s[rows, y]).mean() + LAM * ((W1**2).sum() + (W2**2).sum())
        p /= total[:, None]
        p[rows, y] -= 1
        ds = p / len(y)
        dW2, db2 = ds.T @ h + 2 * LAM * W2, ds.sum(axis=0)
        da = ds @ W2 * (a > 0)
        dW1, db1 = da.T @ X + 2 * LAM * W1, da.sum(axis=0)
        for parameter, gradient in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)):
            parameter -= RATE * gradient
        return loss

    return step


def by_tape(loss: Callable[..., Tensor]) -> Step:
    """Let the engine do it, with a loss function (X, y, W1, b1, W2, b2)."""
    parameters = [Tensor(array) for array in weights()]

    def step(X: np.ndarray, y: np.ndarray) -> float:
        value = loss(X, y, *parameters)
        value.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad
            parameter.zero_grad()
        return value.data

    return step


def fused_loss(X: np.ndarray, y: np.ndarray, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tensor:
    scores = affine(affine(X, W1, b1).relu(), W2, b2)
    return fused(cross_entropy, scores, y) + LAM * (fused(l2_penalty, W1) + fused(l2_penalty, W2))


def elementary_loss(X: np.ndarray, y: np.ndarray, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tensor:
    s = (X @ W1.T + b1).relu() @ W2.T + b2
    s = s - s.data.max(axis=1, keepdims=True)
    data_loss = (s.exp().sum(axis=1).log() - s[np.arange(len(y)), y]).mean()
    return data_loss + LAM * ((W1 * W1).sum() + (W2 * W2).sum())


def by_torch() -> Step:
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)
    W1, b1, W2, b2 = parameters = [torch.tensor(array, requires_grad=True) for array in weights()]

    def step(X: np.ndarray, y: np.ndarray) -> float:
        scores = F.linear(F.linear(torch.from_numpy(X), W1, b1).relu(), W2, b2)
        loss = F.cross_entropy(scores, torch.from_numpy(y)) + LAM * ((W1**2).sum() + (W2**2).sum())
        loss.backward()
        with torch.no_grad():
            for parameter in parameters:
                parameter -= RATE * parameter.grad
                parameter.grad = None
        return loss.item()

    return step


def by_autograd() -> Step:
    import autograd
    import autograd.numpy as anp

    def loss(parameters: list, X: np.ndarray, y: np.ndarray) -> float:
        W1, b1, W2, b2 = parameters
        s = anp.dot(anp.maximum(anp.dot(X, W1.T) + b1, 0), W2.T) + b2
        s = s - anp.max(s, axis=1, keepdims=True)
        data_loss = anp.mean(anp.log(anp.sum(anp.exp(s), axis=1)) - s[np.arange(len(y)), y])
        return data_loss + LAM * (anp.sum(W1 * W1) + anp.sum(W2 * W2))

    parameters, both = weights(), autograd.value_and_grad(loss)

    def step(X: np.ndarray, y: np.ndarray) -> float:
        value, gradients = both(parameters, X, y)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= RATE * gradient
        return value

    return step


def by_mygrad() -> Step:
    import mygrad
    from mygrad.nnet.activations import relu
    from mygrad.nnet.losses import softmax_crossentropy

    parameters = [mygrad.tensor(array) for array in weights()]

    def step(X: np.ndarray, y: np.ndarray) -> float:
        W1, b1, W2, b2 = parameters
        scores = mygrad.matmul(relu(mygrad.matmul(X, W1.T) + b1), W2.T) + b2
        loss = softmax_crossentropy(scores, y) + LAM * (mygrad.sum(W1**2) + mygrad.sum(W2**2))
        loss.backward()
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad
            parameter.null_grad()
        return loss.item()

    return step


# ---- small graphs


def product(kind: type, repeats: int) -> float:
    """Return the seconds that `repeats` times x*y + z take, forward and back."""
    start = time.process_time()
    for _ in range(repeats):
        x, y, z = kind(-3.0), kind(5.0), kind(2.0)
        f = x * y + z
        f.backward()
    return (time.process_time() - start) / repeats


def chain(kind: type, repeats: int) -> float:
    """Return the seconds that a chain of 10,000 products takes, forward and back."""
    start = time.process_time()
    for _ in range(repeats):
        x = y = kind(1.0)
        for _ in range(10_000):
            y = y * x
        y.backward()
    return (time.process_time() - start) / repeats


# ---- taking turns


def measure() -> dict:
    """Time everything in this process; return {work: {engine: (median µs, median ratio)}} and versions."""
    installed = {name: importlib.metadata.version(name) for name in ("numpy", *PEERS) if _there(name)}
    engines = {NUMPY: by_numpy, FUSED: lambda: by_tape(fused_loss), ELEMENTARY: lambda: by_tape(elementary_loss),
               "torch": by_torch, "autograd": by_autograd, "mygrad": by_mygrad}  # fmt: skip
    engines = {name: make for name, make in engines.items() if name not in PEERS or name in installed}
    digits, times = data.load_digits(), {}
    for size in (32, 256):
        X, y = digits.X[:size].copy(), digits.y[:size].copy()
        steps = {name: make() for name, make in engines.items()}
        _same_losses(steps, X, y)
        timers = {name: partial(_repeat, step, X, y) for name, step in steps.items()}
        times[f"step, batch {size}"] = _turns(timers, 20, NUMPY)
    kinds = {"this engine": Tensor}
    if "micrograd" in installed:
        kinds["micrograd"] = importlib.import_module("micrograd.engine").Value
        sys.setrecursionlimit(50_000)  # for micrograd: its walk is recursive
    gc.disable()
    for work, f, repeats in (("x*y + z", product, 2000), ("chain of 10,000", chain, 1)):
        times[work] = _turns({name: partial(f, kind) for name, kind in kinds.items()}, repeats, "this engine")
    gc.enable()
    return {"times": times, "versions": installed}


def _there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _same_losses(steps: dict[str, Step], X: np.ndarray, y: np.ndarray) -> None:
    runs = {name: [float(step(X, y)) for _ in range(5)] for name, step in steps.items()}
    for name, run_ in runs.items():
        if not np.allclose(run_, runs[NUMPY], rtol=1e-8):
            raise RuntimeError(f"{name} computes something else: {run_} instead of {runs[NUMPY]}")


def _repeat(step: Step, X: np.ndarray, y: np.ndarray, repeats: int) -> float:
    start = time.process_time()
    for _ in range(repeats):
        step(X, y)
    return (time.process_time() - start) / repeats


def _turns(timers: dict[str, Callable[[int], float]], repeats: int, base: str) -> dict[str, tuple[float, float]]:
    seconds = {name: [] for name in timers}
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            seconds[name].append(timer(repeats))
            if not gc.isenabled():
                gc.collect()  # outside the clock, so that every turn starts with the same memory
    return {name: (1e6 * median(some), median(a / b for a, b in zip(some, seconds[base], strict=True)))
            for name, some in seconds.items()}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure()))
