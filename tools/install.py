"""Install packages into the environment of the Python that runs this, with uv: it takes a quarter of pip's time.

uv does not read pip's settings (a mirror, say), and not every machine has a build of it. What it can't do, pip does.

    python -m tools.install -r .ci/test-pins.txt
"""

from __future__ import annotations

import subprocess
import sys
from importlib import util

UV = "uv>=0.9,<1"
PIP = "pip>=25"  # comes along, for all that asks pip later: the one that Python 3.11 brings is three times as slow
PIP_INSTALL = ("pip", "--disable-pip-version-check", "install", "-qq")


def install(*wanted: str) -> bool:
    """Install what is wanted, in the words that uv and pip share, and say whether that worked."""
    there = util.find_spec("uv") or run(*PIP_INSTALL, "--only-binary=:all:", UV)
    if there and run("uv", "pip", "install", "--quiet", "--python", sys.executable, PIP, *wanted):
        return True
    print("uv can't install this; now pip tries.", file=sys.stderr)
    return run(*PIP_INSTALL, "--upgrade", PIP) and run(*PIP_INSTALL, *wanted)


def run(module: str, *arguments: str) -> bool:
    """Run a module of this environment and say whether it ended well."""
    return subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(0 if install(*sys.argv[1:]) else 1)
