"""The repository's public address stands in pyproject.toml; every other address is made from it here.

`make address URL=...` (tools/move.py) writes another one, into everything that holds it.

Standard library only, so that each environment of the project can import it.
"""

import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parent.parent
START = "notebooks/00_start_here.ipynb"
PLACEHOLDER = "OWNER/REPOSITORY"  # what stands in pyproject.toml until the public address is known


def address(root: Path = ROOT) -> str:
    """Give the repository's address, as https://github.com/owner/name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return normal(project["urls"]["Repository"])


def normal(url: str) -> str:
    """Write the address of a repository in its one form; take the ones that git clones from as well.

    Raises ValueError for what is no address of a repository on GitHub.
    """
    plain = (
        re.sub(r"^(?:ssh://)?git@github\.com[:/]", "https://github.com/", url.strip()).rstrip("/").removesuffix(".git")
    )
    if not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", plain):
        raise ValueError(f"{url!r} is no address of a repository; expected https://github.com/owner/name")
    return plain


def owner_and_name(url: str) -> str:
    """Give the two names that a repository's address ends in, as owner/name."""
    return url.removeprefix("https://github.com/")


def is_placeholder(url: str) -> bool:
    """Tell whether the repository's address is yet to be set: then nothing that is made from it leads anywhere."""
    return owner_and_name(url) == PLACEHOLDER


def binder(url: str, notebook: str) -> str:
    """Give the address that opens a notebook on Binder, in JupyterLab."""
    inside = quote(f"lab/tree/{notebook}", safe="")
    return f"https://mybinder.org/v2/gh/{owner_and_name(url)}/HEAD?urlpath={inside}"


def colab(url: str, notebook: str) -> str:
    """Give the address that opens a notebook in Colab."""
    return f"https://colab.research.google.com/github/{owner_and_name(url)}/blob/HEAD/{notebook}"


def site(url: str) -> str:
    """Give the address of the published site, as https://owner.github.io/name/.

    The repository that is named owner.github.io is the owner's own site, without a name behind it.
    """
    owner, name = owner_and_name(url).split("/")
    host = f"https://{owner}.github.io/"
    return host if name.lower() == f"{owner}.github.io".lower() else f"{host}{name}/"


def within_the_site(notebook: str) -> str:
    """Give the address of a notebook in the JupyterLite that the site carries, from the site's top."""
    return f"lite/lab/index.html?path={quote(Path(notebook).name)}"


def lite(url: str, notebook: str) -> str:
    """Give the address that opens a notebook in JupyterLite, in the browser alone; the site carries it."""
    return site(url) + within_the_site(notebook)


def live(notebook: str, root: Path = ROOT) -> str:
    """Give the address that opens a notebook in the browser alone; empty as long as there is no public address."""
    url = address(root)
    return "" if is_placeholder(url) else lite(url, notebook)


def at_cell(notebook: str, cell: str) -> str:
    """Give the address of a cell in a notebook that JupyterLite opens at `notebook`; empty where that is."""
    return f"{notebook}#cell-id={cell}" if notebook else ""


def install(url: str) -> str:
    """Give the lines that open a notebook's first cell: they install the package where it is missing, on Colab say.

    A line of its own for `%pip`, as readers know it from elsewhere; where the package is there, nothing happens.
    """
    return f"try:\n    import lectureutils\nexcept ImportError:\n    %pip install -q git+{url}"


def nbgitpuller(url: str, hub: str, notebook: str) -> str:
    """Give the address that brings the repository to a student's server on a hub and opens a notebook there."""
    query = {"repo": url, "targetpath": "lecture", "urlpath": f"lab/tree/lecture/{notebook}"}
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(query)}"


def launches(url: str, notebook: str) -> dict[str, str]:
    """Give every way to open a notebook live, the quickest first: {name: address}."""
    return {"JupyterLite": lite(url, notebook), "Binder": binder(url, notebook), "Colab": colab(url, notebook)}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.addresses https://hub.example.org   (prints the link for the hub's students)")
    print(nbgitpuller(address(), sys.argv[1], START))
