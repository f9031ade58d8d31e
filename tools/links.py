"""The README's links and tables are made: addresses come from tools/addresses.py, titles from the notebooks.

What stands between `<!-- links:begin -->` and `<!-- links:end -->`, and likewise for the other made parts, is
written by this module and by nobody else. The picture is a film of the figure that the site opens with.
"""

import re
import shutil
import sys
from pathlib import Path

from tools.addresses import ROOT, address, binder, colab, launches, lite, site
from tools.home import OPENING, read, telling
from tools.notebooks import BUILT, sources
from tools.recorded.shelf import NOTHING, RECORDED

README = ROOT / "README.md"
PICTURE = "docs/images/surface.gif"
LITE_BADGE = "https://jupyterlite.rtfd.io/en/latest/_static/badge.svg"
ALT = "Two losses as maps with contour lines, and on each the path of gradient descent, which grows step by step"


def title(source: Path) -> str:
    """Give the title of a notebook: the first H1 of its source."""
    found = re.search(r"^# # (.+)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"{source.name} has no title: its first cell starts with '# # Title'")
    return found[1].strip()


def blocks() -> dict[str, str]:
    """Write the parts of the README that are made: {name: markdown}."""
    url, start = address(), "notebooks/00_start_here.ipynb"
    links = [
        f"**[Read it as a site]({site(url)})**, with search and nothing to install; or open it live:\n",
        f"[![Open in JupyterLite]({LITE_BADGE})]({lite(url, start)})",
        f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder(url, start)})",
        f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({colab(url, start)})",
    ]
    rows = [_row(url, source) for source in sources()]
    return {
        "picture": f"![{ALT}]({PICTURE})\n\n*{sentence()}*",
        "links": "\n".join(links),
        "clone": f"```sh\ngit clone {url}.git lectureutils && cd lectureutils\nmake lab\n```",
        "notebooks": "\n".join(["| Notebook | in the browser |", "|---|---|", *rows]),
    }


def sentence() -> str:
    """Give what the figure on the README says, from its notebook."""
    stem, word = OPENING
    return telling(read(BUILT / f"{stem}.ipynb"), stem, word, NOTHING).sentence


def _row(url: str, source: Path) -> str:
    notebook = f"notebooks/{source.stem}.ipynb"
    name = f"{source.stem[:2]} {title(source).lstrip('0123456789.: ')}"
    live = ", ".join(f"[{place}]({there})" for place, there in launches(url, notebook).items())
    return f"| [{name}]({notebook}) | {live} |"


def filled(readme: str) -> str:
    """Return the README with every made part written anew; raise ValueError where its markers are missing."""
    for name, text in blocks().items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        if readme.count(begin) != 1 or readme.count(end) != 1:
            raise ValueError(f"README.md needs {begin} and {end} once each")
        before, rest = readme.split(begin)
        readme = f"{before}{begin}\n{text}\n{end}{rest.split(end)[1]}"
    return readme


def main() -> int:
    """Write the made parts of README.md anew, and its picture where the figure has been recorded."""
    film = RECORDED / f"{'/'.join(OPENING)}.gif"
    if film.exists():
        shutil.copyfile(film, ROOT / PICTURE)
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
