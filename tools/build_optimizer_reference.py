"""Build tests/reference/optimizers.npz: what PyTorch's optimizers do with one fixed sequence of gradients.

PyTorch is no dependency of the project. Install exactly this version in an environment of its own, and run from the
repository's root:

    python -m venv /tmp/torch-reference
    /tmp/torch-reference/bin/pip install numpy torch==2.13.0
    /tmp/torch-reference/bin/python -m tools.build_optimizer_reference

The gradients are stored too, because random numbers may differ between versions of NumPy.
"""

from pathlib import Path

import numpy as np

VERSION = "2.13.0"
STEPS, EVERY = 100, 5
FILE = Path(__file__).resolve().parent.parent / "tests" / "reference" / "optimizers.npz"

# name: (rule of lectureutils.optim and its options, PyTorch's optimizer and its options), learning rate
CASES = {
    "sgd": (("SGD", {}), ("SGD", {}), 0.1),
    "momentum": (("momentum", {}), ("SGD", {"momentum": 0.9}), 0.1),
    "momentum_mu_0.5": (("momentum", {"mu": 0.5}), ("SGD", {"momentum": 0.5}), 0.05),
    "adagrad": (("AdaGrad", {}), ("Adagrad", {}), 0.1),
    "rmsprop": (("RMSProp", {}), ("RMSprop", {"alpha": 0.9}), 0.01),
    "rmsprop_rho_0.99": (("RMSProp", {"rho": 0.99, "eps": 1e-4}), ("RMSprop", {"alpha": 0.99, "eps": 1e-4}), 0.01),
    "adam": (("Adam", {}), ("Adam", {}), 0.01),
    "adam_beta_0.5_0.9": (("Adam", {"beta1": 0.5, "beta2": 0.9, "eps": 1e-3}),
                          ("Adam", {"betas": (0.5, 0.9), "eps": 1e-3}), 0.1),
}  # fmt: skip


def gradients() -> tuple[tuple[np.ndarray, np.ndarray], list[tuple[np.ndarray, np.ndarray]]]:
    """Return the start (W, b) and STEPS gradients (dW, db), of sizes from 1e-6 to 1e3, some of them exactly 0."""
    rng = np.random.default_rng(0)
    size = np.array([[1e-6, 1e-3, 0.1, 1], [1, 1, 10, 1e3], [0, 0.01, 1, 5]])
    start = rng.normal(size=(3, 4)), rng.normal(size=3)
    seen = [
        (size * rng.normal(0.3, 1, (3, 4)) * (rng.random((3, 4)) < 0.8), rng.normal(0.3, 1, 3)) for _ in range(STEPS)
    ]
    return start, seen


def torch_path(name: str, start: tuple, grads: list) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return W and b after every step of PyTorch's optimizer for the case `name`, in float64."""
    import torch

    _, (optimizer_name, options), rate = CASES[name]
    params = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in start]
    optimizer = getattr(torch.optim, optimizer_name)(params, lr=rate, **options)
    path = []
    for pair in grads:
        for p, dp in zip(params, pair, strict=True):
            p.grad = torch.tensor(dp, dtype=torch.float64)
        optimizer.step()
        path.append([p.detach().numpy().copy() for p in params])
    return [W for W, _ in path], [b for _, b in path]


def clipped_by_torch(grads: list, max_norm: float) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return every gradient after torch.nn.utils.clip_grad_norm_."""
    import torch

    result = []
    for pair in grads:
        params = [torch.zeros(dp.shape, dtype=torch.float64, requires_grad=True) for dp in pair]
        for p, dp in zip(params, pair, strict=True):
            p.grad = torch.tensor(dp, dtype=torch.float64)
        torch.nn.utils.clip_grad_norm_(params, max_norm)
        result.append([p.grad.numpy() for p in params])
    return [W for W, _ in result], [b for _, b in result]


def build() -> None:
    """Write the start, the gradients, and (W, b) of every fifth step for each case."""
    import torch

    if torch.__version__.split("+")[0] != VERSION:
        raise SystemExit(f"torch is {torch.__version__}, expected {VERSION}: pip install torch=={VERSION}")
    (W, b), grads = gradients()
    arrays = {"W": W, "b": b, "dW": np.array([dW for dW, _ in grads]), "db": np.array([db for _, db in grads])}
    for name in CASES:
        Ws, bs = torch_path(name, (W, b), grads)
        arrays[f"{name}.W"], arrays[f"{name}.b"] = np.array(Ws)[EVERY - 1 :: EVERY], np.array(bs)[EVERY - 1 :: EVERY]
    Ws, bs = clipped_by_torch(grads, 5.0)
    arrays["clip_5.W"], arrays["clip_5.b"] = np.array(Ws)[EVERY - 1 :: EVERY], np.array(bs)[EVERY - 1 :: EVERY]
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(FILE, torch=np.array(VERSION), **arrays)


if __name__ == "__main__":
    build()
