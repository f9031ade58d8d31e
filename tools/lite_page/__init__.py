"""What JupyterLite's page of this project does beyond JupyterLite's own: say what loads, and renew untouched notebooks.

The scripts of this folder go beside the page (tools/lite.py); here is what they have to know of the site.
"""

import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent
START = "await import('./start.js').catch(console.warn);"
BEFORE = "await import(\n          '../config-utils.js"
PYTHON = "python.js"
LAB = 8_000_000  # bytes of JupyterLab until a notebook shows, before they are packed for their way (measured)


def fingerprint(notebook: dict) -> int:
    """Give a number of 32 bits for the text of a notebook's cells (FNV-1a), as copies.js does: outputs don't count."""
    number = 0x811C9DC5
    for cell in notebook["cells"]:
        for letter in f"{cell['cell_type']}\n{''.join(cell['source'])}\0":
            number = (number ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return number


def put(site: Path, notebooks: Path, pyodide: str, python: int) -> None:
    """Put the scripts and what they need into a built site.

    `pyodide` is the address of its pyodide.mjs, seen from the folder static; `python`, how many bytes a kernel fetches.
    Raises RuntimeError where JupyterLite's page is not as it was when this was written.
    """
    from tools.lite_page.opening import openings  # needs what only the site's environment has

    for file in sorted(HERE.glob("*.*s*")):
        if file.suffix in (".js", ".css") and file.name != PYTHON:
            shutil.copy2(file, site / "lab")
    page = site / "lab" / "index.html"
    html = page.read_text(encoding="utf-8")
    for old, new in (
        ("</body>", '<script src="go_to_cell.js"></script></body>'),
        ("</head>", '<link rel="stylesheet" href="loading.css"></head>'),
        (BEFORE, f"{START}\n        {BEFORE}"),
    ):
        if html.count(old) != 1:
            raise RuntimeError(f"{page} has no {old!r}, or several")
        html = html.replace(old, new)
    page.write_text(html, encoding="utf-8")
    static = site / "static"
    (static / "openings").mkdir(parents=True, exist_ok=True)
    for stem, text in openings(notebooks).items():
        (static / "openings" / f"{stem}.html").write_text(text, encoding="utf-8")
    about = {"lab": LAB, "python": python, "given": given(notebooks)}
    (static / "about.json").write_text(json.dumps(about), encoding="utf-8")
    script = (HERE / PYTHON).read_text(encoding="utf-8").replace("{{pyodide}}", pyodide)
    (static / PYTHON).with_suffix(".mjs").write_text(script, encoding="utf-8")


def given(folder: Path) -> dict[str, int]:
    """Give the version of each notebook in a folder: {name: fingerprint}."""
    return {path.name: fingerprint(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.ipynb"))}
