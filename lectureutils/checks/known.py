"""What is known of an exercise before anybody answers: what is right in each case, and what each mistake makes of it.

None of it depends on the answer. So each function of ours is run once on a case, when somebody first asks for it, and
what came out is kept for the next answer. For all exercises of the series together that is a few megabytes.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .attempt import Outcome, run


@dataclass(frozen=True)
class Mistake:
    """Name a way to be wrong: functions that go wrong in it, and what each changes in the exercise's `make`."""

    hint: str
    variants: tuple[Callable, ...]
    changes: tuple[Mapping | None, ...]


class Known:
    """Keep the outcomes of an exercise's own functions. `cases` gives the arguments anew, the same each time."""

    def __init__(
        self,
        reference: Callable,
        mistakes: Sequence[Mistake],
        cases: Callable[[], Iterable[tuple]],
        make: Callable | None = None,
    ) -> None:
        self.reference, self.mistakes, self.cases, self._make = reference, mistakes, cases, make
        self._outcomes: dict[Callable, list[Outcome]] = {}
        self._compared: dict[tuple, Any] = {}

    def outcome(self, function: Callable, number: int) -> Outcome:
        """Return what one of the exercise's own functions does in a case; later cases are left until asked for."""
        kept = self._outcomes.setdefault(function, [])
        if len(kept) <= number:
            kept += [run(function, args) for args in itertools.islice(self.cases(), len(kept), number + 1)]
        return kept[number]

    def compared(self, function: Callable, numbers: Iterable[int], compare: Callable[[], Any]) -> Any:
        """Return how one of the exercise's own functions compares with the reference in these cases."""
        key = (function, *numbers)
        if key not in self._compared:
            self._compared[key] = compare()
        return self._compared[key]

    @cached_property
    def pairs(self) -> list[tuple[str, str, Callable]]:
        """Return the hints of any two mistakes that `make` can build together, and the function that makes both."""
        return list(self._built(self._make)) if self._make else []

    def _built(self, make: Callable) -> Iterator[tuple[str, str, Callable]]:
        single = [(mistake.hint, changes) for mistake in self.mistakes for changes in mistake.changes if changes]
        for (one, first), (other, second) in itertools.combinations(single, 2):
            if not first.keys() & second.keys() and one != other:
                yield one, other, make(**first, **second)
