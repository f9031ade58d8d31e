"""How the figures of a notebook are called on pages: `04_optimization/surface`, `02_loss_functions/loss_curve_2`."""

import re
from collections import Counter


class Names:
    """Name the figures of a notebook by their classes, in their order, each once."""

    def __init__(self, stem: str):
        self.stem = stem
        self._words: Counter[str] = Counter()

    def of(self, cls: str) -> str:
        """Name the next figure: its class without Figure in snake_case, RandomSearchFigure -> random_search."""
        word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.removesuffix("Figure")).lower()
        self._words[word] += 1
        number = f"_{self._words[word]}" if self._words[word] > 1 else ""
        return f"{self.stem}/{word}{number}"
