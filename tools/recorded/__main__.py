"""Record the live figures of the notebooks into build/recordings: a script and a film for each, and an index.

    python -m tools.recorded            # all that has changed
    python -m tools.recorded 01 04      # of these notebooks
    python -m tools.recorded --only 04_optimization/surface

Each notebook is run in a process of its own, two at a time.
"""

import argparse
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tqdm import tqdm

from tools.notebooks import BUILT, BuildError, sources
from tools.recorded.build import note, read, record_notebook
from tools.recorded.shelf import RECORDED

LONGEST_FIRST = ("10", "01", "02", "05")  # so that the two processes finish together


def main(arguments: list[str] | None = None) -> int:
    """Record the live figures of the notebooks; what has not changed since is kept."""
    parser = argparse.ArgumentParser(prog="python -m tools.recorded", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="notebooks, as in 01; all by default")
    parser.add_argument("--out", type=Path, default=RECORDED, help="folder of the recordings (build/recordings)")
    parser.add_argument("--only", default="", metavar="NAME", help="one figure, as in 04_optimization/surface")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--timings", action="store_true", help="say what each figure took")
    options = parser.parse_args(arguments)
    try:
        stems = [path.stem for path in sources(options.names or [options.only.split("/")[0]][: bool(options.only)])]
    except BuildError as error:
        sys.exit(str(error))
    stems.sort(key=lambda stem: LONGEST_FIRST.index(stem[:2]) if stem[:2] in LONGEST_FIRST else len(LONGEST_FIRST))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # inherited: two processes share the cores
    began, made = time.perf_counter(), []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.workers, mp_context=context, max_tasks_per_child=1) as pool:
        waiting = [pool.submit(record_notebook, BUILT / f"{stem}.ipynb", options.out, options.only) for stem in stems]
        for done in tqdm(as_completed(waiting), total=len(waiting), desc="recording", unit="notebook", disable=None):
            result = done.result()
            note(result, options.out)
            made += result["made"]
    if options.timings:
        for one in sorted(made, key=lambda one: one["figure"]):
            print(f"{one['figure']:42} {one['states']:5} states {one['bytes'] / 1e3:6.0f} kB, film "
                  f"{one['film'] / 1e3:4.0f} kB, {one['seconds']:5.1f} s")  # fmt: skip
    entries = [entry for part in read(options.out / "index.json").values() for entry in part]
    size = sum(entry["bytes"] for entry in entries) / 1e6
    print(f"{len(made)} of {len(entries)} figures recorded in {time.perf_counter() - began:.0f} s; "
          f"{size:.0f} MB in {options.out}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
