"""What a question is made of: a case drawn from the seed, and how its numbers are written."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

Array = np.ndarray
Choice = TypeVar("Choice")
KINDS = {"compute": "Compute", "explain": "Explain", "mistake": "Find the mistake", "transfer": "Carry over"}
SHORTEST = 12  # characters of a seed
TRIES = 5000


class Draw:
    """A source of cases: the same seed, sheet and question draw the same one, and no two questions hang together."""

    def __init__(self, seed: str, sheet: str, question: str):
        digest = hashlib.sha256("\0".join((seed, sheet, question)).encode()).digest()
        self.random = np.random.default_rng(int.from_bytes(digest, "big"))

    def pick(self, options: Sequence[Choice]) -> Choice:
        """Choose one of the options."""
        return options[int(self.random.integers(len(options)))]

    def whole(self, low: int, high: int, size: Any = None) -> Any:
        """Draw whole numbers from low to high, both included."""
        drawn = self.random.integers(low, high + 1, size)
        return int(drawn) if size is None else drawn

    def tenths(self, low: float, high: float, size: Any = None) -> Any:
        """Draw multiples of 0.1 from low to high, none of them 0."""
        drawn = self.random.integers(round(10 * low), round(10 * high) + 1, size)
        drawn = np.where(drawn == 0, round(10 * high), drawn) / 10
        return float(drawn) if size is None else drawn

    def until(self, fits: Callable[[Any], bool], case: Callable[[], Any]) -> Any:
        """Draw cases until one fits. Raises RuntimeError where none of thousands does."""
        for _ in range(TRIES):
            if fits(drawn := case()):
                return drawn
        raise RuntimeError("no case fits: the question asks for something that does not happen")


@dataclass(frozen=True)
class Item:
    """A question with its case: the text, the answer, (points, what for), and the numbers it rests on, for tests."""

    text: str
    answer: str
    marking: list[tuple[int, str]]
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """What a full answer earns."""
        return sum(points for points, _ in self.marking)


@dataclass(frozen=True)
class Question:
    """A question of the bank: its topic, its kind, the minutes that it takes, and how it is made."""

    topic: str
    kind: str
    minutes: int
    make: Callable[[Draw], Item]

    @property
    def name(self) -> str:
        """What a lecturer calls it by, as in losses-explain."""
        return f"{self.make.__module__.rpartition('.')[2]}-{self.kind}"

    def drawn(self, seed: str, sheet: str) -> Item:
        """Give the question with the case that this seed and sheet draw."""
        return self.make(Draw(seed, sheet, self.name))


# How numbers are written


def number(value: float, digits: int = 4) -> str:
    """Write a number with at most so many digits behind its point, and no zeros at its end."""
    text = f"{float(value):.{digits}f}".rstrip("0").rstrip(".") if digits else f"{float(value):.0f}"
    return "0" if text in {"-0", ""} else text


def row(values: Any, digits: int = 4) -> str:
    """Write a vector as (1, 0.5, -2)."""
    return f"({', '.join(number(value, digits) for value in np.ravel(values))})"


def matrix(values: Any, digits: int = 4) -> str:
    """Write a matrix as LaTeX."""
    rows = r" \\ ".join(" & ".join(number(value, digits) for value in line) for line in np.atleast_2d(values))
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def code(values: Any) -> str:
    """Write an array as Python does."""
    array = np.asarray(values)
    return number(float(array)) if array.ndim == 0 else f"[{', '.join(code(value) for value in array)}]"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table as Markdown."""
    lines = ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


# Listings with a mistake


@dataclass(frozen=True)
class Slip:
    """A line that is wrong: what stands there, what should, and what is wrong about it."""

    wrong: str
    right: str
    why: str


def listing(draw: Draw, lines: str, slips: Sequence[Slip], call: str, given: dict[str, Any]) -> Item:
    """Ask for the mistake in a listing: one of the slips, drawn among those that change what `call` returns.

    `lines` is the right code, `given` names its inputs. Both versions are run; the answer says what each returns.
    """
    right = run(lines, call, given)

    def differs(slip: Slip) -> bool:
        result = run(lines.replace(slip.right, slip.wrong), call, given)
        return bool(np.isfinite(result).all()) and not same(result, right)

    assert all(lines.count(slip.right) == 1 for slip in slips)
    slip = draw.pick([slip for slip in slips if differs(slip)])
    shown = lines.replace(slip.right, slip.wrong)
    wrong = run(shown, call, given)
    before, after = lines.split("\n"), shown.split("\n")
    at = next(n for n, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1])
    numbered = "\n".join(f"{n:2}  {line}" for n, line in enumerate(shown.split("\n"), start=1))
    inputs = "\n".join(f"{name} = np.array({code(value)})" if np.ndim(value) else f"{name} = {number(value)}"
                       for name, value in given.items())  # fmt: skip
    text = (f"One line of this program is wrong; it raises no error.\n\n```python\n{numbered}\n```\n\nName the line "
            "and write it as it should be. Say in one sentence what the line does instead. Then compute what the "
            "program returns for these inputs, as it stands and when it is "
            f"mended:\n\n```python\n{inputs}\n\n{call}\n```")  # fmt: skip
    answer = (f"Line {at + 1} has to be `{before[at].strip()}`. {slip.why}\n\nAs it stands it returns "
              f"`{code(np.round(wrong, 4))}`, mended `{code(np.round(right, 4))}`.")  # fmt: skip
    marking = [(2, f"line {at + 1}"), (1, "the line as it should be"), (1, "what it does instead, in own words"),
               (2, "the two results; 1 if one of them is right")]  # fmt: skip
    return Item(text, answer, marking, {"slip": slip, "right": right, "wrong": wrong, "shown": shown, "given": given})


def run(lines: str, call: str, given: dict[str, Any]) -> Any:
    """Run a listing on its inputs, and return what the call returns."""
    names = {"np": np, **{name: np.array(value) if np.ndim(value) else value for name, value in given.items()}}
    with np.errstate(all="ignore"):  # a mistake may divide by 0
        exec(lines, names)
        return eval(call, names)


def same(one: Any, other: Any) -> bool:
    """Say whether two results are equal but for rounding."""
    return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, atol=1e-3))
