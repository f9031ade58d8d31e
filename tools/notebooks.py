"""Notebooks are written as text and built: source, expand, execute, strip, .ipynb.

Expanding turns each solved exercise of the source into a stub with a folded solution below it. Executing runs
the result in a fresh kernel, far from the checkout. Stripping drops everything that does not last: widget
views, timings, versions. Building the same source twice on one machine gives the same bytes.
"""

import argparse
import os
import re
import sys
import tempfile
import textwrap
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from lectureutils import captions
from lectureutils.checks.ladder import KEPT
from lectureutils.progress import SERIES
from tools import ladder, series, told
from tools.exercises import METADATA, BuildError, expand, solved

__all__ = ["BuildError", "build", "expand", "solved"]

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "notebooks" / "src"
BUILT = ROOT / "notebooks"
CELL_TIMEOUT = 120  # seconds

PASSING = {"application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"}
MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
# What a text output may not hold, because it changes with the run or with the machine.
UNSTABLE = {
    "a date": re.compile(
        r"\b(?:19|20)\d\d([-/.])\d\d?\1\d\d?\b|\b\d\d?([-/.])\d\d?\2(?:19|20)?\d\d\b"
        rf"|\b\d\d?\.? {MONTHS},? (?:19|20)\d\d\b|\b{MONTHS} \d\d?,? (?:19|20)\d\d\b"
    ),
    "a time of day": re.compile(r"(?<!\[)\b\d\d?:\d\d(?::\d\d)?\b"),
    "how long something took": re.compile(
        r"\b\d[\d.]*\s?(?:s|secs?|seconds?|minutes?|hours?|µs|us|ns|it/s)\b"
        r"|\b(?:took|takes|within|after|in) [\d.]+ ?ms\b"
    ),
    "a memory address": re.compile(r"\b0x[0-9a-f]{6,}"),
    "an absolute path": re.compile(r"(?<![\w.:/])/(?:home|root|tmp|usr|work|opt|var|Users)/|\b[A-Z]:\\\w"),
    "a NumPy scalar's repr (format the number)": re.compile(r"\bnp\.(?:float|int|bool)(?:\d+|_)?\("),
}


def execute(notebook: NotebookNode, starts: int = 3) -> NotebookNode:
    """Run a notebook in a fresh kernel from an empty folder; raise BuildError where a cell fails.

    A kernel that dies before it answers has met another one on its port: it may start `starts` times.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as settings:
        client = NotebookClient(
            notebook, timeout=CELL_TIMEOUT, kernel_name="python3", coalesce_streams=True, record_timing=False,
            store_widget_state=False, resources={"metadata": {"path": folder}},
            shutdown_kernel="immediate",  # asked politely, one kernel in three takes 3.5 s to go
        )  # fmt: skip
        number = [0]
        client.on_cell_start = lambda cell, cell_index: number.__setitem__(0, cell_index + 1)
        try:
            client.execute(env=_clean_environment(settings))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            code = textwrap.indent(notebook.cells[number[0] - 1].source, "    ")
            raise BuildError(f"cell {number[0]} failed\n{code}\n{_plain(str(error)).strip()}") from error
        except RuntimeError as error:
            if starts == 1 or "before replying" not in str(error):
                raise
            return execute(notebook, starts - 1)
    return notebook


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _clean_environment(settings: str) -> dict[str, str]:
    """Give the kernel no settings of the person who builds: no start-up files, no matplotlibrc."""
    import matplotlib
    import matplotlib.font_manager  # noqa: F401  (builds the font cache here, so that no kernel talks about it)

    dropped = ("PYTHON", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER", "TQDM", "ANYWIDGET")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    if "MPLCONFIGDIR" in os.environ:
        kept["MPLCONFIGDIR"] = os.environ["MPLCONFIGDIR"]
    rc = Path(matplotlib.get_data_path()) / "matplotlibrc"
    return kept | {
        "IPYTHONDIR": settings, "MATPLOTLIBRC": str(rc), "PYTHONPATH": str(ROOT), captions.WANTED: "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }  # fmt: skip


def strip(notebook: NotebookNode) -> NotebookNode:
    """Drop what does not last from an executed notebook, and number its code cells 1 to n."""
    notebook["metadata"] = nbformat.from_dict(METADATA)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code_cells, start=1):
        cell.metadata.pop("execution", None)
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            for mimetype in PASSING & set(output.get("data", {})):
                del output["data"][mimetype]
            if "data" in output:
                output["metadata"] = nbformat.from_dict({})
    return notebook


def texts(output: NotebookNode) -> list[str]:
    """Give every text that an output shows: a stream's, or its data's of a text type."""
    data = output.get("data", {})
    return [output["text"]] if "text" in output else [data[kind] for kind in sorted(data) if kind.startswith("text/")]


def flaws(notebook: NotebookNode) -> list[str]:
    """List the outputs that may not be published: errors, noise, and text that changes with the machine."""
    found = []
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found.append(f"cell {number} raised {output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                found.append(f"cell {number} wrote to stderr: {output.text.strip()[:300]}")
            elif PASSING & set(output.get("data", {})):
                found.append(f"cell {number} holds a widget view, which is dead without its kernel")
            for text in texts(output):
                found += [f"cell {number} shows {what}: {text.strip()[:300]}"
                          for what, pattern in UNSTABLE.items() if pattern.search(text)]  # fmt: skip
    return found


def build(source: str) -> NotebookNode:
    """Build one notebook from its source; raise BuildError when a cell fails or shows what does not last."""
    notebook = strip(execute(expand(source)))
    if problems := flaws(notebook):
        raise BuildError("\n".join(problems))
    nbformat.validate(notebook)
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """Write a notebook as the text of its .ipynb file."""
    return nbformat.writes(notebook, version=4) + "\n"


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook in one move, so that a reader never meets half of it."""
    part = path.with_name(path.name + ".part")
    part.write_text(to_text(notebook), encoding="utf-8", newline="\n")
    part.replace(path)


def lasting(notebook: NotebookNode) -> list:
    """Give what two builds on different machines share: cells, tags, ids and texts, but no pixels."""

    def shown(output: NotebookNode) -> list:
        return [output.output_type, sorted(output.get("data", {})), texts(output)]

    return [
        [cell.id, cell.cell_type, cell.source, cell.metadata, [shown(o) for o in cell.get("outputs", [])]]
        for cell in notebook.cells
    ]


def sources(names: list[str] | None = None, folder: Path = SOURCES) -> list[Path]:
    """Give the sources of the named notebooks (`01`, `01_linear_classifier` or a path); all by default."""
    everything = sorted(folder.glob("[0-9]*.py"))
    wanted = [Path(name).stem for name in names or []]
    for name in wanted:
        if not any(path.stem.startswith(name) for path in everything):
            there = ", ".join(path.stem for path in everything) or "none"
            raise BuildError(f"no notebook {name!r}; there are: {there}")
    return [path for path in everything if not wanted or any(path.stem.startswith(name) for name in wanted)]


def main(arguments: list[str] | None = None) -> int:
    """Build notebooks from the command line; --check compares instead of writing."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="notebooks to build, as in 01; all by default")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file would change")
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder of the sources")
    parser.add_argument("--built", type=Path, default=BUILT, help="folder of the notebooks")
    options = parser.parse_args(arguments)
    try:
        paths = sources(options.names, options.sources)
    except BuildError as error:
        sys.exit(str(error))
    if options.sources == SOURCES and not options.check:
        every = sources()  # a hint needs what its own notebook says
        told.keep(ladder.collect(every), KEPT)
        told.keep(series.collect(every), SERIES)
    failed = [path for path in paths if not _make(path, options.built / f"{path.stem}.ipynb", options.check)]
    if not paths:
        print(f"no sources in {options.sources}", file=sys.stderr)
    return 1 if failed or not paths else 0


def _make(source: Path, target: Path, check: bool) -> bool:
    try:
        notebook = build(source.read_text(encoding="utf-8"))
    except BuildError as error:
        print(f"{source.name}: {error}", file=sys.stderr)
        return False
    if check:
        same = target.exists() and lasting(nbformat.read(target, as_version=4)) == lasting(notebook)
        print(f"{target.name}: {'up to date' if same else 'would change; run make notebooks'}")
        return same
    write(notebook, target)
    print(f"{target.name}: {len(notebook.cells)} cells")
    return True


if __name__ == "__main__":
    sys.exit(main())
