"""The series in the browser alone: a JupyterLite site with the notebooks and everything that they import.

Pyodide is Python for the browser. Its lock file names each package that it has, with version and digest; this adds ours
and what we need beyond it. So the kernel fetches everything when it starts, and nothing has to be installed. Pyodide
itself comes from its public CDN, or from a folder that is served along with the site.

Every build works in a folder of its own that is gone afterwards: JupyterLite remembers there what it did, and with that
memory kept and the site deleted, the address of Pyodide is silently lost.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

from tools import lite_page
from tools.addresses import ROOT

DEFAULTS = ROOT / "tools" / "jupyter" / "labconfig" / "default_setting_overrides.json"

KERNEL = "@jupyterlite/pyodide-kernel-extension"
# What the lock file of Pyodide does not have; the versions are those of this environment (.ci/site-pins.txt).
BUNDLED = ("anywidget", "comm", "ipywidgets", "psygnal")
# The kernel brings small stand-ins for some packages; for this one, the page has the JavaScript already.
NOT_NEEDED = {"jupyterlab-widgets"}
# The kernel asks for one version and runs with this one as well, which tests can have as a whole (tools/pyodide.py).
OLDER = "0.27.7"
ON_CDN = 18_000_000  # about as many bytes as its packages have that a kernel starts with, measured with OLDER
# What the kernel itself starts with. Named here, it comes from the lock file and needs no index.
STARTS_WITH = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "lectureutils")
SOURCES = ("pyproject.toml", "README.md", "LICENSE")
DATE = "1577836800"  # 2020-01-01, so that the same sources make the same wheel
LOCK = Path("static/pyodide-lock/pyodide-lock.json")


def run(folder: Path, *command: str | Path, **environment: str) -> None:
    """Run a Python command in a folder and stay quiet; raise RuntimeError with what it wrote where it fails."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTHON"))}
    line = [sys.executable, "-m", *map(str, command)]
    done = subprocess.run(line, cwd=folder, env=settings | environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(line)}\n{done.stdout}{done.stderr}")


def fetch_wheels(folder: Path) -> None:
    """Put the wheels of BUNDLED into the folder: pure Python, in the versions of this environment."""
    folder.mkdir(parents=True, exist_ok=True)
    for wheel in folder.glob("*.whl"):
        wheel.unlink()
    pins = [f"{name}=={metadata.version(name)}" for name in BUNDLED]
    pure = ["--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none"]
    run(folder, "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", *pure, *pins)


def build_wheel(folder: Path) -> None:
    """Build the wheel of lectureutils into the folder, from a copy: setuptools leaves old files where it builds."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for source in SOURCES:
            shutil.copy2(ROOT / source, copy)
        shutil.copytree(ROOT / "lectureutils", copy / "lectureutils", ignore=shutil.ignore_patterns("__pycache__"))
        run(copy, "build", "--wheel", "--no-isolation", "--outdir", folder, SOURCE_DATE_EPOCH=DATE)


def canonical(name: str) -> str:
    """Write a package's name the one way that compares: lower case, dashes."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(wheel: Path, address: str) -> dict:
    """Describe a pure-Python wheel as Pyodide's lock file does."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        place = next(name for name in names if name.endswith(".dist-info/METADATA"))
        about = HeaderParser().parsestr(archive.read(place).decode())
    wanted = [line for line in about.get_all("Requires-Dist", []) if "extra ==" not in line]
    depends = {canonical(re.match(r"[\w.-]+", line)[0]) for line in wanted}
    imports = {name.split("/")[0] for name in names if name.endswith("__init__.py") and name.count("/") == 1}
    return {
        "name": canonical(about["Name"]), "version": about["Version"], "file_name": address,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(), "imports": sorted(imports),
        "depends": sorted(depends - NOT_NEEDED), "install_dir": "site", "package_type": "package",
        "unvendored_tests": False,
    }  # fmt: skip


def lock_file(site: Path, pyodides: dict, base: str) -> dict:
    """Add the wheels of the site to Pyodide's lock file, whose own files lie at the address `base`."""
    packages = {canonical(name): package for name, package in pyodides["packages"].items()}
    for package in packages.values():
        package["file_name"] = base + package["file_name"]
    for wheel in sorted([*site.glob(f"extensions/{KERNEL}/static/pypi/*.whl"), *site.glob("pypi/*.whl")]):
        ours = locked(wheel, f"../../{wheel.relative_to(site).as_posix()}")
        packages[ours["name"]] = ours
    missing = {name for package in packages.values() for name in map(canonical, package["depends"])} - set(packages)
    if missing:
        raise RuntimeError(f"neither Pyodide nor the site has {', '.join(sorted(missing))}")
    return pyodides | {"packages": packages}


def settings(folder: str) -> dict:
    """Write jupyter-lite.json: where Pyodide's folder is, what it starts with, and that nothing else is ever asked."""
    kernel = {
        "pyodideUrl": "./static/python.mjs", "disablePyPIFallback": True,
        "loadPyodideOptions": {"indexURL": folder, "lockFileURL": f"./{LOCK.as_posix()}", "packages": STARTS_WITH},
    }  # fmt: skip
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "exposeAppInBrowser": True,  # to go_to_cell.js
            "appName": "Losses, optimization and backpropagation",
            "settingsOverrides": json.loads(DEFAULTS.read_text(encoding="utf-8")),
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def stage(folder: Path, pyodide: str, wheels: Path) -> None:
    """Put everything side by side that JupyterLite makes a site of: notebooks, wheels, settings."""
    (folder / "notebooks").mkdir()
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy2(notebook, folder / "notebooks")
    shutil.copytree(wheels, folder / "pypi", ignore=lambda _, names: [n for n in names if not n.endswith(".whl")])
    build_wheel(folder / "pypi")
    (folder / "jupyter-lite.json").write_text(json.dumps(settings(pyodide)), encoding="utf-8")
    options = {"apps": ["lab"], "contents": ["notebooks"], "no_sourcemaps": True}
    (folder / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": options}), encoding="utf-8")


def build(out: Path, wheels: Path, core: Path, served: Path | None = None) -> None:
    """Build the site into the folder `out`, which is emptied first.

    `wheels` holds what fetch_wheels fetched, `core` is the folder of Pyodide's npm package. Pyodide comes from its CDN,
    or from the folder `served`, which is copied into the site.
    """
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION

    pyodide = served or core
    script = (pyodide / "pyodide.mjs").read_text(encoding="utf-8")
    if PYODIDE_VERSION not in script and not (served and OLDER in script):
        raise RuntimeError(f"{pyodide} holds another Pyodide than {PYODIDE_VERSION}, which this kernel wants")
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        stage(Path(name), "./static/pyodide/" if served else f"{PYODIDE_CDN_URL}/", wheels)
        run(Path(name), "jupyterlite_core", "build", "--output-dir", out)
    if served:
        shutil.copytree(served, out / "static" / "pyodide")
    pyodides = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock = lock_file(out, pyodides, "../pyodide/" if served else f"{PYODIDE_CDN_URL}/")
    (out / LOCK).parent.mkdir(parents=True)
    (out / LOCK).write_text(json.dumps(lock, separators=(",", ":")), encoding="utf-8")
    real = "./pyodide/pyodide.mjs" if served else f"{PYODIDE_CDN_URL}/pyodide.mjs"
    lite_page.put(out, ROOT / "notebooks", real, fetched(out, pyodide))


def fetched(out: Path, pyodide: Path) -> int:
    """Count the bytes that a kernel of the site fetches, with a guess at the packages that lie on Pyodide's CDN."""
    files = [pyodide / "pyodide.asm.wasm", pyodide / "python_stdlib.zip", out / LOCK, *wanted(out).values()]
    on_cdn = 0 if (out / "static" / "pyodide").exists() else ON_CDN
    return on_cdn + sum(path.stat().st_size for path in files if path.exists())


def wanted(out: Path) -> dict[str, Path]:
    """Give where a built site has what a kernel starts with, by name; packages of another host are left out."""
    packages = json.loads((out / LOCK).read_text(encoding="utf-8"))["packages"]
    files = {name: packages[name]["file_name"] for name in needed(packages, STARTS_WITH)}
    return {name: (out / LOCK).parent / file for name, file in files.items() if "://" not in file}


def needed(packages: dict[str, dict], names: Iterable[str]) -> set[str]:
    """Give the named packages and all that they depend on; the keys of `packages` are canonical names."""
    found, waiting = set(), list(map(canonical, names))
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += map(canonical, packages[name]["depends"])
    return found


def absent(out: Path) -> list[str]:
    """Name the packages that the notebooks need and that the site should serve and does not have."""
    return sorted(name for name, file in wanted(out).items() if not file.exists())


def main(arguments: list[str] | None = None) -> int:
    """Build the site that runs in the browser alone."""
    parser = argparse.ArgumentParser(prog="python -m tools.lite", description=main.__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site" / "lite", help="folder of the site")
    parser.add_argument("--wheels", type=Path, default=Path(sys.prefix, "wheels"), help="what --fetch fetched")
    parser.add_argument("--fetch", action="store_true", help="fetch the wheels that Pyodide does not have, and end")
    parser.add_argument("--core", type=Path, default=Path(sys.prefix, "assets/node_modules/pyodide"),
                        help="folder of Pyodide's npm package")  # fmt: skip
    parser.add_argument("--pyodide", type=Path, help="a folder with all of Pyodide, to serve instead of its CDN")
    options = parser.parse_args(arguments)
    if options.fetch:
        fetch_wheels(options.wheels.resolve())
        return 0
    try:
        build(options.out.resolve(), options.wheels, options.core, options.pyodide)
    except (RuntimeError, OSError) as error:
        sys.exit(str(error))
    if lacking := absent(options.out):
        print(f"{options.pyodide} lacks {', '.join(lacking)}: the notebooks can't run from it", file=sys.stderr)
    files = [path for path in options.out.rglob("*") if path.is_file()]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
