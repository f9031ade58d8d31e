"""Ranges stand in pyproject.toml, exact versions where an environment is built; this makes those from these.

pip resolves everything together once, so that readers and tests share one set of versions. What a reader
needs goes into environment.yml (and its twin for Binder), what tests and development add into
.ci/test-pins.txt. The site and the hub have environments of their own, with the same versions of what they share.

`python -m tools.pins exact` prints those versions for pip; `oldest` and `newest` print the two ends of the ranges.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = (Path("environment.yml"), Path("binder/environment.yml"))
TEST_PINS = Path(".ci/test-pins.txt")
PYTHON = "3.11"
READER, TESTS, DEVELOPER = ("lab",), ("lab", "test"), ("lab", "test", "dev")
# jsonschema 4.25 and later build a grammar of web addresses when they are imported, and JupyterLab, nbformat and tests
# import them: a second more for each process. matplotlib 3.11 takes 1.4 times as long as 3.10 for a full drawing.
HELD = ["jsonschema<4.25", "matplotlib<3.11"]
OWN = {"site": Path(".ci/site-pins.txt"), "hub": Path(".ci/hub-pins.txt")}  # extra: its environment's pins


def requirements(extras: tuple[str, ...], root: Path = ROOT) -> list[str]:
    """Give the dependencies of pyproject.toml together with those of the named extras."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["dependencies"] + [
        line for extra in extras for line in project["optional-dependencies"][extra]
    ]


def resolve(wanted: list[str], within: dict[str, str] | None = None) -> dict[str, str]:
    """Let pip choose a version for all that is wanted and needed: {name: version}; nothing is installed.

    `within` fixes the versions of what may turn up.
    """
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-qq"]
    with tempfile.TemporaryDirectory() as folder:
        report, constraints = Path(folder, "report.json"), Path(folder, "constraints.txt")
        constraints.write_text("\n".join([*lines(within or {}), *HELD]), encoding="utf-8")
        subprocess.run([*command, "--report", report, "--constraint", constraints, *wanted], check=True)
        done = report.read_text(encoding="utf-8")
    chosen = [entry["metadata"] for entry in json.loads(done)["install"]]
    return {canonical(package["name"]): package["version"] for package in chosen}


def canonical(name: str) -> str:
    """Write a package's name the one way that compares: lower case, dashes."""
    return name.lower().replace("_", "-").replace(".", "-")


def lines(pins: dict[str, str]) -> list[str]:
    """Write pins as name==version, sorted."""
    return [f"{name}=={version}" for name, version in sorted(pins.items())]


def environment(pins: dict[str, str]) -> str:
    """Write environment.yml: Python and pip from conda, everything else exactly pinned in its pip section."""
    return "\n".join(
        [
            "# Made by `make pins` from pyproject.toml; binder/environment.yml is the same file.",
            "name: lectureutils",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            f"  - python={PYTHON}",
            "  - pip",
            "  - pip:",
            *[f"      - {line}" for line in lines(pins)],
            "",
        ]
    )


def reader() -> list[str]:
    """Read the pins of environment.yml."""
    return re.findall(r"^      - (\S+==\S+)$", (ROOT / ENVIRONMENTS[0]).read_text(encoding="utf-8"), re.MULTILINE)


def exact() -> list[str]:
    """Read every pin of the environment that the tests run in."""
    added = (ROOT / TEST_PINS).read_text(encoding="utf-8").splitlines()
    return reader() + [line for line in added if not line.startswith("#")]


def oldest() -> list[str]:
    """Give the lowest version of everything that the package and its tests name."""
    return [line.replace(">=", "==") for line in requirements(TESTS)]


def newest() -> list[str]:
    """Give the ranges themselves: pip takes the newest version that goes with the rest."""
    return requirements(TESTS)


SHOWN = {"reader": reader, "exact": exact, "oldest": oldest, "newest": newest}


def main(arguments: list[str] | None = None) -> int:
    """Write all pins anew, or print the named requirements in one line, for `pip install $(...)`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("show", nargs="?", choices=SHOWN)
    show = parser.parse_args(arguments).show
    if show:
        print(*SHOWN[show](), end="")
        return 0
    return make()


def make() -> int:
    """Write both environment.yml files and every file of pins anew."""
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        print(f"pins are made with Python {PYTHON}, this is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    everything = resolve(requirements(DEVELOPER))
    readers = resolve(requirements(READER), within=everything)
    for path in ENVIRONMENTS:
        (ROOT / path).write_text(environment(readers), encoding="utf-8", newline="\n")
    added = {name: version for name, version in everything.items() if name not in readers}
    _write(TEST_PINS, "what the extras test and dev add to environment.yml", added)
    print(f"{len(readers)} pins for readers, {len(added)} more for tests and development")
    for extra, path in OWN.items():
        alone = resolve(requirements((extra,)), within=everything)
        _write(path, f"the package and its extra {extra}", alone)
        print(f"{len(alone)} pins for the extra {extra}")
    return 0


def _write(path: Path, what: str, pins: dict[str, str]) -> None:
    text = "\n".join([f"# Made by `make pins`: {what}.", *lines(pins), ""])
    (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
