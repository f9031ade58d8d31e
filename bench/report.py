"""What a benchmark returns, and how it becomes a section of docs/benchmarks.md."""

import datetime
import importlib.metadata
import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Measured and written by `make bench`. Times depend on the machine and on what else it does, so they are only reported;
the gates are ratios of medians, measured interleaved in one run. `make bench` fails when a gate does. A class on a
hub is measured by `make bench-hub`; its gates are counts and memory.
"""


@dataclass
class Gate:
    """One condition: `value` at least (or at most) `bound`."""

    what: str
    value: float
    bound: float
    at_most: bool = False
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def row(self) -> list[str]:
        """Return the gate as cells of a table."""
        sign = "at most" if self.at_most else "at least"
        verdict = "yes" if self.holds else "**no**"
        return [self.what, f"{sign} {self.bound:g}{self.unit}", f"{self.value:.3g}{self.unit}", verdict]


@dataclass
class Outcome:
    """What one benchmark found: a title, what was done, a table, and the gates."""

    title: str
    text: str
    columns: list[str]
    rows: list[list[str]]
    gates: list[Gate]
    packages: list[str]
    also: list[str] = field(default_factory=list)  # further lines of the machine's description

    def section(self) -> str:
        """Write the outcome in Markdown."""
        parts = [
            f"## {self.title}", self.text, table(self.columns, self.rows),
            table(["gate", "wanted", "measured", "holds"], [gate.row() for gate in self.gates]),
            "\n".join(f"- {line}" for line in [*machine(), *self.also, versions(self.packages)]),
        ]  # fmt: skip
        return "\n\n".join(parts) + "\n"


def table(columns: list[str], rows: list[list[str]]) -> str:
    """Write a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> list[str]:
    """Describe this machine and this moment."""
    load = f", load average {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return [
        f"{datetime.date.today().isoformat()}, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}",
        f"{os.cpu_count()} cores of {_cpu()}{load}",
    ]


def _cpu() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "an unnamed processor"


def versions(packages: list[str]) -> str:
    """Name packages with the versions that were measured."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)


def write(name: str, section: str) -> None:
    """Put one benchmark's section into the page and leave the others as they are."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    block = f"<!-- {name} -->\n{section}<!-- end of {name} -->\n"
    old = re.compile(rf"<!-- {name} -->.*?<!-- end of {name} -->\n", re.S)
    page = old.sub(lambda _found: block, page) if old.search(page) else f"{page}\n{block}"
    PAGE.write_text(page, "utf-8")
