"""What a page of the site adds to its words: a term shows its sentence, and a section asks for its mistakes.

Both are done on what Sphinx has read, so that formulas, code and links are left alone.
"""

import itertools
import re
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode

from docutils import nodes
from sphinx.application import Sphinx

from tools import glossary
from tools.addresses import address

FOLDER = "notebooks/"
APART = (nodes.literal, nodes.math, nodes.reference, nodes.title, nodes.literal_block, nodes.raw, nodes.table)
ENTRIES = "../docs/glossary.html"


def explain(app: Sphinx, doctree: nodes.document) -> None:
    """Mark where a notebook's page explains its terms, and let those explained before say what they mean."""
    page = app.env.current_document.docname
    if not page.startswith(FOLDER):
        return
    stem = PurePosixPath(page).name
    ours = {word: term for word, term in glossary.glossary().items() if term.stem == stem}
    marked = {term for word, term in ours.items() if _mark(doctree, term)}
    known = {word: term for word, term in glossary.glossary().items() if term.stem < stem}
    order = {word: term for word, term in ours.items() if term in marked}
    for section in doctree.findall(nodes.section):
        if _depth(section) == 2:
            known |= _show(section, known, order)


def _depth(section: nodes.section) -> int:
    return 1 + sum(isinstance(above, nodes.section) for above in _above(section))


def _mark(doctree: nodes.document, term: glossary.Term) -> bool:
    """Make the bold word that explains a term the place that the glossary leads to; tell whether it was found."""
    for strong in doctree.findall(nodes.strong):
        word = strong.astext().lower()
        if word in (term.word.lower(), f"{term.word.lower()}s") and not isinstance(strong.parent, nodes.reference):
            entry = f'<a class="lu-explained" href="{ENTRIES}#{term.anchor}">{escape(strong.astext(), quote=False)}</a>'
            strong["ids"].append(term.anchor)
            strong.children = [nodes.raw("", entry, format="html")]
            return True
    return False


def _show(section: nodes.section, known: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    """Show the first of each known term in a section, and return the terms that are explained in it."""
    explained = {word: term for word, term in order.items()
                 for strong in section.findall(nodes.strong) if term.anchor in strong["ids"]}  # fmt: skip
    left = {word: term for word, term in known.items() if word not in explained}
    for text in list(section.findall(nodes.Text)):
        if not left:
            break
        if not _is_apart(text):
            _link(text, left)
    return explained


def _is_apart(text: nodes.Text) -> bool:
    """Tell whether a text is no prose: code, a formula, a link, a heading, an output."""
    around = list(itertools.takewhile(lambda above: not isinstance(above, nodes.section), _above(text)))
    return not any(isinstance(it, nodes.paragraph) for it in around) or any(
        isinstance(it, (*APART, nodes.strong, nodes.Admonition)) or "cell_output" in it.get("classes", ())
        for it in around
    )


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    """Give what a node stands in, from the nearest outwards."""
    while (node := node.parent) is not None:
        yield node


def _link(text: nodes.Text, left: dict[str, Any]) -> None:
    """Replace each first term in a text by a link that says what it means; take those terms out of `left`."""
    plain = text.astext()
    pattern = "|".join(re.escape(word) for word in sorted(left, key=len, reverse=True))
    made, at = [], 0
    for found in re.finditer(rf"(?<![\w-])({pattern})s?(?![\w-])", plain, re.IGNORECASE):
        term = left.pop(found[1].lower(), None)
        if term is None:
            continue
        made += [nodes.Text(plain[at : found.start()]), nodes.raw("", shown(term, found[0]), format="html")]
        at = found.end()
    if made:
        text.parent.replace(text, [it for it in (*made, nodes.Text(plain[at:])) if it.astext()])


def shown(term: glossary.Term, word: str) -> str:
    """Write a word that leads to its entry, and shows the entry's sentence when pointed at or reached by keys."""
    said = escape(glossary.plain(term.said))
    return f'<a class="lu-term" href="{ENTRIES}#{term.anchor}" data-says="{said}">{escape(word, quote=False)}</a>'


def ask_for_mistakes(app: Sphinx, doctree: nodes.document) -> None:
    """End each section of a page with a link that reports a mistake in it, with the place filled in."""
    page = app.env.current_document.docname
    if not page.startswith((FOLDER, "docs/")) or page.startswith("docs/api"):
        return
    for section in list(doctree.findall(nodes.section)):
        if _depth(section) == 2:
            title = section.next_node(nodes.title).astext()
            link = f'<a href="{escape(report(page, title))}">Report a mistake</a>'
            section += nodes.raw("", f'<p class="lu-report">{link} <span>in this section</span></p>', format="html")


def report(page: str, section: str) -> str:
    """Give the address that opens a new report on a section of a page, with its place and its source filled in."""
    name = PurePosixPath(page).name
    source = f"notebooks/src/{name}.py" if page.startswith(FOLDER) else f"{page}.md"
    place = f"Page: {page}\nSection: {section}\nSource: {source}"
    body = f"{place}\n\nWhat it says:\n\n\nWhat it should say, or what happened:\n\n"
    return f"{address()}/issues/new?{urlencode({'title': f'{name}: {section}', 'body': body})}"
