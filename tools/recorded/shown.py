"""The figures of a notebook as pages show them: which output is one, how it is called, its picture and its sentence."""

import re
from dataclasses import dataclass
from typing import Any

from tools.addresses import at_cell
from tools.recorded.markup import figure, size_of
from tools.recorded.names import Names
from tools.recorded.shelf import Shelf

CLASS = re.compile(r"figures\.(\w+Figure)\(")


@dataclass(frozen=True)
class Shown:
    """A figure on a page: named `04_optimization/surface`, as its recording is where there is one."""

    name: str
    cell: str  # the id of the one that shows it
    sentence: str
    png: str  # in base64
    is_recorded: bool

    @property
    def word(self) -> str:
        return self.name.split("/")[-1]

    def html(self, root: str, live: str, opens: bool = False) -> str:
        """Write it for a page from which `root` leads to the top of the site, `live` to the notebook in JupyterLite.

        With `opens` it plays by itself once.
        """
        name, size = self.name if self.is_recorded else "", size_of(self.png)
        return figure(name, f"{root}figures/{self.name}.png", self.sentence, at_cell(live, self.cell), size, opens)


def figures(notebook: dict[str, Any], stem: str, shelf: Shelf) -> dict[tuple[str, int], Shown]:
    """Find the figures of a notebook: {(id of the cell, number of the output): figure}.

    One that is not recorded is called by its class, too, for its picture has an address.
    Raises ValueError for a picture without a sentence: it would have no text alternative.
    """
    found, names = {}, Names(stem)
    for cell in notebook["cells"]:
        for number, output in enumerate(cell.get("outputs", ())):
            data = output.get("data", {})
            if "image/png" not in data:
                continue
            sentence = " ".join("".join(data.get("text/plain", "")).split())
            if not sentence:
                raise ValueError(f"{stem}: a picture has no sentence beside it, so it would have no text alternative")
            made = CLASS.search("".join(cell["source"]))
            name = names.of(made[1] if made else "Picture")
            recorded = shelf.name(stem, cell["id"], number)
            png = "".join(data["image/png"]).strip()
            found[cell["id"], number] = Shown(recorded or name, cell["id"], sentence, png, bool(recorded))
    return found
