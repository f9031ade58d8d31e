"""The scripts of Python in a page, put together by esbuild: what the press loads, the worker, and the editor apart."""

import os
import subprocess
from pathlib import Path

from tools.recorded.bundle import esbuild
from tools.vendor import PACKAGES

PAGE = Path(__file__).parent / "page"
ENTRIES = ("main.js", "worker.js", "main.css")


def bundle(folder: Path, packages: Path = PACKAGES) -> None:
    """Write main.js, worker.js and main.css into the folder, with the parts that they load later.

    Raises RuntimeError with esbuild's words where it fails.
    """
    command = [esbuild(packages), *(PAGE / name for name in ENTRIES), f"--outdir={folder}", "--bundle", "--splitting",
               "--format=esm", "--minify", "--target=es2023", "--charset=utf8", "--loader:.py=text",
               "--loader:.svg=text", "--legal-comments=linked", "--log-level=warning"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ | {"NODE_PATH": str(packages)})
    if done.returncode or done.stderr:
        raise RuntimeError(f"the scripts of Python in a page can't be put together:\n{done.stderr}")
