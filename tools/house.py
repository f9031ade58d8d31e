"""The house as a picture: the parts of the package, each above what it imports, in docs/images/house.svg.

A line that others already imply is left out: figures import optim, but by way of train. Run it after moving a part:

    python -m tools.house
"""

import ast
import functools
import sys
from collections.abc import Mapping
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from lectureutils import style
from tools.addresses import ROOT

PACKAGE = ROOT / "lectureutils"
PICTURE = ROOT / "docs" / "images" / "house.svg"
Uses = Mapping[str, set[str]]  # part: the parts that it imports


def name_of(path: Path) -> str:
    """Return the dotted name of a module of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(name: str) -> str:
    """Return the part of a module: `lectureutils.live.figure` -> `live`; the package itself is `` (empty)."""
    return (name.split(".") + [""])[1]


def imports(path: Path) -> list[str]:
    """Give the full dotted name of everything that a module imports, wherever in the module."""
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
    return found


def uses() -> dict[str, set[str]]:
    """Return which part of the package imports which others."""
    found = {part_of(name_of(path)): set() for path in sorted(PACKAGE.rglob("*.py"))}
    for path in sorted(PACKAGE.rglob("*.py")):
        own = part_of(name_of(path))
        others = {part_of(name) for name in imports(path) if name.split(".")[0] == PACKAGE.name}
        found[own] |= others & found.keys() - {own, ""}
    del found[""]
    return found


def floors(uses: Uses) -> dict[str, int]:
    """Return the floor of each part: one above the highest part that it imports."""

    @functools.cache
    def floor(part: str) -> int:
        return 1 + max(map(floor, uses[part]), default=-1)

    return {part: floor(part) for part in uses}


def lines(uses: Uses) -> list[tuple[str, str]]:
    """Return the imports that no way over another part implies."""

    @functools.cache
    def below(part: str) -> frozenset[str]:
        return frozenset(uses[part]).union(*map(below, uses[part]))

    return [(part, other) for part, others in sorted(uses.items()) for other in sorted(others)
            if not any(other in below(between) for between in others - {other})]  # fmt: skip


def draw(uses: Uses) -> Figure:
    """Draw the parts floor by floor, each as near as it can be to what it imports."""
    at, place = floors(uses), {}
    for floor in range(max(at.values()) + 1):
        row = sorted(part for part in at if at[part] == floor)
        if floor:
            row.sort(key=lambda part: sum(place[other][0] for other in uses[part]) / len(uses[part]))
        place |= {part: (1.1 * (k - (len(row) - 1) / 2) + 0.3 * (floor % 2), floor) for k, part in enumerate(row)}
    fig = Figure(figsize=(9, 0.9 * max(at.values()) + 1))
    axes = fig.add_axes((0, 0, 1, 1))
    wide = max(abs(x) for x, _ in place.values()) + 0.6
    axes.set(xlim=(-wide, wide), ylim=(-0.5, max(at.values()) + 0.5))
    axes.set_axis_off()
    box = {"boxstyle": "round,pad=0.5", "facecolor": style.pale(style.SKY), "edgecolor": style.BLUE}
    for part, where in place.items():
        axes.text(*where, part, ha="center", va="center", fontsize=11, bbox=box, zorder=3)
    for part, other in lines(uses):
        far = at[part] - at[other] - 1  # lines over several floors go around what stands between
        bend = f"arc3,rad={0.16 * far * (1 if place[other][0] <= place[part][0] else -1)}"
        look = {"arrowstyle": "-", "color": style.GREY, "connectionstyle": bend}
        axes.annotate("", place[other], place[part], arrowprops=look, zorder=2)
    return fig


def main(path: Path = PICTURE) -> int:
    """Write the picture: the same imports make the same bytes."""
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "house"}):
        draw(uses()).savefig(path, metadata={"Date": None, "Creator": None})
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
