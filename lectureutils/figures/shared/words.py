"""How numbers become words: one name for each way of writing them, so that all figures write alike."""

from collections.abc import Mapping, Sequence

import numpy as np

MINUS = "\N{MINUS SIGN}"


# In sentences


def counted(n: int, word: str) -> str:
    """Put a number before a word: `1 layer`, `3 layers`."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def are(n: int) -> str:
    """Say `is` or `are` of a number of things, or of so many of them: `1 of 12 entries is measured`."""
    return "is" if n == 1 else "are"


def say_number(value: float) -> str:
    """Put a number into words, also one that is infinite or not a number: 1.403."""
    if np.isnan(value):
        return "not a number"
    return f"{value:.3f}" if np.isfinite(value) else "infinite"


def say_losses(values: Mapping[str, float]) -> str:
    """Put several losses into words: `hinge 1.403, L1 1.372`."""
    return ", ".join(f"{name} {say_number(value)}" for name, value in values.items())


def say_scores(names: Sequence[str], scores: np.ndarray, decimals: int = 3) -> str:
    """Put scores (C,) into words: `cat 0.631, car 0.969, airplane 0.710`."""
    return ", ".join(f"{name} {score:.{decimals}f}" for name, score in zip(names, scores, strict=True))


def say_power(number: float) -> str:
    """Write what spans powers of ten, such as a penalty's strength: 250, 0.05, 2e-5."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.2g}" if number >= 1e-3 else f"{number:.1e}".replace("e-0", "e-").replace(".0e", "e")


def say_slope(number: float, narrow: bool = False) -> str:
    """Write a slope with four digits, or with three decimals for a narrow cell; large ones as 2e+05."""
    if abs(number) >= (100 if narrow else 1e4):
        return f"{number:.0e}"
    return f"{round(number, 3) + 0.0:.3f}" if narrow else f"{round(number, 9) + 0.0:.4g}"


# In cells, formulas and graphs


def three_decimals(value: float) -> str:
    """Write a number with at most three decimals, and no zeros at its end: 0.631, -0.5, 0."""
    text = f"{value + 0.0:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def two_decimals(value: float) -> str:
    """Write a number with two decimals at most, for narrow cells: 0.63, −0.04, 4e−3, 1e−5."""
    if 0 < abs(value) < 0.005 or abs(value) >= 100:
        return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("-", MINUS)
    return f"{float(value) + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", MINUS)


def four_digits(value: float) -> str:
    """Write a number with about four digits: −15.25, 0.1966, 2.0e−05, NaN."""
    text = f"{value:.1e}" if 0 < abs(value) < 0.001 or abs(value) >= 1e5 else f"{round(float(value), 4) + 0.0:.5g}"
    return text.replace("nan", "NaN").replace("-", MINUS)


def few_digits(value: float, digits: int = 3) -> str:
    """Write a number with a few digits: 0.631, −1.25e+04, 0."""
    return f"{float(value) + 0.0:.{digits}g}".replace("-", MINUS)


def in_brackets(value: float) -> str:
    """Write a number as a factor of a product: negative ones in brackets."""
    text = few_digits(value)
    return f"({text})" if value < 0 else text
