"""Ranges stand in pyproject.toml, exact versions where an environment is built; this makes those from these.

`uv pip compile` resolves everything together once, so that readers and tests share one set of versions. What a reader
needs goes into environment.yml (and its twin for Binder), what tests and development add into
.ci/test-pins.txt. The site and the hub have environments of their own, with the same versions of what they share.

`python -m tools.pins` keeps the versions that still fit and adds what is missing; `--upgrade` chooses all anew.
`python -m tools.pins exact` prints the versions for an installer; `oldest` and `newest` those at the two ends of the
ranges.
"""

import argparse
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
    return project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]


def resolve(wanted: list[str], within: dict[str, str] | None = None, prefer: dict[str, str] | None = None,
            *options: str) -> dict[str, str]:  # fmt: skip
    """Let uv choose a version for all that is wanted and needed: {name: version}; nothing is installed.

    `within` fixes the versions of what may turn up, `prefer` names versions to keep where they fit; `options` are
    uv's own.
    """
    with tempfile.TemporaryDirectory() as folder:
        constraints, out = Path(folder, "constraints.txt"), Path(folder, "pins.txt")
        constraints.write_text("\n".join(lines(within or {})), encoding="utf-8")
        out.write_text("\n".join(lines(prefer or {})), encoding="utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--no-header", "--no-annotate",
                   "--constraint", constraints, "--output-file", out, *options]  # fmt: skip
        subprocess.run(command, check=True, input="\n".join(wanted), text=True, stdout=subprocess.DEVNULL)
        chosen = out.read_text(encoding="utf-8").splitlines()
    return {canonical(name): version for name, version in (line.split("==") for line in chosen)}


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
    return reader() + _read(TEST_PINS)


def oldest() -> list[str]:
    """Resolve with the lowest version of everything that the package and its tests name."""
    return lines(resolve(requirements(TESTS), None, None, "--resolution", "lowest-direct"))


def newest() -> list[str]:
    """Resolve with the newest version that goes with the rest, of everything."""
    return lines(resolve(requirements(TESTS)))


SHOWN = {"reader": reader, "exact": exact, "oldest": oldest, "newest": newest}


def main(arguments: list[str] | None = None) -> int:
    """Write all pins anew, or print the named requirements in one line, for `pip install $(...)`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("show", nargs="?", choices=SHOWN)
    parser.add_argument("--upgrade", action="store_true", help="choose all versions anew")
    options = parser.parse_args(arguments)
    if options.show:
        print(*SHOWN[options.show](), end="")
    else:
        make({} if options.upgrade else dict(line.split("==") for line in exact()))
    return 0


def make(prefer: dict[str, str]) -> None:
    """Write both environment.yml files and every file of pins; versions of `prefer` are kept where they fit."""
    everything = resolve(requirements(DEVELOPER) + HELD, None, prefer, "--python-version", PYTHON)
    readers = resolve(requirements(READER), everything, None, "--python-version", PYTHON)
    for path in ENVIRONMENTS:
        (ROOT / path).write_text(environment(readers), encoding="utf-8", newline="\n")
    added = {name: version for name, version in everything.items() if name not in readers}
    _write(TEST_PINS, "what the extras test and dev add to environment.yml", added)
    print(f"{len(readers)} pins for readers, {len(added)} more for tests and development")
    for extra, path in OWN.items():
        kept = prefer and dict(line.split("==") for line in _read(path))
        alone = resolve(requirements((extra,)), everything, kept, "--python-version", PYTHON)
        _write(path, f"the package and its extra {extra}", alone)
        print(f"{len(alone)} pins for the extra {extra}")


def _read(path: Path) -> list[str]:
    return [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def _write(path: Path, what: str, pins: dict[str, str]) -> None:
    text = "\n".join([f"# Made by `make pins`: {what}.", *lines(pins), ""])
    (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
