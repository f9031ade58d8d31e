"""The checks of the exercises: every mistake is known by name, and nothing a reader passes escapes as an error."""

import functools
import json
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from sample_exercises import class_of_x3, flatten

from lectureutils import checks
from lectureutils.checks import EXERCISES, Verdict, collect, exercise
from lectureutils.checks.attempt import attempt, run
from lectureutils.checks.compare import mismatch
from lectureutils.checks.explain import agree
from lectureutils.checks.stub import has_stub
from lectureutils.checks.verdict import LOOKS
from lectureutils.data import lecture
from tools.run_cell import run_cell

FUNCTIONS = [item for item in EXERCISES.values() if item.cases]
VALUES = [item for item in EXERCISES.values() if not item.cases]
MISTAKES = [
    pytest.param(item, hint, wrong, id=f"{item.name}-{number}")
    for item in EXERCISES.values()
    for number, (hint, several) in enumerate(item.mistakes)
    for wrong in item.variants(several)
]


def by_name(items):
    return pytest.mark.parametrize("item", items, ids=lambda item: item.name)


def line(verdict):
    """Return a verdict's text after checking that it is one plain line and harmless HTML."""
    assert isinstance(verdict, Verdict)
    text = repr(verdict)
    assert len(text.splitlines()) == 1 and text.isprintable() and len(text) < 500
    page = verdict._repr_html_()
    assert page.count("<") == 6 + 2 * page.count("<code>")
    return text


def spoken(text):
    """Return a message in plain text, where code stands in quotes."""
    return re.sub("`(.+?)`", r'"\1"', text)


# --- every exercise of the registry -----------------------------------------------------------------------
@by_name(EXERCISES.values())
def test_the_reference_is_right(item):
    verdict = item(item.reference if item.cases else item.reference())
    assert verdict and verdict.kind == "right" and line(verdict).startswith("Right: ")


@pytest.mark.parametrize(("item", "hint", "wrong"), MISTAKES)
def test_a_mistake_is_recognised_as_itself(item, hint, wrong):
    answer = {**item.reference(), **wrong} if isinstance(wrong, dict) else wrong
    verdict = item(answer)
    assert verdict.kind == "wrong" and verdict.message == hint and not verdict
    line(verdict)


@by_name(FUNCTIONS)
def test_the_cases_tell_all_variants_apart(item):
    """Two hints for one behaviour would make the second a dead letter."""
    hints = [hint for hint, wrong in item.mistakes for _ in item.variants(wrong)]
    outcomes = [[run(variant, args) for args in item.all_cases()]
                for _, wrong in item.mistakes for variant in item.variants(wrong)]  # fmt: skip
    right = [run(item.reference, args) for args in item.all_cases()]
    for i, mine in enumerate(outcomes):
        assert not agree(mine, right) and agree(mine, mine), hints[i]
        assert not [j for j, other in enumerate(outcomes) if hints[j] != hints[i] and agree(mine, other)], hints[i]


@by_name(FUNCTIONS)
def test_cases_are_seeded_fresh_and_small_first(item):
    first, second = list(item.all_cases()), list(item.all_cases())
    assert all(
        np.array_equal(a, b, equal_nan=isinstance(a, np.ndarray) and a.dtype.kind == "f")
        for one, two in zip(first, second, strict=True)
        for a, b in zip(one, two, strict=True)
    )
    assert not any(
        np.shares_memory(a, b)
        for one, two in zip(first, second, strict=True)
        for a, b in zip(one, two, strict=True)
        if isinstance(a, np.ndarray)
    )
    sizes = [sum(np.size(arg) for arg in args) for args in item.cases()]
    assert sizes[0] == min(sizes)


@by_name(EXERCISES.values())
def test_no_answer_is_not_attempted_yet(item):
    for verdict in (item(), item(None), item(...)):
        assert line(verdict) == spoken(f"Not attempted yet: {item.todo}.")


@by_name(VALUES)
@pytest.mark.parametrize("answer", [(None,), [..., 1], {"x": ...}, {"x": (..., 3), "W": 2}])
def test_a_half_empty_answer_is_not_attempted_yet(item, answer):
    assert line(item(answer)) == spoken(f"Not attempted yet: {item.todo}.")


@by_name(EXERCISES.values())
def test_texts_fit_their_frame(item):
    for text in (item.todo, item.because, *(hint for hint, _ in item.mistakes), *item.hard):
        assert not text.endswith((".", "!")) and "\n" not in text and len(text) < 130
    assert item.name in repr(item) and len(repr(item).splitlines()) == 1


def test_exercises_are_found_by_name():
    assert {"scores_of", "one_hot", "shapes", "accuracy", "boundary"} <= set(dir(checks))
    assert checks.scores_of is EXERCISES["scores_of"]
    assert all(name == item.name for name, item in EXERCISES.items())
    # A module of the same name would stand in an exercise's place.
    assert all(getattr(checks, name) is item for name, item in EXERCISES.items())
    with pytest.raises(AttributeError, match="'score', expected one of line, centred, picked, scores_of, one_hot"):
        _ = checks.score


def test_a_name_can_be_taken_once():
    module = SimpleNamespace(__name__="other", scores_of=checks.scores_of)
    assert collect(module) == {"scores_of": checks.scores_of}
    with pytest.raises(ValueError, match="other: .* Rename scores_of"):
        collect(module, module)


# --- what counts as right ---------------------------------------------------------------------------------
def test_other_ways_to_the_same_numbers_are_right():
    assert checks.scores_of(lambda X, W, b: [[float(w @ x + bias) for w, bias in zip(W, b, strict=True)] for x in X])
    assert checks.scores_of(lambda X, W, b: X.astype("f4") @ W.T.astype("f4") + b.astype("f4"))
    assert checks.scores_of(lambda inputs, weights, biases: np.einsum("nd,cd->nc", inputs, weights) + biases)
    assert checks.scores_of(lambda *args: args[0] @ args[1].T + args[2])
    assert checks.one_hot(lambda y, C: y[:, None] == np.arange(C))
    assert checks.one_hot(lambda y, C: np.eye(C, dtype=int)[y])
    assert checks.boundary(lambda w_i, w_j, b_i, b_j: list(checks.boundary.reference(w_i, w_j, b_i, b_j)))
    assert flatten(lambda image: image.tolist()[0][0] * 0 + list(image.flat))
    assert flatten(np.ravel)
    assert checks.accuracy(functools.partial(lambda scale, s, y: scale * (s.argmax(1) == y).mean(), 1.0))


@pytest.mark.parametrize(
    "answer",
    [
        ((7500,), (5, 7500), (5,), (5,)),
        [7500, [5, 7500], 5, 5],
        ((7500, 1), (5, 7500), (5, 1), (5, 1)),
        ("7500x1", "5 x 7500", "5x1", "5x1"),
        (np.zeros(7500), np.zeros((5, 7500)), np.zeros(5), np.zeros(5)),
        {"scores": 5, "b": (5,), "x": 50 * 50 * 3, "W": (5, 7500)},
    ],
)
def test_shapes_may_be_written_in_several_ways(answer):
    assert checks.shapes(answer)


def test_shapes_take_arguments_as_well():
    assert checks.shapes(7500, (5, 7500), 5, 5) and checks.shapes(x=7500, W=(5, 7500), b=5, scores=5)
    assert "labels are swapped: how many scores" in line(checks.shapes((7500, 1), (5, 7500), (7500, 1), (5, 1)))
    assert "x (5,) is what the slide prints" in line(checks.shapes((5, 1), (5, 7500), (7500, 1), (5, 1)))
    assert "some flat" in line(checks.shapes((7500, 1), (5, 7500), (5,), (5,)))
    assert "scores is missing" in line(checks.shapes(x=7500, W=(5, 7500), b=5))
    assert "3 came, expected four" in line(checks.shapes(7500, (5, 7500), 5))
    assert "is no shape" in line(checks.shapes(7500, (5, np.nan), 5, 5))


def test_a_class_may_be_named_or_numbered():
    scores = lecture.W1 @ lecture.x3 + lecture.b1
    assert class_of_x3(scores.argmax()) and class_of_x3(" Airplane ") and class_of_x3(2)
    assert "which class has it" in line(class_of_x3(scores.max()))
    assert "this is the smallest" in line(class_of_x3(scores.min()))
    assert "these are the scores" in line(class_of_x3(scores))
    assert "W2 predicts" in line(class_of_x3((lecture.W2 @ lecture.x3 + lecture.b2).argmax()))
    assert "W1 predicts for x1" in line(class_of_x3((lecture.W1 @ lecture.x1 + lecture.b1).argmax()))
    assert "class 3 doesn't exist" in line(class_of_x3(3))
    assert "none of the three" in line(class_of_x3("dog"))


# --- what the generic line says ---------------------------------------------------------------------------
CALL = "Not yet: scores_of([[1, 2], [3, 4]], [[1, 0], [5, 1]], [10, 20]): "
MATRIX = "expected an array of shape (2, 2)."


def raises_deep(X, W, b):
    def helper():
        return X @ missing  # noqa: F821

    return helper()


def endless(X, W, b):
    return endless(X, W, b)


def forgets_a_branch(X, W, b):
    if len(X) == 2:
        return X @ W.T + b
    return None


def generator(X, W, b):
    yield X @ W.T + b


async def coroutine(X, W, b):
    return X @ W.T + b


def interrupted(X, W, b):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda X, W, b: X @ W.T + b * b, CALL + "came [[101, 407], [103, 419]], expected [[11, 27], [13, 39]]."),
        (
            lambda X, W, b: np.nan * X @ W.T,
            CALL + "came NaN (not a number: 0/0, inf - inf?), expected [[11, 27], [13, 39]].",
        ),
        (lambda X, W, b: X @ W.T @ X[0], CALL + "wrong shape: came an array of shape (2,), " + MATRIX),
        (lambda X, W, b: "abc", CALL + "came a string, " + MATRIX),
        (lambda X, W, b: [[1, 2], [3]], CALL + "came a list that makes no array of numbers, " + MATRIX),
        (lambda X, W, b: {1: 2}, CALL + "came something of type dict, " + MATRIX),
        (
            lambda X, W, b: 1j * X,
            CALL + "came complex numbers of shape (2, 2) (a root or a power of something negative?), " + MATRIX,
        ),
        (lambda X, W, b: None, CALL + "your function returns None: does every branch end in return?"),
        (
            lambda X, W, b: print(X),
            CALL + "your function prints but returns nothing: hand the result back with return.",
        ),
        (lambda X, W: X @ W.T, "Not yet: your function takes (X, W), expected (X, W, b)."),
        (
            raises_deep,
            CALL + 'your function raised NameError at line 2 of helper, "return X @ missing": '
            "name 'missing' is not defined.",
        ),
        (endless, CALL + "your function calls itself without end (RecursionError)."),
        (
            interrupted,
            CALL + 'your function was interrupted at line 2 of interrupted, "raise KeyboardInterrupt": '
            "does a loop never end?",
        ),
        (generator, CALL + "came a generator (use return, not yield), " + MATRIX),
        (coroutine, CALL + "came something of type coroutine, " + MATRIX),
        (
            lambda X, W, b: sys.exit("bye"),
            CALL + 'your function raised SystemExit at line 1 of <lambda>, "sys.exit("bye")": bye.',
        ),
        (int, "Not yet: came a class, expected your function itself, without a call: checks.scores_of(scores_of)."),
        (
            np.eye(3),
            "Not yet: came an array of shape (3, 3), expected your function itself, without a call: "
            "checks.scores_of(scores_of).",
        ),
    ],
)
def test_the_generic_line(answer, says):
    assert line(checks.scores_of(answer)) == says


def test_a_forgotten_branch_and_a_late_difference_name_a_larger_case():
    prefix = "Not yet: scores_of of X (3, 3), W (3, 3), b (3,): "
    assert line(checks.scores_of(forgets_a_branch)) == prefix + (
        "your function returns None: does every branch end in return?"
    )

    def late(image):
        flat = image.reshape(-1).copy()
        flat[50:] += len(flat) > 50
        return flat

    assert re.fullmatch(
        r"Not yet: flatten of image \(50, 50, 3\): "
        r"entry \[50\] came [\d.]+, expected [\d.]+\.",
        line(flatten(late)),
    )


@pytest.mark.parametrize(
    ("item", "answer", "says"),
    [
        (
            checks.scores_of,
            lambda X, W, b: np.stack([W @ X[i] + b for i in range(len(W))]),
            "came an array of shape (4, 4)",
        ),
        (checks.one_hot, lambda y, C: np.eye(3)[y], "raised IndexError|wrong shape"),
        (checks.accuracy, lambda s, y: (s[:, :3].argmax(axis=1) == y).mean(), "came"),
        (flatten, lambda image: image.ravel() if len(image) == 2 else image.ravel()[::-1], "came"),
    ],
)
def test_what_is_right_for_some_sizes_only_is_not_right(item, answer, says):
    verdict = item(answer)
    assert not verdict and any(part in line(verdict) for part in says.split("|"))


def test_a_value_keeps_its_answer_to_itself():
    for wrong in ((7500, (5, 7), 5, 5), (7500, (5, 7500), 6, 5), (7500, (5, 7500), 5, 6)):
        assert "expected" not in line(checks.shapes(wrong)) and "To do: give the shapes" in line(checks.shapes(wrong))
    assert "came '5 x 7'" in line(checks.shapes(7500, (5, 7), 5, 5))
    assert "came a function, expected a value" in line(class_of_x3(lambda: "airplane"))


def test_inputs_changed_in_place_are_named():
    def writes(X, W, b):
        scores = X @ W.T + b
        W *= 2
        return scores

    def clears(image):
        flat = image.ravel().copy()
        image[...] = 0
        return flat

    def overwrites_nan(losses, limit):
        bad = ~np.isfinite(losses) | (losses > limit)
        losses[bad] = 0
        return int(np.argmax(bad)) if bad.any() else -1

    assert "your function changes its input W in place: work on W.copy()." in line(checks.scores_of(writes))
    assert "your function changes its input losses in place" in line(checks.first_bad_step(overwrites_nan))
    assert "your function changes its input image in place" in line(flatten(clears))


def test_an_answer_that_uses_one_buffer_again_is_judged_call_by_call():
    buffer = np.zeros(1)

    def reuse(scores, y):
        buffer[:] = (scores.argmax(axis=1) == y).mean()
        return buffer

    assert "wrong shape: came an array of shape (1,), expected a single number" in line(checks.accuracy(reuse))
    assert agree([attempt(lambda: buffer, ())], [attempt(lambda: np.array(buffer), ())])
    first = attempt(lambda: buffer, ()).value
    buffer[:] = 99
    assert first[0] != 99


# --- stubs ------------------------------------------------------------------------------------------------
def stub(X, W, b):
    """Return the scores."""
    ...  # your code here


def stub_in_a_loop(X, W, b):
    scores = np.zeros((len(X), len(W)))
    for _ in X:
        ...  # your code here
    return scores + 7


def stub_of_a_value(X, W, b):
    scores = ...  # your code here
    return scores  # noqa: RET504


def stub_used(X, W, b):
    scores = ...  # your code here
    return scores + b


def left_over_but_right(X, W, b):
    ...  # your code here
    return X @ W.T + b


def left_over_and_wrong(X, W, b):
    ...  # your code here
    return X @ W.T


def ellipsis_as_an_index(X, W, b):
    return X[..., :] @ W.T + 3 * b


@pytest.mark.parametrize("answer", [stub, stub_of_a_value, lambda X, W, b: ...])
def test_a_stub_is_not_attempted_yet(answer):
    assert line(checks.scores_of(answer)) == f"Not attempted yet: {checks.scores_of.todo}."


@pytest.mark.parametrize("answer", [stub_in_a_loop, stub_used])
def test_a_stub_in_the_middle_is_not_attempted_yet_either(answer):
    says = line(checks.scores_of(answer))
    assert says == f'Not attempted yet: replace the line "..." in your function. To do: {checks.scores_of.todo}.'


FORMS = ["...", "a = ...", "a, c = ...", "a, c = ..., ...", "a = c = ...", "a: object = ...", "return ...",
         "return ..., ...", "X = X.copy()\n    X[:] = ...", "X = X.copy()\n    X[0], X[1] = ..., ...", "b += ...",
         "b = [..., ...]", "for row in X:\n        ...", "if len(X):\n        a = ..."]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("end", ["", "\n    return X", "\n    return X + 7"])
def test_every_form_of_a_stub_is_not_attempted_yet(form, end):
    """However a gap stands in a cell, what is left around it returns nothing, an input, or something half done."""
    space: dict = {}
    run_cell(f"def scores_of(X, W, b):\n    {form}{end}", space)
    verdict = checks.scores_of(space["scores_of"])
    assert verdict.kind == "todo", verdict
    assert has_stub(space["scores_of"])


def test_a_left_over_stub_line_does_not_hide_the_verdict():
    assert checks.scores_of(left_over_but_right)
    assert "b is missing" in line(checks.scores_of(left_over_and_wrong))
    assert line(checks.scores_of(ellipsis_as_an_index)).startswith(CALL + "came")


def test_a_stub_without_source_is_not_attempted_yet():
    space = {}
    exec(compile("def scores_of(X, W, b):\n    ...", "<nowhere>", "exec"), space)  # Python 3.13 keeps that of <string>
    assert checks.scores_of(space["scores_of"]).kind == "todo"


# --- nothing escapes --------------------------------------------------------------------------------------
class Refuses:
    """Refuse everything that can be refused."""

    def _no(self, *args, **kwargs):
        raise RuntimeError("no\n<b>no</b>\x1b[31m")

    __bool__ = __len__ = __iter__ = __eq__ = __ne__ = __repr__ = __str__ = __array__ = __float__ = _no
    __getitem__ = __getattr__ = __copy__ = __deepcopy__ = __hash__ = __int__ = __index__ = _no


class RefusesCalled(Refuses):
    def __call__(self, *args):
        raise Unspeakable


class Unspeakable(Exception):
    def __str__(self):
        raise ValueError("no words")


class Slippery(dict):
    def values(self):
        raise OSError

    items = keys = __getitem__ = __contains__ = values


LOOP = []
LOOP.append(LOOP)
ODD = [
    Refuses(),
    RefusesCalled(),
    Refuses,
    Slippery(a=1),
    LOOP,
    [LOOP] * 4,
    {"x": LOOP},
    {"x": Refuses()},
    {1: 2},
    10**400,
    [10**400],
    float("nan"),
    -0.0,
    True,
    1j,
    np.float64("inf"),
    [np.inf, "x"],
    np.ma.masked,
    np.array([None, 1]),
    np.array(["a"]),
    np.array([]),
    np.zeros((0, 3)),
    np.datetime64("2017-10-01"),
    "<script>alert(1)</script>",
    "a\nb\u2028c\x1b[0m\ud800",
    "x" * 10_000,
    b"bytes",
    memoryview(b"ab"),
    {1, 2},
    range(3),
    list(range(9999)),
    (i for i in "ab"),
    np,
    np.add,
    np.dtype("f8"),
    NotImplemented,
    print,
    len,
    max,
    iter,
    dict,
    type,
    object,
    property(),
    Exception,
]


def odd_thing(number):
    return ODD[number]


odd = st.integers(0, len(ODD) - 1).map(odd_thing)  # by number: some of them refuse to be shown
keys = st.text(max_size=3) | st.sampled_from(["x", "W", "b", "scores"])
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.complex_numbers() | st.just(...) | odd,
    lambda inner: (
        st.lists(inner, max_size=5) | st.tuples(inner, inner, inner, inner) | st.dictionaries(keys, inner, max_size=5)
    ),
    max_leaves=8,
)


@by_name(EXERCISES.values())
def test_odd_things_get_a_line(item):
    for thing in ODD:
        an_odd_thing_gets_a_line(item, thing)


def an_odd_thing_gets_a_line(item, thing):
    for answer in (thing, lambda *args: thing, [thing], {"x": thing}):
        verdict = item(answer)
        line(verdict)
        assert not verdict or verdict.kind == "right" and thing is True
    line(item(thing, thing))
    line(item(self=thing, answer=thing))


@settings(max_examples=120, deadline=None)
@given(value=plain)
def test_any_value_gets_a_line(value):
    """Every value goes to every exercise: to think of one takes longer than to answer it."""
    for item in EXERCISES.values():
        note(item.name)
        line(item(value))
        line(item(lambda *args: value))


@by_name(FUNCTIONS)
def test_any_error_gets_a_line(item):
    for error in ERRORS:
        an_error_gets_a_line(item, error)


ERRORS = [Unspeakable, ValueError("a\nb\x00<i>"), MemoryError, GeneratorExit, SystemExit(3), StopIteration,
          KeyboardInterrupt, BaseException, UserWarning, RecursionError]  # fmt: skip


def an_error_gets_a_line(item, error):
    def fails(*args):
        raise error

    assert line(item(fails)).startswith("Not yet: ")


def test_a_check_is_silent_and_leaves_the_settings_alone(capfd):
    def noisy(X, W, b):
        print("debug")
        np.log(np.zeros(3) - 1)
        np.zeros(3) / 0
        return X @ W.T + b

    before = np.geterr()
    assert checks.scores_of(noisy)
    assert capfd.readouterr() == ("", "") and np.geterr() == before


def test_a_check_leaves_the_random_numbers_alone():
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    checks.scores_of(lambda X, W, b: X)
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002


# --- the verdict on the page ------------------------------------------------------------------------------
def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return np.dot(linear, [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("kind", LOOKS)
def test_a_verdict_shows_symbol_word_and_a_legible_colour(kind):
    symbol, word, colour = LOOKS[kind]
    page = Verdict(kind, "a < b & c\nd")._repr_html_()
    assert symbol in page and word in page and colour in page and "a &lt; b &amp; c d." in page
    assert "color: inherit" in page  # the message takes the theme's own colour
    assert 1.05 / (luminance(colour) + 0.05) > 4.5  # WCAG AA for white on the badge


def test_verdicts_differ_without_colour():
    assert len({look[0] for look in LOOKS.values()}) == len({look[1] for look in LOOKS.values()}) == 3


# --- an exercise of one's own -----------------------------------------------------------------------------
def test_an_exercise_is_one_declaration():
    @exercise(todo="double x", cases=lambda: [(1.0,), (3.0,)], mistakes=[("you squared x", lambda x: x**2)])
    def double(x):
        return 2 * x

    assert double(lambda x: x + x) and line(double(lambda x: x * x)) == "Not yet: you squared x."
    assert line(double(lambda x: 3 * x)) == "Not yet: double(1): came 3, expected 2."
    assert line(double(lambda x: 2 * x if x < 2 else 0)) == "Not yet: double(3): came 0, expected 6."


def test_a_mistake_needs_a_value_in_common():
    @exercise(todo="double x", cases=lambda: [(1.0,), (3.0,)], mistakes=[("always raises", lambda x: 1 / 0)])
    def double(x):
        return 2 * x

    assert "raised ZeroDivisionError at line 1" in line(double(lambda x: x / 0))


def test_a_mistake_may_lead_to_complex_numbers():
    cases = lambda: [(4.0,), (-9.0,)]  # noqa: E731

    @exercise(todo="the root of |x|", cases=cases, mistakes=[("take |x| first", lambda x: x**0.5)])
    def root(x):
        return abs(x) ** 0.5

    assert line(root(lambda x: x**0.5)) == "Not yet: take |x| first."
    assert line(root(lambda x: complex(x) ** 0.5)) == (
        "Not yet: root(4): came a complex number (a root or a power of something negative?), expected a single number."
    )
    assert root(lambda x: np.sqrt(abs(x)))


@pytest.mark.parametrize(
    ("came", "expected", "difference"),
    [
        (1, 1.0, None),
        ([1, 2], (1, 2), None),
        (np.float32(0.1), 0.1, None),
        (np.nan, np.nan, None),
        (np.inf, np.inf, None),
        (1.001, 1.0, "came 1.001, expected 1"),
        (1.00003, 1.0, "came 1.00003, expected 1"),
        (1000.03, 1000.0, "came 1000.03, expected 1000"),
        (2e-5, 0.0, "came 0.00002, expected 0"),
        ([0.5, 1.000015], [0.5, 1.0], None),
        ([1], 1.0, "wrong shape: came an array of shape (1,), expected a single number"),
        ("A ", "a", None),
        (1, "a", "came 1, expected 'a'"),
        ({"a": 1, "b": 2}, {"a": 1}, None),
        ({}, {"a": 1}, "a is missing"),
        (3, {"a": 1}, "came a single number, expected a dict with a"),
        (np.inf, 1.0, "came inf, expected 1"),
        (None, 1.0, "came None, expected a single number"),
        (1j, 1j, None),
        (1.0, 1j, "came a single number, expected a complex number (a root or a power of something negative?)"),
        ((np.zeros(2), 1j), (np.zeros(2), 1j), None),
        (1.0, None, "came a single number, expected None"),
    ],
)
def test_mismatch(came, expected, difference):
    assert mismatch(came, expected) == difference


# --- what a function looks at, and what it remembers ------------------------------------------------------
def takes_a_global(W, x, y_star):
    return np.linalg.norm(W @ np.array([0.25, -2.0]) - y_star)


def overwrites(w, velocity, dw, learning_rate, mu):
    mu = 0.77
    velocity = mu * velocity + dw
    return w - learning_rate * velocity, velocity


def reads_while_it_overwrites(w, velocity, dw, learning_rate, mu):
    mu += 0.1
    velocity = mu * velocity + dw
    return w - learning_rate * velocity, velocity


def counts_its_calls(share, wanted, calls=[]):  # noqa: B006
    calls.append(1)
    return checks.restarts_needed.reference(share, wanted) + len(calls) // 2


def draws(share, wanted, rng=np.random.default_rng(1)):  # noqa: B008
    return rng.random()


def fails_the_second_time(share, wanted, left=[5, 10, 44, 2, 1, 18, 2, 3, 9]):  # noqa: B006
    return left.pop()


def test_an_argument_that_is_never_looked_at_is_named():
    assert "your function never uses x: does a name from outside" in line(checks.norm_loss(takes_a_global))
    assert "what comes in as mu is overwritten before it is used" in line(checks.momentum_step(overwrites))
    assert "mu is overwritten" not in line(checks.momentum_step(reads_while_it_overwrites))


def test_an_argument_that_nobody_needs_is_not_missed():
    def uphill(dW, db, W, b, lam):
        return dW - 0.123 * lam * W, db

    assert "never uses" not in line(checks.penalised_gradient(uphill))


@pytest.mark.parametrize("answer", [counts_its_calls, draws, fails_the_second_time])
def test_what_outlives_a_call_is_named(answer):
    assert "the same input gives another result when it comes again" in line(checks.restarts_needed(answer))


def test_in_jupyterlab_a_verdict_is_said_aloud_and_elsewhere_it_has_no_script(monkeypatch):
    verdict = Verdict("wrong", "came </script>, expected `W`")
    assert "<script" not in verdict._repr_html_()
    monkeypatch.setattr("lectureutils.asked.in_jupyterlab", lambda: True)
    page = verdict._repr_html_()
    assert page.count("</script>") == 1, "the reader's own words end the script"
    assert f"sayAloud(document.currentScript, {json.dumps(repr(verdict)).replace('<', chr(92) + 'u003c')}, " in page
