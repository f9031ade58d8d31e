"""Is everything here that the notebooks need? A check that says what is missing and how to mend it.

What is needed stands in one place, the package's own metadata; this module only compares it with what is installed.
It imports nothing that could be missing itself.
"""

import sys
from importlib import metadata

OLDEST_PYTHON = (3, 11)


class Report:
    """Lines for the reader, and whether all is well; shown as plain text."""

    def __init__(self, problems: list[str], found: list[str]):
        self.problems, self.found = problems, found

    def __bool__(self) -> bool:
        return not self.problems

    def __repr__(self) -> str:
        if not self.problems:
            return f"Everything is here: Python, {', '.join(self.found)}.\nYou can start."
        return "\n".join([f"{len(self.problems)} thing(s) to mend:", *(f"- {problem}" for problem in self.problems)])


def check(python: tuple[int, ...] = tuple(sys.version_info[:2])) -> Report:
    """Compare this environment with what the series needs and return a `Report` that names each missing piece."""
    problems, found = [], []
    if tuple(python) < OLDEST_PYTHON:
        wanted, came = (".".join(map(str, version)) for version in (OLDEST_PYTHON, python))
        problems.append(f"Python is {came}, expected {wanted} or newer: make the environment again with a newer one.")
    try:
        requirements = metadata.requires("lectureutils") or []
    except metadata.PackageNotFoundError:
        problems.append("lectureutils is not installed: run `pip install -e .` in the folder of the series.")
        requirements = []
    for requirement in requirements:
        if "extra ==" in requirement:
            continue
        name, problem = _look_for(requirement)
        (problems if problem else found).append(problem or name)
    return Report(problems, found)


def _look_for(text: str) -> tuple[str, str]:
    """Return the name of a requirement and what is wrong with it, or an empty string."""
    name, _, oldest = text.partition(">=")
    name, cure = name.strip(), f"run `%pip install '{text}'` in a cell, then restart the kernel."
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return name, f"{name} is missing: {cure}"
    if _numbers(version) < _numbers(oldest):
        return name, f"{name} is {version}, expected {oldest} or newer: {cure}"
    return name, ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:3] if part.isdigit())
