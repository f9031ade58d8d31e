"""Put files of npm packages beside pages, so that these need no other host: scripts, and the letters of the typeface.

`make` installs the packages, in the versions of the lock file.
"""

import shutil
import sys
from pathlib import Path

PACKAGES = Path(f"{sys.prefix.removesuffix('-site')}-site") / "assets" / "node_modules"  # in the site's environment
STYLESHEET = Path(__file__).with_name("templates") / "inter.css"
LETTERS = [
    "inter-ui/LICENSE.txt",
    *(f"inter-ui/web-latin/Inter-{it}-subset.woff2" for it in ("Regular", "Italic", "SemiBold")),
]


def vendor(target: Path, names: list[str], packages: Path = PACKAGES) -> None:
    """Copy the named files and folders of the npm packages to the target folder."""
    for name in names:
        source = packages / name
        if not source.exists():
            raise FileNotFoundError(f"{source} is missing: run this through make, which installs it")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target / name)


def letters(target: Path) -> None:
    """Put the typeface of the figures into a folder, as web fonts, with the style sheet that names them."""
    vendor(target, LETTERS)
    shutil.copyfile(STYLESHEET, target / STYLESHEET.name)
