"""No small fault in a notebook's own solution gets past its check."""

import ast

import pytest
from mutants import accepted_although_wrong, accepts, changes, mutants, solutions

from lectureutils.checks import EXERCISES

# Accepted on purpose, with the reason: (exercise, the change's words).
KNOWN = {
    ("relu_layer", "X > 0: comparison"): "at the kink any slope between 0 and 1 will do",
    ("network_backward", "Z > 0: comparison"): "at the kink any slope between 0 and 1 will do",
    ("network_step", "z > 0: comparison"): "at the kink any slope between 0 and 1 will do",
}


@pytest.mark.parametrize("name", [name for name, item in EXERCISES.items() if item.cases])
def test_no_fault_gets_past_its_check(name):
    wrong = dict(accepted_although_wrong(name))
    known = {words for exercise, words in KNOWN if exercise == name}
    assert set(wrong) == known, {words: args for words, args in wrong.items() if words not in known}


def test_every_exercise_has_its_mutants_and_its_solution_is_accepted():
    for name, item in EXERCISES.items():
        if item.cases:
            tree, names = solutions()[name]
            space = dict(names)
            exec(compile(tree, "<solution>", "exec"), space)
            assert accepts(item, space["answer"])
            assert sum(1 for _ in mutants(name)) > 5, name


def test_the_changes_are_those_that_students_make():
    code = "if X.max(axis=1, keepdims=True) > 0:\n    s += np.abs(-X.T @ W) / 2\nreturn a, b"
    tree = ast.parse(f"def f():\n    {code.replace(chr(10), chr(10) + '    ')}")
    words = {word for node in ast.walk(tree) for word, _ in changes(node)}
    assert {"comparison", "min", "without axis", "without keepdims", "not added up", "argument alone", "untransposed",
            "without sign or not", "order", "operation", "plus 1", "reversed", "always", "never", "left out", "rounded",
            "squeezed", "whole numbers", "NaN to 0"} <= words  # fmt: skip
