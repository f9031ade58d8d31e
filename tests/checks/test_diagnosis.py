"""Which mistake a check names: one on the cases where it shows, two at once, a symptom; and how it says an error."""

import itertools
import sys

import numpy as np
import pytest

from lectureutils import blame, checks
from lectureutils.checks import any_of, exercise, near
from lectureutils.checks.attempt import attempt
from lectureutils.checks.compare import mismatch, part_names
from lectureutils.checks.limits import MOST_LINES, MOST_PRINTED, few_lines
from lectureutils.checks.stub import has_stub, is_stub
from lectureutils.checks.symptoms import symptom


def spread(mean=True, shift=0.0, power=2):
    def variant(x):
        e = np.abs(x - x.mean() - shift) ** power
        return e.mean() if mean else e.sum()

    return variant


@exercise(
    todo="return the mean square of x around its mean",
    cases=lambda: [(np.array([1.0, 4.0]),), (np.array([1.0, 2.0, 6.0]),), (np.array([2.5, 3.0, 9.0, -1.0]),)],
    hard={"a single number": lambda: [(np.array([3.0]),)], "numbers around 1e9": lambda: [(np.array([1e9, 1e9 + 1]),)]},
    make=spread,
    mistakes=[
        ("the mean of the squares is asked for, not their sum", {"mean": False}),
        ("something is added to x", any_of({"shift": 1.0}, {"shift": 0.5})),
        ("the square is missing", {"power": 1}),
        ("divided by n - 1: divide by n", lambda x: x.var(ddof=1) if len(x) > 1 else np.nan),
        ("mean(x^2) - mean(x)^2 cancels", lambda x: float(np.float32((x**2).mean()) - np.float32(x.mean() ** 2))),
        ("a tenth too much, roughly", near(lambda x: 1.1 * x.var(), 0.02)),
    ],
)
def variance(x):
    """Return the variance."""
    return spread()(x)


def said(item, answer):
    verdict = item(answer)
    assert verdict.kind == "wrong"
    return verdict.message


def test_a_mistake_is_named_whatever_it_does_in_hard_cases():
    assert said(variance, lambda x: ((x - x.mean()) ** 2).sum() if len(x) > 1 else 77) == variance.mistakes[0][0]
    assert said(variance, lambda x: x.var(ddof=1) if len(x) > 1 else 1 / 0) == variance.mistakes[3][0]


def test_every_function_of_a_hint_is_tried():
    for shift in (1.0, 0.5):
        assert said(variance, spread(shift=shift)) == "something is added to x"
    assert "something" not in said(variance, spread(shift=0.7))


def test_one_that_is_compared_roughly_still_has_to_differ_from_the_right():
    assert said(variance, lambda x: 1.11 * x.var()) == "a tenth too much, roughly"
    assert "roughly" not in said(variance, lambda x: 1.14 * x.var())
    assert "roughly" not in said(variance, lambda x: 1.0005 * x.var())

    @exercise(todo="double x", cases=variance.cases, mistakes=[("roughly", near(lambda x: 2.06 * x, 0.02))])
    def doubled(x):
        return 2 * x

    assert said(doubled, lambda x: 2.07 * x) == "roughly"
    assert "roughly" not in said(doubled, lambda x: 2.03 * x)  # as near to the right as to the mistake


def test_two_changes_are_named_as_two():
    assert said(variance, spread(mean=False, power=1)) == (
        "two things: the mean of the squares is asked for, not their sum; and the square is missing"
    )
    assert said(variance, spread(mean=False, shift=0.5)).startswith("two things: the mean")


def test_a_group_of_hard_cases_says_its_name():
    assert said(variance, lambda x: x.var() if len(x) > 1 else np.nan) == (
        "right for plain cases, but not for a single number. variance([3]): came NaN (not a number: 0/0, inf - inf?), "
        "expected 0"
    )
    assert "but not for numbers around 1e9" in said(variance, lambda x: x.var() if x[0] < 1e8 else 9.0)


@exercise(
    todo="return (twice, half), both arrays like x",
    cases=lambda: [(np.array([1.5, -2.5]),), (np.array([0.25, 3.5, -1.0]),)],
    hard={
        "a single number": lambda: [(np.array([[3.0, 1.0]]),)],
        "whole numbers": lambda: [(np.array([3, 5]),), (np.array([2, 4]),)],
    },
    mistakes=[("half is missing where twice is above 6", lambda x: (2 * x, x / 2) if x.max() < 3 else None)],
)
def twice_and_half(x):
    """Return (twice, half)."""
    return 2 * x, x / 2


def test_a_symptom_may_show_in_hard_cases_only():
    assert said(twice_and_half, lambda x: ((2 * x).squeeze(), x / 2)).startswith(
        "twice: the numbers are right, but in another shape"
    )
    assert said(twice_and_half, lambda x: (2 * x, (x / 2).astype(x.dtype))).startswith(
        "half: the result is cut to whole numbers"
    )


def test_one_number_of_a_hard_case_tells_no_symptom():
    @exercise(todo="return 1 / x, and 1 for 0", cases=lambda: [(2.0,), (4.0,)], hard={"zero": lambda: [(0.0,)]})
    def upside_down(x):
        return 1 / x if x else 1.0

    assert said(upside_down, lambda x: 1 / x if x else 0.0) == (
        "right for plain cases, but not for zero. upside_down(0): came 0, expected 1"
    )


def test_what_all_returned_values_show_is_said_once():
    assert said(twice_and_half, lambda x: (-2 * x, -x / 2)).startswith("twice, half: every sign is turned round")
    assert said(twice_and_half, lambda x: (-2 * x, x)).startswith("two things: twice: every sign")


def test_an_input_changed_in_place_is_named_before_it_breaks_whole_numbers():
    def in_place(x):
        x *= 0.5
        return 4 * x, x

    assert said(twice_and_half, in_place) == "your function changes its input x in place: work on x.copy()"


def test_a_mistake_may_return_none_now_and_then():
    assert said(twice_and_half, lambda x: None if x.max() >= 3 else (2 * x, x / 2)).startswith("half is missing where")


def test_what_explains_a_part_only_is_not_named():
    assert said(variance, lambda x: ((x - x.mean()) ** 2).sum() if len(x) == 2 else 5.0).startswith("variance([1, 4])")
    assert said(variance, lambda x: x.var(ddof=1) if len(x) == 3 else x.var()).startswith("variance([1, 2, 6])")


def test_mistakes_in_two_returned_values_are_two():
    def both_wrong(X, W, b, dY):
        return X @ W.T, dY @ W, dY.T @ X / len(X), dY.sum(axis=0)

    assert said(checks.affine_layer, both_wrong) == (
        "two things: dW is a mean over the examples: they add up, the 1/N belongs to the loss; and b is missing in Y"
    )

    def one_is_unknown(X, W, b, dY):
        return X @ W.T + 0 * b, dY @ W, (dY.T @ X) ** 3, dY.sum(axis=0)

    assert said(checks.affine_layer, one_is_unknown).startswith("affine_layer of X (2, 2), W (2, 2), b (2,), dY (2, 2)")


@exercise(
    todo="return (rows, columns, all), the sums of X",
    cases=lambda: [(np.array([[1.0, -2, 4]]),), (np.array([[0.5, 7], [-3, 2.25], [4, 1]]),)],
)
def sums(X):
    """Return three kinds of sums."""
    return X.sum(axis=1), X.sum(axis=0), X.sum()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            lambda X: (X.sum(), X.sum(0), X.sum(1)),
            "the values come in another order, (all, columns, rows): return (rows, columns, all)",
        ),
        (lambda X: (X.sum(1), X.sum()), "columns is missing: return all 3, (rows, columns, all)"),
        (lambda X: X.sum(0), "only columns comes back: return all 3, (rows, columns, all)"),
        (lambda X: (X.sum(1), X.sum(0), X.sum(0)), "all: it is the same as columns, and each has its own"),
        (lambda X: (X.sum(1), -X.sum(0), -X.sum()), "columns, all: every sign is turned round"),
        (lambda X: (X.sum(1), X.sum(0), 0), "all: it is always 0: is it ever added to"),
        (
            lambda X: (X.sum(1), -X.sum(0), 0),
            "two things: columns: every sign is turned round; and all: it is always 0",
        ),
    ],
)
def test_parts_that_are_lost_or_exchanged_are_named(answer, says):
    assert said(sums, answer).startswith(says)


def test_parts_of_one_shape_may_come_stacked():
    right = checks.l1_and_l2_gradients.reference
    assert checks.l1_and_l2_gradients(lambda scores, y: np.stack(right(scores, y)))


def test_two_known_mistakes_beside_an_unknown_one_are_not_named():
    def three(X, W, b, dY):
        return X @ W.T + b, W, dY.T @ X / len(X), dY.sum(axis=0) ** 3

    assert said(checks.affine_layer, three).startswith("affine_layer of X (2, 2), W (2, 2), b (2,), dY (2, 2)")


def test_a_mistake_may_show_a_symptom():
    assert said(checks.scores_of, lambda X, W, b: -(X @ W.T)) == (
        "two things: b is missing: each class adds its own bias to its score; and every sign is turned round"
    )


def test_two_wrong_entries_of_a_value_are_two():
    hint = checks.shapes(x=2500, W=(5, 2500), b=5, scores=5).message
    assert hint.startswith("two things: the colours are missing: ") and "; and the colours are missing in W" in hint


def test_another_order_of_the_arguments_counts_only_if_the_result_is_wrong():
    assert checks.scores_of(lambda W, X, b: W @ X.T + b)
    assert said(checks.scores_of, lambda W, X, b: X @ W.T + b) == (
        "your function takes (W, X, b), but gets (X, W, b): the order counts"
    )


def test_arguments_by_name_only_are_told():
    def scores_of(*, X, W, b):
        return X @ W.T + b

    assert said(checks.scores_of, scores_of) == (
        "your function takes X, W, b by name only, because of the * among its arguments: expected (X, W, b) by "
        "position, without the *"
    )
    assert checks.scores_of(lambda X, W, b, *, scale=1: X @ W.T + b)


# --- symptoms ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.T, "lies on its side"),
        (lambda r: r[None], "axis of length 1"),
        (lambda r: r.ravel(), "another shape"),
        (lambda r: 0 * r, "all zeros"),
        (lambda r: -r, "every sign"),
        (np.abs, "minus signs are lost"),
        (lambda r: np.maximum(r, 0), "come out as 0"),
        (lambda r: np.round(r, 3), "rounded"),
        (lambda r: r.astype(int), "whole numbers"),
        (lambda r: np.where(r < 0, np.nan, r), "NaN or inf"),
        (lambda r: r[0], "only the first"),
        (lambda r: r[:1], "only the first"),
        (lambda r: r[-1], "only the last"),
        (lambda r: r[:-1], "the last of the results is missing"),
        (lambda r: r[1:], "the first of the results is missing"),
        (lambda r: np.vstack([r[:-1], r[-1:] ** 3]), "all but the last"),
        (lambda r: r[::-1], "reverse"),
        (lambda r: np.vstack([r[:1], 0 * r[1:]]), "only the first is right"),
        (lambda r: np.vstack([r[:1] ** 3, r[1:]]), "all but the first"),
        (lambda r: r.sum(), "added up to one number"),
        (lambda r: r.mean(), "averaged to one"),
        (lambda r: r.sum(axis=0), "rows are added up"),
        (lambda r: r.sum(axis=1), "entries of each row"),
        (lambda r: r**2, "the square of"),
        (lambda r: 1 / r, "upside"),
        (lambda r: 1 - r, "1 minus"),
        (lambda r: len(r) * r, "X.shape[0] times too large"),
        (lambda r: r / r.shape[1], "divided by X.shape[1], once"),
        (lambda r: 0.25 * r, "is 0.25 times"),
        (lambda r: r - 0.125, "too small by 0.125"),
        (lambda r: r / 7.3 + 2, ""),
    ],
)
def test_a_symptom_is_seen(change, says):
    rng = np.random.default_rng(3)
    right = [rng.normal(size=shape) for shape in [(2, 3), (4, 2), (3, 3)]]
    seen = symptom([change(r) for r in right], right, [(np.ones_like(r),) for r in right], ["X"])
    assert says in seen and bool(seen) == bool(says)


def test_a_symptom_has_to_hold_in_every_case():
    rng = np.random.default_rng(4)
    right = [rng.normal(size=shape) for shape in [(2, 3), (4, 2), (3, 3)]]
    came = [-right[0], right[1], -right[2]]
    assert symptom(came, right, [()] * 3, []) == ""


def test_an_argument_that_comes_back_and_a_root_are_seen():
    x = [np.array([1.0, 4.0]), np.array([2.0, 9.0, 3.0])]
    assert symptom(x, [a**2 for a in x], [(a,) for a in x], ["x"]).startswith("this is the root of")
    assert symptom(x, [a**2 + 1 for a in x], [(a,) for a in x], ["x"]).startswith("it is x as it came in")


def test_one_factor_in_one_case_is_no_factor():
    assert symptom([np.array(3.0)], [np.array(2.0)], [(1.0,)], ["x"]) == ""
    assert symptom([np.array(3.0), np.array(9.0)], [np.array(2.0), np.array(6.0)], [(1.0,), (3.0,)], ["x"]) == ""


# --- what is said about values ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("came", "expected", "names", "says"),
    [
        ((1, 2, 3), (1, 2, 3, np.ones(2)), (), "came 3 values, expected 4 values"),
        (
            (1, np.ones((2, 2)), np.ones(3)),
            (1, 2, 3, np.ones(2)),
            ("Y", "dX", "dW", "db"),
            "came 3 values, expected 4 values: (Y, dX, dW, db)",
        ),
        ((1.0,), (1.0, 2.0), (), "came 1 value, expected 2 values"),
        ((1.0, np.zeros(2)), (1.0, np.ones(2)), ("L", "dS"), "dS: came [0, 0], expected [1, 1]"),
        (0.82951, 0.82954, (), "came 0.82951, expected 0.82954"),
        (1.00003, 1.0, (), "came 1.00003, expected 1"),
        (np.array([1.0, 2, 0, 1]), np.array([2.0, -2, 0, -0.0]), (), "came [1, 2, 0, 1], expected [2, -2, 0, 0]"),
        (np.array([-1e-9, 1.0]), np.array([0.0, 2.0]), (), "came [0, 1], expected [0, 2]"),
        (np.full((3, 3), 1.23456), np.full((3, 3), 2.23456), (), "entry [0, 0] came 1.2346, expected 2.2346"),
    ],
)
def test_the_difference_says_what_came(came, expected, names, says):
    assert mismatch(came, expected, names=names) == says


def test_parts_are_named_where_the_text_names_them():
    assert part_names((1, 2), "return the pair (W, b) from X (N, D)") == ("W", "b")
    assert part_names((1, 2), "return a pair from X (N, D), like (3, 4)") == ()
    assert part_names(1.0, "return (W, b)") == () and part_names((1, 2, 3), "return (W, b)") == ()


def test_code_in_a_message_is_code_on_the_page_and_quoted_in_text():
    verdict = checks.Verdict("wrong", "the line `x < y` fails")
    assert "the line <code>x &lt; y</code> fails." in verdict._repr_html_()
    assert repr(verdict) == 'Not yet: the line "x < y" fails.'


# --- stubs ------------------------------------------------------------------------------------------------
def dots_in_the_docstring(X, W, b):
    """Return the scores.

    ...
    """
    return X @ W.T


def unpacks(X, W, b):
    """Return the scores."""
    a, c = ...  # your code here
    return a, c


def fills(X, W, b):
    scores = out = ..., ...
    scores[:] = ...
    return scores, out


def half_done(X, W, b):
    scores = X @ W.T
    if len(b):
        scores = ...
    return scores


def index(X, W, b):
    return X[..., 0]


def test_a_stub_is_read_as_python():
    assert not has_stub(dots_in_the_docstring) and not has_stub(index)
    assert all(has_stub(f) and is_stub(f) for f in (unpacks, fills))
    assert has_stub(half_done) and not is_stub(half_done)
    assert "b is missing" in said(checks.scores_of, dots_in_the_docstring)
    assert checks.scores_of(unpacks).kind == "todo" == checks.scores_of(fills).kind


# --- limits -----------------------------------------------------------------------------------------------
def counting(calls, work):
    def scores_of(X, W, b):
        calls.append(1)
        return work()

    return scores_of


def turns_for_ever():
    i = 0
    while i < 10:
        i -= 1


def talks_for_ever():
    while True:
        print("and so on")


def is_interrupted():
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (turns_for_ever, "runs on and on at line"),
        (talks_for_ever, "prints without end at line"),
        (is_interrupted, "was interrupted at line"),
    ],
)
def test_what_never_ends_is_stopped_once(work, says):
    calls = []
    message = said(checks.scores_of, counting(calls, work))
    assert says in message and message.endswith("does a loop never end?") and len(calls) == 1
    assert "for_ever" in message or "is_interrupted" in message


def test_much_work_and_many_words_are_no_fault():
    def busy(X, W, b):
        for _ in range(20_000):
            pass
        print("x" * 20_000)
        return X @ W.T + b

    assert checks.scores_of(busy)


def test_limits_end_with_the_call():
    before = sys.gettrace()
    outcome = attempt(turns_for_ever, ())
    assert outcome.stopped and sys.gettrace() is before
    assert attempt(lambda: print("x" * (MOST_PRINTED + 1)), ()).stopped
    assert sum(1 for _ in range(MOST_LINES // 100)) == MOST_LINES // 100


def test_a_debugger_keeps_its_place():
    def follow(frame, event, arg):
        return None

    sys.settrace(follow)
    try:
        with few_lines(3):
            assert sys.gettrace() is follow
            turns = [i for i in range(50) if i % 2]
    finally:
        sys.settrace(None)
    assert len(turns) == 25


# --- errors -----------------------------------------------------------------------------------------------
A, B, V = np.ones((3, 4)), np.ones((3, 2)), np.ones(3)
RAW = ("gufunc", "broadcast", "aligned", "ambiguous", "sequence", "dtype", "ufunc", "core dimension", "inhomogeneous",
       "scalar", "identity", "casting", "indexed")  # fmt: skip


@pytest.mark.parametrize(
    ("work", "kind", "says"),
    [
        (lambda: A @ B, "ValueError", "as many columns on its left as rows on its right, and these are 4 and 3"),
        (lambda: A.dot(B), "ValueError", "shapes (3,4) and (3,2) make no product"),
        (lambda: A @ 3.0, "ValueError", "a single number came"),
        (lambda: A + V, "ValueError", "shapes (3,4) and (3,) don't fit entry by entry"),
        (lambda: V.__iadd__(np.ones((3, 3))), "ValueError", "a result of shape (3,3) does not fit"),
        (lambda: A.copy().__setitem__(0, V), "ValueError", "shape (3,) does not fit into a place of shape (4,)"),
        (lambda: A[3], "IndexError", "index 3 does not exist: axis 0 has 3 entries"),
        (lambda: [1][2], "IndexError", "fewer entries than the index asks for"),
        (lambda: V.shape[1], "IndexError", "this tuple has fewer entries"),
        (lambda: V[0, 1], "IndexError", "the array has 1 axes, and 2 indices are given"),
        (lambda: V[0][0], "IndexError", "a single number has no entries"),
        (lambda: V[1.0], "IndexError", "an index has to be a whole number"),
        (lambda: A[V], "IndexError", "an index array has to hold whole numbers"),
        (lambda: V[np.ones(2, bool)], "IndexError", "the mask has another shape"),
        (lambda: A[np.arange(3), np.arange(2)], "IndexError", "pair them one by one"),
        (lambda: V.copy().__setitem__(0, [1, 2]), "ValueError", "one place takes one number"),
        (lambda: np.array([[1, 2], [3]]), "ValueError", "one place takes one number"),
        (lambda: 1 if V > 0 else 2, "ValueError", "use np.where, np.maximum or a mask"),
        (lambda: max(0, V), "ValueError", "use np.where, np.maximum or a mask"),
        (lambda: np.max(0, V), "TypeError", "entry by entry it is np.maximum(0, z)"),
        (lambda: V ^ 2, "TypeError", "^ is no power in Python"),
        (lambda: float(V), "TypeError", "float, int and math take one number"),
        (lambda: V.sum(axis=1), "AxisError", "axis=1 does not exist: the array has 1 axes"),
        (lambda: A.reshape(5), "ValueError", "12 numbers do not fill the shape (5,)"),
        (lambda: np.arange(3).__isub__(0.5), "TypeError", "begin with .astype(float)"),
        (lambda: np.array([]).max(), "ValueError", "the array is empty"),
        (lambda: np.array([]).argmax(), "ValueError", "take the max of: the array is empty"),
        (lambda: np.linalg.inv(np.zeros((2, 2))), "LinAlgError", "has no inverse"),
        (lambda: np.linalg.inv(A), "LinAlgError", "only a square matrix"),
        (lambda: np.vstack([A, V]), "ValueError", "need fitting shapes"),
        (lambda: np.stack([]), "ValueError", "the list of arrays is empty"),
        (lambda: np.arange(3) ** -1, "ValueError", "no negative power"),
        (lambda: V.foo, "AttributeError", "has no .foo"),
        (lambda: np.softmax(V), "AttributeError", "NumPy has no softmax"),
        (lambda: V(1), "TypeError", "is not callable"),
        (lambda: np.zeros(V), "TypeError", "a whole number is asked for here"),
        (lambda: range(V), "TypeError", "a whole number is asked for here"),
        (lambda: np.linalg.norm(V, axis=0, ord="x"), "ValueError", "do the shapes on this line fit"),
        (lambda: int(np.nan), "ValueError", "NaN can't become"),
        (lambda: undefined, "NameError", "name 'undefined' is not defined"),  # noqa: F821
        (lambda: 1 / 0, "ZeroDivisionError", "division by zero"),
        (lambda: itertools.count(), "", ""),
    ],
)
def test_an_error_is_told_in_the_words_of_the_series(work, kind, says):
    outcome = attempt(work, ())
    if not kind:
        assert not outcome.error
        return
    assert outcome.sentence.startswith(f"your function raised {kind} at line 1 of <lambda>, `")
    assert says in outcome.sentence
    told = outcome.sentence.partition("`: ")[2]
    assert told and not [word for word in RAW if word in told]


def test_a_sentence_of_ones_own_stays():
    def refuses():
        raise ValueError("operands could not be broadcast, I say")

    assert attempt(refuses, ()).sentence.endswith(": operands could not be broadcast, I say")
    sentence = attempt(lambda: checks.collect(checks.linear_classifier, checks.linear_classifier), ()).sentence
    assert "got exercises that exist already" in sentence


def test_a_place_names_function_line_and_code():
    def outer():
        value = 3

        def inner():
            return value.nothing

        return inner()

    with pytest.raises(AttributeError) as caught:
        outer()
    place = blame.place(caught.value)
    assert place == (2, "inner", "return value.nothing") and str(place) == " at line 2 of inner, `return value.nothing`"
