"""What is pinned installs on the systems that are not at hand: the registry has a ready-made package for each."""

import subprocess
import sys

import pytest

from tools import pins

SYSTEMS = ["x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-unknown-linux-gnu"]


def resolved(wanted: list[str], system: str) -> subprocess.CompletedProcess:
    """Let uv look for wheels of all that is wanted on another system; nothing is installed."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--no-header", "--no-annotate",
               "--python-version", pins.PYTHON, "--python-platform", system, "--only-binary", ":all:"]  # fmt: skip
    return subprocess.run(command, input="\n".join(wanted), capture_output=True, encoding="utf-8")


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_pin_has_a_wheel(system):
    done = resolved(pins.exact(), system)
    assert done.returncode == 0, done.stderr
    assert set(pins.exact()) <= set(done.stdout.split())


def test_a_pin_without_one_is_found():
    """uvloop is not built for Windows."""
    done = resolved(["uvloop==0.22.1"], SYSTEMS[0])
    assert done.returncode != 0 and "uvloop" in done.stderr
