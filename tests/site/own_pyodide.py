"""A Pyodide of our own for the tests: the core from npm, and from the package index what is pure Python.

numpy, matplotlib and pillow for the browser are on Pyodide's CDN alone, so they are not in it.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from tools.lite import canonical, needed

PURE = ("micropip", "ipython", "jedi", "typing-extensions", "tqdm", "packaging")


def make(folder: Path, core: Path, python: Path) -> Path:
    """Make a folder with Pyodide from its npm package `core`; `python` runs pip.

    Pyodide repacks these wheels, so their digests in the lock file are written anew.
    """
    shutil.copytree(core, folder)
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = {canonical(name): package for name, package in lock["packages"].items()}
    pure = [packages[name] for name in sorted(needed(packages, PURE))]
    subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "download", "-qqq", "--no-deps", "--dest", folder,
         "--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14",
         *[f"{package['name']}=={package['version']}" for package in pure]],
        check=True,
    )  # fmt: skip
    for package in pure:
        package["sha256"] = hashlib.sha256((folder / package["file_name"]).read_bytes()).hexdigest()
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder
