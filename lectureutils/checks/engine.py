"""An exercise is a reference solution, cases to try it on, and the mistakes that people make.

A mistake is a wrong variant of the reference with one line that names it. A reader's answer that does what a wrong
variant does has made that mistake; `explain` says what that means for one mistake and for two.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lectureutils import progress

from .attempt import Outcome, another_order, argument_names, attempt, refused
from .compare import brief, describe, mismatch, part_names, show, unfilled
from .explain import Seen, any_of, both, combined, declared, remembers, symptoms
from .hint import Hint
from .ignored import ignored
from .known import Known, Mistake
from .ladder import Ladder
from .stub import has_stub, is_stub
from .verdict import Verdict

Cases = Callable[[], Iterable[tuple]]
FITS_NOT = ("", "ValueError", "IndexError")  # errors that a wrong argument may cause


@dataclass(frozen=True, repr=False)
class Exercise:
    """Check answers against a reference; made by `exercise`, called as `checks.<name>(answer)`."""

    reference: Callable
    todo: str
    cases: Cases | None
    mistakes: tuple[tuple[str, object], ...]
    read: Callable | None
    because: str
    hard: Mapping[str, Cases] = field(default_factory=dict)
    make: Callable | None = None
    small: str = ""
    ladder: Ladder = field(default_factory=Ladder, compare=False)

    @property
    def name(self) -> str:
        """Return the name of the reference, which is the exercise's name."""
        return self.reference.__name__

    def __repr__(self) -> str:
        return f"<exercise {self.name}: {self.todo}>"

    def __call__(self, /, *answer: object, **named: object) -> Verdict:
        """Return the verdict on a function or a value; several values make a tuple, named ones a dict."""
        try:
            verdict = self._judge(named or (answer[0] if len(answer) == 1 else answer or None))
        except Exception:  # objects that refuse to be looked at
            verdict = Verdict("wrong", f"this answer can't be read. To do: {self.todo}")
        self.ladder.note(verdict.kind)
        if verdict.kind != "todo" and progress.somebody_runs_a_cell():
            progress.note_verdict(self.name, bool(verdict))
        return verdict

    def hint(self, number: object = None) -> Hint:
        """Return the next hint, or the one with a number from 1: shapes, smallest case, where to read, solution."""
        try:
            return self.ladder.step(self, number)
        except Exception:  # an exercise of one's own may have a reference that fails
            return Hint("Hint", self.todo)

    def all_cases(self) -> Iterator[tuple]:
        """Yield fresh arguments: the plain cases, then each group of hard ones."""
        for group in (self.cases, *self.hard.values()):
            yield from group() if group else ()

    def variants(self, wrong: object) -> tuple:
        """Return the wrong functions, or wrong values, that a declaration in `mistakes` stands for."""
        return tuple(self.make(**one) if self.make and isinstance(one, Mapping) else one
                     for one in (wrong if isinstance(wrong, any_of) else (wrong,)))  # fmt: skip

    @cached_property
    def known(self) -> Known:
        """Return what the reference and the wrong variants do in all cases."""
        mistakes = [self._mistake(hint, wrong) for hint, wrong in self.mistakes]
        return Known(self.reference, mistakes, self.all_cases, self.make)

    def _judge(self, answer: object) -> Verdict:
        if unfilled(answer):
            return Verdict("todo", self.todo)
        if self.cases is None:
            return self._judge_value(answer)
        if isinstance(answer, type) or not callable(answer):
            return Verdict(
                "wrong",
                f"came {describe(answer)}, expected your function itself, without a call: "
                f"checks.{self.name}({self.name})",
            )
        return self._judge_function(answer)

    # --- a value ------------------------------------------------------------------------------------------
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
        if hint := self._named_value(value):
            return Verdict("wrong", hint)
        # What was expected stays unsaid: it would be the answer.
        return Verdict("wrong", f"{difference.split(', expected')[0]}. To do: {self.todo}")

    def _named_value(self, value: object) -> str | None:
        """Return the first hint that fits, with a second one that is about other keys of a dict."""
        found = [(hint, wrong) for hint, several in self.mistakes for wrong in self.variants(several)
                 if mismatch(value, wrong) is None]  # fmt: skip
        if not found:
            return None
        hint, wrong = found[0]
        if isinstance(wrong, Mapping):
            for other, more in found[1:]:
                if other != hint and isinstance(more, Mapping) and not more.keys() & wrong.keys():
                    return both(hint, other)
        return hint

    # --- a function ---------------------------------------------------------------------------------------
    def _judge_function(self, answer: Callable) -> Verdict:
        """Try the function on fresh copies of all cases, then look for what explains the first that is wrong."""
        cases, untouched, mine = list(self.all_cases()), list(self.all_cases()), []
        if said := refused(answer, untouched[0], argument_names(self.reference)):
            return Verdict("wrong", said)
        if is_stub(answer):
            return Verdict("todo", self.todo)
        for args in cases:
            mine.append(attempt(answer, args))
            if mine[-1].stopped:  # the next case would not end either
                return Verdict("wrong", f"{self._call(untouched[len(mine) - 1])}: {mine[-1].sentence}")
        if remembers(mine[0], attempt(answer, next(self.all_cases()))):
            return Verdict(
                "wrong",
                "the same input gives another result when it comes again: does something outlive "
                "the call, a global or a list as default argument, or is it a random draw?",
            )
        wrong = [number for number, (args, outcome) in enumerate(zip(untouched, mine, strict=True))
                 if self._difference(outcome, args)]  # fmt: skip
        if not wrong:
            return self._judge_side_effects(cases, untouched)
        if said := another_order(answer, argument_names(self.reference)):
            return Verdict("wrong", said)
        return self._diagnose(answer, untouched, mine, wrong, self._changed_input(cases, untouched))

    def _diagnose(
        self, answer: Callable, cases: list[tuple], mine: list[Outcome], wrong: list[int], changed: str
    ) -> Verdict:
        """Say what explains the first wrong case together with the plain ones, and with its group of hard ones."""
        first = wrong[0]
        plain, group, text = self._group_of(first)
        here = [number for number in range(len(cases)) if number < plain or number in group]
        everywhere, seen = self._seen(mine, range(len(cases))), self._seen(mine, here)
        if hint := declared(everywhere) or declared(seen):
            return Verdict("wrong", hint)
        if unsolved(answer, mine):
            return Verdict("todo", self.todo)
        if has_stub(answer):
            return Verdict("todo", f"replace the line `...` in your function. To do: {self.todo}")
        line = f"{self._call(cases[first])}: {self._difference(mine[first], cases[first])}"
        if text and changed:  # an input of whole numbers, say, can't be changed, and raises
            return Verdict("wrong", f"your function changes its input {changed} in place: work on {changed}.copy()")
        hint = symptoms(seen)
        if text and not hint:  # where all else is right, a symptom need not show elsewhere
            hint = symptoms(self._seen(mine, (number for number in wrong if number in group)), only_arrays=True)
        if hint:
            return Verdict("wrong", f"{hint} ({line})")
        if hint := combined(seen):
            return Verdict("wrong", hint)
        if mine[first].error in FITS_NOT and (hint := ignored(answer, self.reference)):
            return Verdict("wrong", f"{hint} ({line})")
        return Verdict("wrong", f"right for plain cases, but not for {text}. {line}" if text else line)

    def _group_of(self, number: int) -> tuple[int, range, str]:
        """Return how many plain cases there are, and the range and the name of the group that a case belongs to."""
        plain = end = sum(1 for _ in self.cases()) if self.cases else 0
        for text, group in self.hard.items():
            start, end = end, end + sum(1 for _ in group())
            if start <= number < end:
                return plain, range(start, end), text
        return plain, range(plain), ""

    def _mistake(self, hint: str, wrong: object) -> Mistake:
        several = wrong if isinstance(wrong, any_of) else (wrong,)
        return Mistake(hint, self.variants(wrong), tuple(one if isinstance(one, Mapping) else None for one in several))

    def _seen(self, mine: list[Outcome], numbers: Iterable[int]) -> Seen:
        numbers = list(numbers)
        right = self.known.outcome(self.reference, numbers[0]).value
        came = [mine[number] if isinstance(right, tuple) else mine[number].spelled_out() for number in numbers]
        return Seen(self.known, numbers, came, argument_names(self.reference), self.part_names(right))

    def part_names(self, value: object) -> tuple[str, ...]:
        """Return what the exercise calls the parts of a tuple that comes back; nothing if it does not say."""
        return part_names(value, f"{self.todo} {self.reference.__doc__}")

    def _changed_input(self, cases: list[tuple], untouched: list[tuple]) -> str:
        """Return the name of an input that a function has changed in place; "" if there is none."""
        for args, before in zip(cases, untouched, strict=True):
            for name, now, then in zip(argument_names(self.reference), args, before, strict=True):
                numbers = isinstance(then, np.ndarray) and then.dtype.kind == "f"
                if not np.array_equal(now, then, equal_nan=numbers):
                    return name
        return ""

    def _judge_side_effects(self, cases: list[tuple], untouched: list[tuple]) -> Verdict:
        if name := self._changed_input(cases, untouched):
            return Verdict(
                "wrong",
                f"the result is right, but your function changes its input {name} in place: work on {name}.copy()",
            )
        return Verdict("right", self.because or f"{self.name} agrees with the reference on {len(cases)} cases")

    def _difference(self, outcome: Outcome, args: tuple) -> str | None:
        if outcome.error:
            return outcome.sentence
        if outcome.value is None and outcome.printed:
            return "your function prints but returns nothing: hand the result back with return"
        if outcome.value is None:
            return "your function returns None: does every branch end in return?"
        right = self.reference(*args)
        return mismatch(outcome.value, right, names=self.part_names(right))

    def _call(self, args: tuple) -> str:
        call = f"{self.name}({', '.join(show(arg) for arg in args)})"
        if len(call) <= 90 and "..." not in call:
            return call
        names = argument_names(self.reference)
        return f"{self.name} of {', '.join(brief(arg, name) for arg, name in zip(args, names, strict=True))}"


def exercise(
    todo: str,
    cases: Cases | None = None,
    mistakes: Iterable[tuple[str, object]] = (),
    read: Callable | None = None,
    because: str = "",
    hard: Mapping[str, Cases] | None = None,
    make: Callable | None = None,
    small: str = "",
) -> Callable[[Callable], Exercise]:
    """Turn a reference solution into an exercise (a decorator); its name is the reference's name.

    todo: what to do, shown while unsolved. cases: a function that gives the argument tuples, the smallest
    first; without it the answer is a value, and the reference takes no arguments. read: turns a reader's value
    into the form of the reference's; its ValueError is shown to the reader. because: shown when the answer is right.

    mistakes: pairs (hint, wrong), of which the first that fits is named. A mistake fits when it does what was seen in
    all plain cases. `wrong` is a wrong function or value; a wrong dict of an exercise without cases needs only the
    keys that it is about. `any_of(f, g)` gives several functions one hint, `near(f, 0.01)` compares one roughly.

    hard: cases that even a good answer may fail, in groups, {"scores of 1000, where exp overflows": function}. They
    come after the plain ones, and a group says its name when only it is wrong. So a mistake is found in the plain
    cases whatever the function does in hard ones; one that is right in the plain cases has to fit one group.

    make: builds a wrong function from changes, as in `make=_step`; then `wrong` may be a dict of changes,
    ("the 1/N is missing", {"mean": False}), and any two of these with different keys are named as two when they come
    together. Two mistakes that show in different cases or returned values are found without it, and so are symptoms
    of any exercise (`symptoms.py`), alone or upon a mistake.

    small: where there are no cases, something smaller worked by hand, as the second hint.
    """
    return lambda reference: Exercise(
        reference, todo, cases, tuple(mistakes), read, because, dict(hard or {}), make, small
    )


def unsolved(function: Callable, outcomes: list[Outcome]) -> bool:
    """Say whether a function is still the stub: it does nothing, and a line `...` is left (where one can look)."""
    silent = all(not outcome.error and not outcome.printed and unfilled(outcome.value) for outcome in outcomes)
    return silent and (has_stub(function) is not False or outcomes[0].value is not None)
