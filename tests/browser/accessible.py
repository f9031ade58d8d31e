"""axe's findings on a page, in a form that can be compared: JupyterLab has some of its own.

Where a finding is ours (inside a figure, a predict question or a notebook's text) none is allowed. Elsewhere a rule
and a kind of element (its tag and classes) may only be what a plain notebook, without figures, shows as well.
Record those anew after an update of JupyterLab: python -m tests.browser.accessible
"""

import json
import re
from pathlib import Path

from tools.lab.page import Lab, Notebook, violations

from .conftest import notebook_of

BASELINE = Path(__file__).parent / "axe_baseline.json"
OURS = ".lu-figure, .lu-predict, .lu-card, .jp-RenderedMarkdown"
PASSING = re.compile(r"^(?:lm|jp)-mod-|^lm-|^fa|^cm-focused|^ͼ")  # classes that come and go, or have random names
ARE_OURS = f"selectors => selectors.map(it => !!document.querySelector(it)?.closest('{OURS}'))"


def findings(notebook: Notebook, *rules: str) -> tuple[list[str], set[str]]:
    """Run axe on the whole page; return what is ours, with axe's words, and what is JupyterLab's own."""
    ours, others = [], set()
    for violation in violations(notebook.page, *rules):
        nodes = violation["nodes"]
        are_ours = notebook.page.evaluate(ARE_OURS, [node["target"][-1] for node in nodes])
        for node, is_ours in zip(nodes, are_ours, strict=True):
            if is_ours:
                ours.append(f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}")
            else:
                others.add(f"{violation['id']} {_kind(node['html'])}")
    return ours, others


def _kind(html: str) -> str:
    """Reduce an element to its tag and the classes that stay: `button.jp-Button.minimal`."""
    tag = re.match(r"<([\w-]+)", html)[1]
    classes = re.search(r'class="([^"]*)"', html.split(">")[0])
    kept = sorted(name for name in (classes[1].split() if classes else []) if not PASSING.search(name))
    return ".".join([tag, *kept])


def plain(lab: Lab) -> Notebook:
    """Open a notebook without figures: text, code, a printed line, a result; a heading is the active cell."""
    notebook = lab.open(notebook_of("print('a line')", "1 + 1", "import ipywidgets")).run_all()
    notebook.page.evaluate("() => { lab.panel.content.activeCellIndex = 0; }")
    return notebook


def main() -> None:
    """Write the baseline: JupyterLab's own findings in the light and the dark theme."""
    with Lab() as lab, plain(lab) as notebook:
        found = set()
        for dark in (False, True):
            notebook.dark(dark)
            ours, others = findings(notebook)
            assert not ours, ours
            found |= others
    BASELINE.write_text(json.dumps(sorted(found), indent=1) + "\n", encoding="utf-8", newline="\n")
    print(*sorted(found), sep="\n")


if __name__ == "__main__":
    main()
