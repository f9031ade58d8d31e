"""Safari's engine: a recorded figure of the site under the hand, in WebKitGTK's small browser."""

import contextlib
import os
import signal
import socket
import subprocess

import pytest
from followed import check

from tools import browser
from tools.lab.waiting import wait_until


@pytest.fixture(scope="module")
def webkit():
    return browser.webkit()


@pytest.fixture(scope="module")
def driver(webkit):
    """Start WebKit's WebDriver on a screen that nobody sees; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [webkit.screen, "--auto-servernum", webkit.driver, f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as it:
        try:
            wait_until(lambda: answers(port), "WebKit's driver does not answer")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(it.pid, signal.SIGTERM)  # the screen and the browser too


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def test_a_recorded_figure_follows_the_hand(webkit, driver, site, drive):
    page = f"{site}/notebooks/00_start_here.html"
    saw = drive("webkit.mjs", driver=driver, browser=webkit.browser, page=page)
    assert saw.pop("version").startswith("MiniBrowser")
    check(saw)
