"""A slow line to a page, simulated by Chromium."""

from playwright.sync_api import Page


def slow_line(page: Page, delay: float, rate: float) -> None:
    """Slow down what a page loads from now on: `delay` in ms, `rate` in bytes per second, both ways."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": delay, "downloadThroughput": rate, "uploadThroughput": rate,
    })  # fmt: skip
