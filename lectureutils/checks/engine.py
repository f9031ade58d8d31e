"""An exercise is a reference solution, cases to try it on, and the mistakes that people make.

A mistake is a wrong variant of the reference with one line that names it. A reader's answer that agrees with
a wrong variant on all cases has made that mistake; that is the whole diagnosis.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from .attempt import Outcome, attempt, has_stub, names, takes
from .compare import describe, mismatch, show, unfilled
from .verdict import Verdict

Cases = Callable[[], Iterable[tuple]]


@dataclass(frozen=True, repr=False)
class Exercise:
    """Check answers against a reference; made by `exercise`, called as `checks.<name>(answer)`."""

    reference: Callable
    todo: str
    cases: Cases | None
    mistakes: tuple[tuple[str, object], ...]
    read: Callable | None
    because: str

    @property
    def name(self) -> str:
        """Return the name of the reference, which is the exercise's name."""
        return self.reference.__name__

    def __repr__(self) -> str:
        return f"<exercise {self.name}: {self.todo}>"

    def __call__(self, /, *answer: object, **named: object) -> Verdict:
        """Return the verdict on a function or a value; several values make a tuple, named ones a dict."""
        try:
            return self._judge(named or (answer[0] if len(answer) == 1 else answer or None))
        except Exception:  # objects that refuse to be looked at
            return Verdict("wrong", f"this answer can't be read. To do: {self.todo}")

    def _judge(self, answer: object) -> Verdict:
        if unfilled(answer):
            return Verdict("todo", self.todo)
        if self.cases is None:
            return self._judge_value(answer)
        if isinstance(answer, type) or not callable(answer):
            return Verdict("wrong", f"came {describe(answer)}, expected your function itself, without a call: "
                                    f"checks.{self.name}({self.name})")
        return self._judge_function(answer)

    def _judge_value(self, answer: object) -> Verdict:
        if callable(answer):
            return Verdict("wrong", f"came {describe(answer)}, expected a value. To do: {self.todo}")
        try:
            value = self.read(answer) if self.read else answer
        except ValueError as error:
            return Verdict("wrong", str(error))
        difference = mismatch(value, self.reference())
        if difference is None:
            return Verdict("right", self.because or "that is the answer")
        for hint, wrong in self.mistakes:
            if mismatch(value, wrong) is None:
                return Verdict("wrong", hint)
        # What was expected stays unsaid: it would be the answer.
        return Verdict("wrong", f"{difference.split(', expected')[0]}. To do: {self.todo}")

    def _judge_function(self, answer: Callable) -> Verdict:
        """Try the function on fresh copies of all cases, then look for the mistake that explains it."""
        cases, untouched = list(self.cases()), list(self.cases())
        if not takes(answer, untouched[0]):
            return Verdict("wrong", f"your function takes {names(answer)}, expected {names(self.reference)}")
        mine = [attempt(answer, args) for args in cases]
        wrong = [(args, difference) for args, outcome in zip(untouched, mine, strict=True)
                 if (difference := self._difference(outcome, args))]
        if not wrong:
            return self._judge_side_effects(cases, untouched)
        for hint, variant in self.mistakes:
            if agree(mine, (attempt(variant, args) for args in self.cases())):
                return Verdict("wrong", hint)
        if unsolved(answer, mine):
            return Verdict("todo", self.todo)
        if has_stub(answer):
            return Verdict("todo", f"replace the line `...` in your function. To do: {self.todo}")
        args, difference = wrong[0]
        return Verdict("wrong", f"{self._call(args)}: {difference}")

    def _judge_side_effects(self, cases: list[tuple], untouched: list[tuple]) -> Verdict:
        for args, before in zip(cases, untouched, strict=True):
            for name, now, then in zip(names(self.reference)[1:-1].split(", "), args, before, strict=True):
                numbers = isinstance(then, np.ndarray) and then.dtype.kind == "f"
                if not np.array_equal(now, then, equal_nan=numbers):
                    return Verdict("wrong", f"the result is right, but your function changes its input {name} in "
                                            f"place: work on {name}.copy()")
        return Verdict("right", self.because or f"{self.name} agrees with the reference on {len(cases)} cases")

    def _difference(self, outcome: Outcome, args: tuple) -> str | None:
        if outcome.error:
            return outcome.sentence
        if outcome.value is None and outcome.printed:
            return "your function prints but returns nothing: hand the result back with return"
        if outcome.value is None:
            return "your function returns None: does every branch end in return?"
        return mismatch(outcome.value, self.reference(*args))

    def _call(self, args: tuple) -> str:
        call = f"{self.name}({', '.join(show(arg) for arg in args)})"
        if len(call) <= 90 and "..." not in call:
            return call
        return f"{self.name} of {', '.join(describe(arg) for arg in args)}"


def exercise(todo: str, cases: Cases | None = None, mistakes: Iterable[tuple[str, object]] = (),
             read: Callable | None = None, because: str = "") -> Callable[[Callable], Exercise]:
    """Turn a reference solution into an exercise (a decorator); its name is the reference's name.

    todo: what to do, shown while unsolved. cases: a function that gives the argument tuples, the smallest
    first; without it the answer is a value, and the reference takes no arguments. mistakes: (hint, wrong
    function or value); the first that fits is named. A wrong dict needs only the keys that it is about.
    read: turns a reader's value into the form of the reference's; its ValueError is shown to the reader.
    because: shown when the answer is right.
    """
    return lambda reference: Exercise(reference, todo, cases, tuple(mistakes), read, because)


def unsolved(function: Callable, outcomes: list[Outcome]) -> bool:
    """Say whether a function is still the stub: it does nothing, and a line `...` is left (where one can look)."""
    silent = all(not outcome.error and not outcome.printed and unfilled(outcome.value) for outcome in outcomes)
    return silent and (has_stub(function) is not False or outcomes[0].value is not None)


def agree(mine: list[Outcome], theirs: Iterable[Outcome]) -> bool:
    """Say whether two functions do the same on all cases and return a value on at least one.

    What they do after the first difference is not asked for.
    """
    def same(a: Outcome, b: Outcome) -> bool:
        if a.error or b.error:
            return a.error == b.error
        return mismatch(a.value, b.value) is None

    return all(same(a, b) for a, b in zip(mine, theirs, strict=True)) and any(not a.error for a in mine)
