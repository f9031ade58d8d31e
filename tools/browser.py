"""The browser tests and the benchmark drive a real Chromium; this finds one, or gets one.

A browser on the machine comes first; then, on Debian as root, the package chromium; then Playwright's own.
"""

from __future__ import annotations  # an older Python runs this too, before `make` says that it is too old

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

VARIABLE = "LECTUREUTILS_BROWSER"
COMMANDS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FIREFOX = (
    "firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
)  # fmt: skip
HELP = f"""The browser tests need a Chromium, and none was found. Three ways to get one:
  1. install Chromium, Chrome or Edge, or name yours: export {VARIABLE}=/path/to/browser
  2. on Debian or Ubuntu, as root: apt-get install chromium
  3. Playwright's own: python -m playwright install --with-deps chromium"""


class NoBrowser(RuntimeError):
    """No browser was found and none could be installed; the message names the three ways to get one."""


def find() -> str | None:
    """Return the path of a browser that starts, or None; LECTUREUTILS_BROWSER goes first."""
    named = os.environ.get(VARIABLE)
    if named:
        path = shutil.which(named)
        if not path or not _starts(path):
            raise NoBrowser(f"{VARIABLE} is {named!r}, which is not a browser that starts.\n{HELP}")
        return path
    if path := _first((*COMMANDS, *PLACES)):
        return path
    own = _playwrights_own()
    return own if own and _starts(own) else None


def on_system() -> str | None:
    """Return the path of a browser; where none is found, let the system's package manager install one if it may."""
    if path := find():
        return path
    _apt("chromium")
    return find()


def get() -> str:
    """Return the path of a browser; install one where none is found, or raise NoBrowser."""
    path = on_system()
    if not path:
        _playwright()
        path = find()
    if not path:
        raise NoBrowser(HELP)
    return path


def firefox() -> str:
    """Return the path of a Firefox for the weekly test; install Debian's where none is found, or raise NoBrowser."""
    path = _first(FIREFOX)
    if not path:
        _apt("firefox-esr")
        path = _first(FIREFOX)
    if not path:
        raise NoBrowser("This test needs Firefox, and none was found. Install it (on Debian: firefox-esr).")
    return path


class WebKit(NamedTuple):
    """WebKitGTK's driver, its small browser, and what starts them on a screen that nobody sees."""

    driver: str
    browser: str
    screen: str


def webkit() -> WebKit:
    """Return a WebKit for the weekly test; install Debian's where none is found, or raise NoBrowser."""
    for install in (True, False):
        driver, screen = shutil.which("WebKitWebDriver"), shutil.which("xvfb-run")
        own = [str(path) for path in Path("/usr").glob("lib*/**/webkit2gtk-4*/MiniBrowser")]
        if driver and screen and own:
            return WebKit(driver, max(own), screen)
        if install:
            _apt("webkit2gtk-driver", "xvfb", "xauth")
    raise NoBrowser(
        "This test needs WebKitGTK's driver, and none was found (on Debian: webkit2gtk-driver, xvfb, xauth)."
    )


def _first(commands: tuple[str, ...]) -> str | None:
    """Return the path of the first command that starts, or None."""
    return next((path for name in commands if (path := shutil.which(name)) and _starts(path)), None)


def _starts(path: str) -> bool:
    """Ask for the version: some systems ship a stub that only talks about its package."""
    if os.name == "nt":
        return True  # there, --version opens a window
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:  # not installed, or no driver for this machine: then there is no browser of its own
        return None
    return path if Path(path).exists() else None


def _apt(*packages: str) -> None:
    may = os.name == "posix" and (os.getuid() == 0 or bool(os.environ.get("CI")))
    if may and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        root = [] if os.getuid() == 0 else ["sudo", "--non-interactive"]  # a runner of a workflow has no password
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            _run([*root, "apt-get", "--quiet", *command], environment)


def _playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"], None)


def _run(command: list[str], environment: dict[str, str] | None) -> None:
    """Run an installer; its output goes to stderr, and whether it worked shows in what find() finds."""
    print("looking for a browser:", *command, file=sys.stderr)
    subprocess.run(command, env=environment, stdout=sys.stderr, check=False)


def main(arguments: list[str] | None = None) -> int:
    """Print the browser's path. With the word system: only see to it that the system has one, if it can."""
    try:
        if arguments == ["system"]:
            on_system()
        else:
            sys.stdout.write(get())  # no line end: Windows makes two characters of it, and a shell drops only one
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
