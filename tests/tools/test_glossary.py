"""The glossary is made of the notebooks' own sentences, and each symbol is told where it first stands."""

import re

import pytest

from tools.glossary import NO_TERMS, PATHS, glossary, is_term, page, plain, symbols
from tools.home import read


def prose(stem: str) -> str:
    (path,) = [path for path in PATHS if path.stem == stem]
    cells = [cell for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    return " ".join("\n".join("".join(cell["source"]) for cell in cells).split())


@pytest.mark.parametrize(("word", "stem", "said"), [
    ("loss", "01_linear_classifier", "it gives each W a number that says how far its answers are from the right ones"),
    ("hinge", "02_loss_functions", "what it asks for: the true score leads each other one by 1"),
    ("epoch", "02_loss_functions", "an epoch is one pass over all the training examples"),
    ("gradient", "04_optimization", "the list of all slopes"),
    ("momentum", "05_gradient_descent", "we give w a velocity"),
    ("mini-batch gradient descent", "05_gradient_descent", "a step looks at: B of them"),
    ("relu", "07_neural_networks", "max(0, z). It leaves positive numbers alone"),
    ("chain rule", "08_backpropagation", "At each node one rule is enough, the chain rule."),
    ("forward propagation", "07_neural_networks", "compute it from left to right"),
])  # fmt: skip
def test_a_term_stands_with_the_sentence_that_explains_it_first(word, stem, said):
    term = glossary()[word]
    assert term.stem == stem and said in plain(term.said)


def test_every_sentence_is_the_notebooks_own():
    assert len(glossary()) > 50
    for term in glossary().values():
        assert (
            term.word.lower() in plain(term.said).lower() and term.section and term.notebook.startswith(term.stem[:2])
        )
        first = re.split(r"\n\n|: ", term.said)[0]
        assert " ".join(first.split()) in prose(term.stem), term.word
        assert len({it.anchor for it in glossary().values()}) == len(glossary())


def test_what_is_bold_for_another_reason_still_is():
    """A word of the list that is gone from the notebooks would hide a term that comes later."""
    bold = {" ".join(it.split()).lower() for path in PATHS for it in re.findall(r"\*\*([^*]+)\*\*", prose(path.stem))}
    assert bold >= NO_TERMS


LABELS = ("Take-away.", "Try this", "What you see in the figure.", "add is a distributor", "model",
          "We make the fit worse on purpose, and the answers get better.")  # fmt: skip


@pytest.mark.parametrize("word", LABELS)
def test_labels_and_sentences_are_no_terms(word):
    assert not is_term(word)


def test_symbols_are_told_once_each_in_the_order_of_the_series():
    found = symbols()
    assert [it.stem for it in found] == sorted(it.stem for it in found) and len(found) > 20
    first = {it.signs: it.stem for it in found}
    assert first["`W`"] == "01_linear_classifier" and first["`lam`, $\\lambda$"] == "03_regularization"
    assert all(
        row.count(" | ") == 3 for row in page().split("## Symbols")[1].strip().split("\n") if row.startswith("| `")
    )
