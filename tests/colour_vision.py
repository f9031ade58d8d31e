"""How colours look to readers with another colour vision, and how far apart two of them are.

The matrices are those of Machado, Oliveira and Fernandes (2009) for full severity, on linear RGB. Distances are in
CIELAB (CIE76): about 2 is what an eye can just tell apart side by side.
"""

import numpy as np
from matplotlib.colors import to_rgb

SIGHTS = {
    "common": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(rgb: np.ndarray, sight: str) -> np.ndarray:
    """Give CIELAB (..., 3) of sRGB colours 0..1 (..., 3) as a `sight` of SIGHTS has them."""
    rgb = np.asarray(rgb, dtype=float)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ np.array(SIGHTS[sight]).T, 0, 1) @ _XYZ.T / _XYZ.sum(axis=1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def apart(one: str, other: str, sight: str) -> float:
    """Measure how far apart two colours are for a sight."""
    return float(np.linalg.norm(seen(to_rgb(one), sight) - seen(to_rgb(other), sight)))
