"""The glossary and the table of symbols, made from where each term and each symbol is first explained.

A notebook prints a term in bold where it explains it; that sentence is the glossary's. A symbol stands in the table at
the top of a notebook. Nothing is written twice: the site makes the page while it is built, the bold word leads to its
entry and the entry back to the word, and further on the site shows the sentence at the word (tools/pages.py).

    python -m tools.glossary

prints what was found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.addresses import ROOT
from tools.blocks import Block, blocks, items
from tools.home import read, title

BOLD = re.compile(r"(?<!\*)\*\*([^*]+)\*\*(?!\*)")
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z*`\"($])")
NOTATION = re.compile(r"\| (sign|symbol) \|")
LONGEST = 4  # words
# Bold for another reason: parts of an error that are counted, items of a list, boxes of a drawing, what is said before.
NO_TERMS = {
    "model", "data", "optimizer", "more examples", "each weight its own", "@ x1", "norm", "forward", "backward",
    "l1 and l2",
}  # fmt: skip
SHORT = 75  # characters: a sentence that short is not alone


@dataclass(frozen=True)
class Term:
    """A term: its word as it is written, its notebook's name and title, the section, and the words that explain it."""

    word: str
    stem: str
    notebook: str
    section: str
    said: str  # Markdown

    @property
    def anchor(self) -> str:
        """Name the place of the word on its page, and of the entry in the glossary."""
        return f"term-{re.sub(r'[^a-z0-9]+', '-', self.word.lower()).strip('-')}"


@dataclass(frozen=True)
class Symbol:
    """A row of a notation table: the signs, their meaning, their shape, and the notebook where they first stand."""

    signs: str
    meaning: str
    shape: str
    stem: str
    notebook: str


@cache
def glossary() -> dict[str, Term]:
    """Return the terms by their words in small letters, each with the place where it is first explained."""
    found: dict[str, Term] = {}
    for path in PATHS:
        for term in _terms(path):
            found.setdefault(term.word.lower(), term)
    return {word: found[word] for word in sorted(found)}


def _texts(path: Path) -> Iterator[tuple[str, Block, Block | None, list[Block]]]:
    """Go through the blocks of a notebook that explain something: section, block, the one after it."""
    section = ""
    for cell in read(path)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "markdown" or "<details>" in source:
            continue
        found = blocks(source)
        for block, following in zip(found, [*found[1:], None], strict=True):
            if block.kind == "heading":
                section = block.text.lstrip("# ")
            elif section not in ("Summary", "Where to go from here"):
                yield section, block, following, found


def _terms(path: Path) -> Iterator[Term]:
    name = title(read(path))[0]
    for section, block, following, _ in _texts(path):
        for bold in BOLD.finditer(block.text):
            word = " ".join(bold[1].split())
            if is_term(word):
                yield Term(_one(word), path.stem, name, section, _said(block, bold, following))


def is_term(word: str) -> bool:
    """Tell whether a bold word is a term: short, no sentence, no label such as "Take-away.", and none of NO_TERMS."""
    return (
        len(word.split()) <= LONGEST
        and not re.search(r"[.:?!]$|\bis a\b", word)
        and word.lower() not in NO_TERMS
        and not word.startswith(("What you see", "Try this", "Take-away"))
    )


@cache
def _everything() -> str:
    """Return the prose of all notebooks, to see how a word is used."""
    cells = [cell for path in PATHS for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    return re.sub(r"```.*?```|`[^`]*`", "", "\n".join("".join(cell["source"]) for cell in cells), flags=re.DOTALL)


def _one(word: str) -> str:
    """Write a term as it stands within a sentence, as one of its kind: "epochs" as "epoch", "Early" as "early"."""
    small = word[0].lower() + word[1:]
    if re.search(rf"\b{re.escape(small)}\b", _everything()):
        word = small
    one = word.removesuffix("s")
    return one if one != word and re.search(rf"\ban? {re.escape(one)}\b", _everything()) else word


def _said(block: Block, bold: re.Match, following: Block | None) -> str:
    if block.kind == "table":
        return _row(block, bold)
    text = block.text
    if block.kind == "list":
        text = next(item for item in items(text) if bold[0] in item).removeprefix("- ")
    sentences = SENTENCE.split(" ".join(text.split()))
    at = next(n for n, sentence in enumerate(sentences) if " ".join(bold[0].split()) in sentence)
    said = sentences[at]
    if at + 1 < len(sentences) and len(said) < SHORT:
        said += " " + sentences[at + 1]
    if said.endswith(":") and following and following.kind == "math":
        said += f"\n\n{following.text}"
    return said


def _row(block: Block, bold: re.Match) -> str:
    """Say a row of a table as a sentence: the head of the last column, and what stands there."""
    head, _, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in block.text.split("\n")
    ]
    cells = next(row for row in rows if bold[0] in row[0])
    return f"{cells[0]}: " + "; ".join(f"{name}: {cell}" for name, cell in zip(head[1:], cells[1:], strict=True))


@cache
def symbols() -> tuple[Symbol, ...]:
    """Return the rows of the notation tables that tell a new sign, in the order of the series."""
    seen: set[str] = set()
    found = []
    for path in PATHS:
        name = title(read(path))[0]
        for _, block, _, _ in _texts(path):
            if block.kind == "table" and NOTATION.match(block.text):
                for cells in _cells(block):
                    new = {sign for sign in signs(cells[0]) if sign.strip("*") not in glossary()} - seen
                    if new:
                        seen |= new
                        found.append(Symbol(cells[0], cells[1], cells[2] if len(cells) > 2 else "", path.stem, name))
    return tuple(found)


def _cells(block: Block) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in block.text.split("\n")[2:]]


def signs(cell: str) -> list[str]:
    """Give the single signs in the first cell of a notation table: code, formulas, or words."""
    return re.findall(r"`[^`]+`|\$[^$]+\$", cell) or [word.strip() for word in cell.split(",")]


def page() -> str:
    """Write the page's body as Markdown: the terms from A to Z, then the symbols."""
    return "\n\n".join(["## Terms", *map(entry, glossary().values()), "## Symbols", symbol_table()])


def entry(term: Term) -> str:
    """Write a term's entry: its word, what is said, and the way to where it stands."""
    there = f'<a href="../notebooks/{term.stem}.html#{term.anchor}">{term.notebook}, {term.section}</a>'
    said = re.sub(r"\]\((\d\d_)", r"](../notebooks/\1", BOLD.sub(r"\1", term.said))
    return f'<div class="lu-entry" id="{term.anchor}">\n\n**{term.word}**\n\n{said}\n\n{there}\n\n</div>'


def symbol_table() -> str:
    """Write the table of symbols as Markdown."""
    rows = [
        f"| {it.signs} | {it.meaning} | {it.shape} | [{it.notebook}](../notebooks/{it.stem}.ipynb) |"
        for it in symbols()
    ]
    return "\n".join(["| sign | meaning | shape | first in |", "|---|---|---|---|", *rows])


def plain(said: str) -> str:
    """Write what is said of a term as plain text, for a word on a page: no formulas on lines of their own."""
    text = re.sub(r":\n\n\$\$.*", ".", said, flags=re.DOTALL)
    text = re.sub(r"\$([^$]+)\$", lambda formula: _spoken(formula[1]), BOLD.sub(r"\1", text))
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r":$", ".", re.sub(r"[`*]", "", text).strip())


SPOKEN = {r"\lambda": "λ", r"\sigma": "σ", r"\cdot": "·", r"\max": "max", r"\text": "", r"\log": "log", r"\sum": "Σ",
          r"\neq": "≠", r"\lvert": "|", r"\rvert": "|", r"\;": "", r"\,": "", r"\leftarrow": "←",
          r"\lVert": "‖", r"\rVert": "‖"}  # fmt: skip


def _spoken(formula: str) -> str:
    formula = re.sub(r"\\frac1N", "1/N ", formula.replace(r"\frac{1}{N}", "1/N "))
    formula = re.sub(r"\\frac\{([^{}]+)\}\{([^{}]+)\}", r"(\1) / (\2)", formula)
    for sign, letter in SPOKEN.items():
        formula = formula.replace(sign, letter)
    return re.sub(r"[{}]", "", formula)


def main() -> None:
    """Print terms and symbols with their places."""
    for term in glossary().values():
        print(f"{term.stem[:2]} {term.word}: {plain(term.said)}")
    for symbol in symbols():
        print(f"{symbol.stem[:2]} {symbol.signs}: {symbol.meaning} {symbol.shape}")


if __name__ == "__main__":
    main()
