"""Build tests/torch_references.json: what PyTorch computes for the graphs of tests/autodiff_cases.py.

PyTorch is no dependency of this project. Run this where it is installed (with NumPy), from the repository's root:

    python -m tools.build_torch_references

The file holds inputs, value, upstream gradient and gradients of each case, in float64.
"""

import json
import types
from pathlib import Path
from typing import Any

import numpy as np

from tests import autodiff_cases as cases

PAGE = Path(__file__).resolve().parent.parent / "tests" / "torch_references.json"


def library() -> types.SimpleNamespace:
    """Return PyTorch's names for what a case calls; the losses have this package's means and sums."""
    import torch
    from torch.nn import functional as F

    y = torch.tensor(cases.LABELS)

    def target(scores: torch.Tensor) -> torch.Tensor:
        return F.one_hot(y, scores.shape[1]).double()

    return types.SimpleNamespace(
        affine=F.linear, maximum=torch.maximum, where=torch.where, concatenate=torch.concatenate, stack=torch.stack,
        amax=torch.amax, amin=torch.amin, permute=torch.permute, data=lambda x: x.detach(),
        hinge=lambda scores: F.multi_margin_loss(scores, y) * scores.shape[1],  # PyTorch divides by C as well
        l1=lambda scores: F.l1_loss(scores, target(scores), reduction="sum") / len(y),
        l2=lambda scores: F.mse_loss(scores, target(scores), reduction="sum") / len(y),
        cross_entropy=lambda scores: F.cross_entropy(scores, y),
        l2_penalty=lambda W: (W**2).sum(),
    )  # fmt: skip


def compute(name: str, arrays: list[np.ndarray]) -> dict[str, Any]:
    """Return inputs, value, upstream gradient and gradients of one case as nested lists."""
    import torch

    tensors = [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]
    value = cases.CASES[name][2](library(), *tensors)
    start = cases.upstream(name, tuple(value.shape))
    value.backward(torch.tensor(start))
    return {
        "inputs": [array.tolist() for array in arrays],
        "value": value.tolist(),
        "upstream": start.tolist(),
        "gradients": [tensor.grad.tolist() for tensor in tensors],
    }


def build() -> None:
    """Compute every case and write the file."""
    import torch

    found = {name: compute(name, cases.inputs(name)) for name in cases.CASES}
    PAGE.write_text(json.dumps({"torch": torch.__version__, "cases": found}, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    build()
