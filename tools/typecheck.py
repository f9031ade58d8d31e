"""The types of the package, looked at by basedpyright: none may be wrong, but for a number in the figures.

`lectureutils/figures/` has errors from before there was a type checker. Their number stands in pyproject.toml, with the
settings of the checker, and may only fall.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COUNTED = "lectureutils/figures/"


class Error(NamedTuple):
    """One error: its file, from the project's root, its line, and what the checker says."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def check() -> list[Error]:
    """Let the checker look at the whole package. Raises RuntimeError with its own words if it could not."""
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode > 1:  # 1: it found errors
        raise RuntimeError(f"basedpyright could not look: {done.stdout or done.stderr}")
    return [found(one) for one in json.loads(done.stdout)["generalDiagnostics"] if one["severity"] == "error"]


def found(said: dict) -> Error:
    """Read one entry of the checker's list."""
    file = Path(said["file"]).resolve().relative_to(ROOT).as_posix()
    rule = f" ({said['rule']})" if "rule" in said else ""
    return Error(file, said["range"]["start"]["line"] + 1, said["message"].replace("\n", "\n    ") + rule)


def allowed(root: Path = ROOT) -> int:
    """Read how many errors the figures may have."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["typecheck"]["figures"]


def problems(errors: list[Error], most: int) -> list[str]:
    """Say what is to be mended, with `most` errors allowed in the figures; nothing if all is well."""
    counted = [error for error in errors if error.file.startswith(COUNTED)]
    said = [str(error) for error in errors if error not in counted]
    if len(counted) > most:
        said += [str(error) for error in counted]
        said.append(f"{COUNTED}: {len(counted)} errors, expected {most} at most. Mend the new ones among those above.")
    if len(counted) < most:
        said.append(f"{COUNTED}: only {len(counted)} errors are left of {most}, and there they may not rise again. "
                    f"Write figures = {len(counted)} in pyproject.toml, [tool.typecheck].")  # fmt: skip
    return said


def main() -> int:
    """Check the types and print what is to be mended."""
    said = problems(check(), allowed())
    print(*said or ["All types fit."], sep="\n")
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
