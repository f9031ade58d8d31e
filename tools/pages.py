"""What becomes of a notebook, and of a docstring, on a page of the site.

A page has no kernel. So a live figure moves as it was recorded, with the figure's own sentence below its picture; a
question can be answered; what is folded in the notebook stays folded. The files are not touched: all of it happens
while Sphinx reads them. This module is an extension of Sphinx; docs/conf.py names it.
"""

import json
import re
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat import from_dict
from numpy.typing import ArrayLike
from sphinx.application import Sphinx
from sphinx.util.typing import stringify_annotation

from lectureutils.checks import Exercise
from tools import glossary, home, words
from tools.addresses import ROOT, address, launches, site, within_the_site
from tools.cells import is_caption, question
from tools.recorded import markup
from tools.recorded.shelf import RECORDED, Shelf
from tools.recorded.shown import Shown, figures

FOLDER = "notebooks/"
ARRAY_LIKE = stringify_annotation(ArrayLike, "smart")
PROGRESS = re.compile(r"\s*\d+%\|")  # a progress bar that has not begun
ICONS = {place: f"_static/images/logo_{place.lower()}.{kind}"
         for place, kind in (("JupyterLite", "svg"), ("Binder", "svg"), ("Colab", "png"))}  # fmt: skip
STILL = '<p class="lu-still"><a href="#live">Make it move</a></p>'
NO_SCRIPT = f"<noscript>{STILL}</noscript>"
HINTS = {
    "JupyterLite": "in this browser alone: nothing to install, but the first start takes a while",
    "Binder": "on a public server: takes minutes to start",
    "Colab": "with a Google account",
}


def ways(page: str) -> dict[str, str]:
    """Give every way to open a page's notebook live: {name: address}. JupyterLite is a folder of this very site."""
    url = address()
    up = "../" * page.count("/")
    return {name: there.replace(site(url), up) for name, there in launches(url, f"{page}.ipynb").items()}


def launch_line(page: str) -> str:
    """Write the line below a notebook's title that says how to make its figures live."""
    links = "".join(
        f'<li><a href="{escape(there)}">{name}</a> <span>({HINTS[name]})</span></li>'
        for name, there in ways(page).items()
    )
    return (f'<div class="lu-live" id="live"><p>The figures of this page move as they were recorded. To move '
            f"everything together, press the button below a figure: Python starts in this page, about 25 MB the first "
            f"time. Or open the notebook live:</p><ul>{links}</ul></div>")  # fmt: skip


def show_cell(cell: dict[str, Any], shown: dict[tuple[str, int], Shown], live: str) -> None:
    """Prepare a code cell for a page without a kernel, in place; `live` leads to where there is one."""
    metadata = cell["metadata"]
    asked = question(from_dict({**cell, "source": "".join(cell["source"])}))
    show = metadata.setdefault("mystnb", {})
    tags = metadata.setdefault("tags", [])
    tags.append(f"lu-{cell['id']}")  # its name in the page: Python there finds it by this
    if metadata.get("jupyter", {}).get("source_hidden") and not asked:
        tags.append("hide-input")
        show |= {"code_prompt_show": "Show the code", "code_prompt_hide": "Hide the code"}
    for number, output in enumerate(cell["outputs"]):
        if figure := shown.get((cell["id"], number)):
            output["data"] = {"text/html": f"{figure.html('../', live)}{NO_SCRIPT if figure.is_recorded else STILL}"}
        elif asked:  # its code is the question once more, with the answer
            tags += ["predict", "remove-input"]
            output["data"] = {"text/html": markup.question(asked)}
    cell["outputs"] = [it for it in cell["outputs"] if not (PROGRESS.match(said(it)) or is_caption(it))]


def said(output: dict[str, Any]) -> str:
    """Give the plain text of an output's data; empty for a printed one."""
    return "".join(output.get("data", {}).get("text/plain", ""))


def read_notebook(app: Sphinx, page: str, source: list[str]) -> None:
    """Prepare a notebook when Sphinx reads it."""
    if not page.startswith(FOLDER):
        return
    notebook = json.loads(source[0])
    shown = figures(notebook, PurePosixPath(page).name, Shelf(Path(app.config.recordings)))
    title, *rest = "".join(notebook["cells"][0]["source"]).split("\n", 1)
    notebook["cells"][0]["source"] = "\n\n".join([title, launch_line(page), *rest])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            show_cell(cell, shown, f"../{within_the_site(f'{page}.ipynb')}")
    source[0] = json.dumps(notebook)


def read_page(app: Sphinx, page: str, source: list[str]) -> None:
    """Lead a link to a file that is no page of the site to that file in the repository."""

    def outward(link: re.Match) -> str:
        return f"]({address()}/blob/HEAD/{link[1]})" if (ROOT / link[1]).exists() else link[0]

    if page.startswith("docs/"):
        source[0] = re.sub(r"\]\(\.\./(?!notebooks/[^)]*\.ipynb)([^)#\s]+)\)", outward, source[0])


def read_home(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the figure that moves, the cards of the notebooks and the table of decks where a page has their comments."""
    folder, made = Path(app.srcdir, FOLDER), {}
    if page == "index":
        made = {"opening": home.opening(folder, Shelf(Path(app.config.recordings))), "cards": home.cards(folder)}
    elif page == "docs/slides":
        made = {"decks": home.decks(folder)}
    elif page == "docs/glossary":
        made = {"glossary": glossary.page()}
    for name, html in made.items():
        source[0] = source[0].replace(f"<!-- {name} -->", html)


def preview(app: Sphinx, doctree: Any) -> None:
    """Say which picture stands for a notebook where its address is sent around."""
    page = app.env.current_document.docname
    stem = PurePosixPath(page).name
    if page.startswith(FOLDER) and stem in home.TELLING:
        app.env.metadata[page]["og:image"] = f"{site(address())}figures/{stem}/{home.TELLING[stem]}.png"
        app.env.metadata[page]["og:image:alt"] = f"A figure of this notebook: {home.TELLING[stem].replace('_', ' ')}"


def add_player(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the player on a page that has something to play."""
    if re.search('class="lu-(recorded|question)', context.get("body", "")):
        root = "../" * page.count("/")
        live = {
            "data-python": f"{root}python/",
            "data-lite": f"{root}lite/",
            "data-web": f"{site(address())}{page}.html",
        }
        app.add_js_file("player.js", loading_method="defer",
                        **{"data-recordings": f"{root}recordings/", "data-figures": f"{root}figures/",
                           "data-remembers": "answers", **(live if page.startswith(FOLDER) else {})})  # fmt: skip


def add_launch_buttons(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the same ways into the theme's bar at the top, which stays in sight."""
    if page.startswith(FOLDER) and doctree is not None:
        name = PurePosixPath(page).name
        buttons = [
            {"type": "link", "text": place, "url": there, "icon": ICONS[place],
             "tooltip": f"Open {name} {HINTS[place]}"}
            for place, there in ways(page).items()
        ]  # fmt: skip
        context["header_buttons"].insert(0, {
            "type": "group", "label": "launch-buttons", "tooltip": "Open this notebook live",
            "icon": "fas fa-rocket", "buttons": buttons,
        })  # fmt: skip


def name_toggles(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the arrows of the navigation a name: the theme leaves them without one."""
    if make := context.get("generate_toctree_html"):
        context["generate_toctree_html"] = lambda *options, **more: str(make(*options, **more)).replace(
            "<summary>", '<summary aria-label="Pages below">')  # fmt: skip


def read_docstring(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Keep a docstring as the plain text that it is: what stands in backticks is code, and nothing else is markup."""
    if what == "module":
        exercises = [it for it in vars(thing).values() if isinstance(it, Exercise)]
        lines += [f"- `{exercise.name}`: {exercise.todo}" for exercise in exercises]
    marked = re.sub(r"`([^`]+)`|([\\*_|])", lambda it: f"``{it[1]}``" if it[1] else f"\\{it[2]}", "\n".join(lines))
    lines[:] = marked.split("\n")


def name_array_like(app: Sphinx, what: str, name: str, thing: Any, options: Any, arguments: str, result: str) -> Any:
    """Write NumPy's ArrayLike by its name; Sphinx sees only the long union that it stands for."""
    return arguments and arguments.replace(ARRAY_LIKE, "ArrayLike"), result


def skip_foreign(app: Sphinx, what: str, name: str, thing: Any, skip: bool, options: Any) -> bool | None:
    """Leave out what comes from another library: a widget's methods, the `set` that matplotlib gives each artist."""
    home = getattr(thing, "__module__", None)
    return True if isinstance(home, str) and not home.startswith("lectureutils") else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Join Sphinx's build."""
    app.add_config_value("recordings", str(RECORDED), "env", str)
    app.connect("source-read", read_notebook)
    app.connect("source-read", read_page)
    app.connect("source-read", read_home)
    app.connect("doctree-read", preview)
    app.connect("doctree-read", words.explain)
    app.connect("doctree-read", words.ask_for_mistakes)
    app.connect("html-page-context", add_player)
    app.connect("html-page-context", add_launch_buttons, priority=502)  # the theme makes its buttons at 501
    app.connect("html-page-context", name_toggles, priority=502)
    app.connect("autodoc-process-docstring", read_docstring)
    app.connect("autodoc-process-signature", name_array_like)
    app.connect("autodoc-skip-member", skip_foreign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
