"""The player of recorded figures as one script: its modules and styles, put together by esbuild.

`python -m tools.recorded.bundle FILE` writes it. Pages load it from their own folder, from a disk as well: a classic
script needs no server.
"""

import subprocess
import sys
from pathlib import Path

from tools.vendor import PACKAGES

ENTRY = Path(__file__).parent / "player" / "index.js"


def esbuild(packages: Path = PACKAGES) -> Path:
    """Return the path of esbuild's program for this system. Raises FileNotFoundError where npm has not put it."""
    for found in [*packages.glob("@esbuild/*/bin/esbuild"), *packages.glob("@esbuild/*/esbuild.exe")]:
        return found
    raise FileNotFoundError(f"esbuild is missing in {packages}: run this through make, which installs it")


def bundle(target: Path, packages: Path = PACKAGES) -> Path:
    """Write the player to the file `target` and return it. Raises RuntimeError with esbuild's words where it fails."""
    command = [esbuild(packages), ENTRY, f"--outfile={target}", "--bundle", "--minify", "--format=iife",
               "--loader:.css=text", "--target=es2023", "--charset=utf8", "--log-level=warning"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise RuntimeError(f"the player can't be put together:\n{done.stderr}")
    return target


if __name__ == "__main__":
    print(bundle(Path(sys.argv[1])))
