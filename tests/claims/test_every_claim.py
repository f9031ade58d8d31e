"""Each claim that a test stands for is in its notebook word for word, and each "Try this" has its tests."""

import importlib
import re
from pathlib import Path

import pytest

from claims import squash
from tools.cells import question
from tools.notebooks import expand, sources

# Notebooks of which every "Try this" is tried out. All should be here.
COVERED = {
    "00",
    "01",
    "02",
    "03",
    "04",
    "05",
    # part 2
    "06",
    "07",
    "08",
    "09",
    "10",
}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")


def module_of(path):
    try:
        return importlib.import_module(f"claims.test_{path.stem[3:]}")
    except ModuleNotFoundError:
        return None


def claims_of(module):
    """Give the words that the tests of a module stand for."""
    return [squash(words) for test in vars(module).values() for words in getattr(test, "claims", ())]


def untested(module):
    """Give the invitations that promise nothing, with their reasons."""
    return {squash(words): reason for words, reason in getattr(module, "UNTESTED", {}).items()}


def text_of(cell):
    """Give a cell's words on one line; strings in code that go on in the next line are put together."""
    return squash(cell.source if cell.cell_type == "markdown" else re.sub(r'"\s*\n\s*"', "", cell.source))


def invitations(path):
    """Give what stands under each "Try": its list, bullet by bullet, or its paragraph, sentence by sentence."""
    for cell in expand(path.read_text(encoding="utf-8")).cells:
        blocks = cell.source.split("\n\n") if cell.cell_type == "markdown" else []
        for number, block in enumerate(blocks):
            if opening := re.match(r"\*\*Try [^*]*\*\*", block):
                yield from filter(None, SENTENCE.split(squash(block[opening.end() :])))
                if (bullets := blocks[number + 1 : number + 2]) and bullets[0].startswith("- "):
                    yield from (squash(bullet) for bullet in re.split(r"(?m)^- ", bullets[0])[1:])


def stands_for(words, invitation):
    """Tell whether words are part of an invitation, or take it in, or at least its beginning."""
    return words in invitation or invitation[:30] in words


PATHS = [path for path in sources() if module_of(path)]
each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@each
def test_what_is_claimed_stands_in_the_notebook(path):
    cells, module = expand(path.read_text(encoding="utf-8")).cells, module_of(path)
    said = [text_of(cell) for cell in cells]
    said += [reason for cell in cells if (asked := question(cell)) for reason in asked.choices.values()]
    words = [*claims_of(module), *untested(module)]
    assert claims_of(module)
    missing = [claim for claim in words if not any(claim in text for text in said)]
    assert not missing, f"these words are no longer in {path.name}: {missing}"


@each
def test_each_test_of_a_claim_says_which(path):
    module = module_of(path)
    silent = [name for name, test in vars(module).items() if name.startswith("test_") and not hasattr(test, "claims")]
    assert not silent, f"without @claim(...): {silent}"
    assert all(reason.strip() for reason in untested(module).values()), "UNTESTED needs a reason for each"


def test_every_invitation_is_tried_out():
    for path in (path for path in sources() if path.stem[:2] in COVERED):
        found, module = list(invitations(path)), module_of(path)
        assert found
        known = [*claims_of(module), *untested(module)]
        silent = [words for words in found if not any(stands_for(claimed, words) for claimed in known)]
        assert not silent, f"nobody tries out what {path.name} invites to: {silent}"


def test_invitations_are_found(tmp_path):
    lines = ["**Try this.** Press Play. Then", "`w` 0: it stays. *Look.*", "", "**Try it.**", "", "- a", "  b", "- c"]
    path = tmp_path / "00_sample.py"
    path.write_text("# %% [markdown]\n" + "".join(f"# {line}\n" for line in lines), encoding="utf-8")
    assert list(invitations(path)) == ["Press Play.", "Then `w` 0: it stays.", "*Look.*", "a b", "c"]


def test_no_module_of_claims_is_without_its_notebook():
    names = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert names - {"test_every_claim"} == {f"test_{path.stem[3:]}" for path in PATHS}
