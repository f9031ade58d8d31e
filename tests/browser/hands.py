"""What a reader's hands do to a live figure: keys, mouse, finger."""

from collections.abc import Iterator, Sequence

from playwright.sync_api import Locator

from tools.lab import FigureView


def handles(figure: FigureView) -> list[Locator]:
    """Return the handles of the figure's sliders that can be seen."""
    return figure.node.locator(".noUi-handle:visible").all()


def press(handle: Locator, *keys: str) -> None:
    """Focus a control and press keys on it, without waiting for the figure's answer."""
    handle.focus()
    for key in keys:
        handle.page.keyboard.press(key)


def tab(figure: FigureView) -> tuple[int, set[int]]:
    """Press Tab from the figure's first control on; return how many controls there are, and which took the focus."""
    wanted = figure.node.evaluate(LISTEN)
    for presses in (wanted - 1, 6):  # the order may be another than the document's
        for _ in range(presses):
            figure.notebook.page.keyboard.press("Tab")
        reached = set(figure.node.evaluate("figure => [...figure.reached]"))
        if len(reached) == wanted:
            break
    return wanted, reached


LISTEN = """figure => {
  const all = [...figure.querySelectorAll('button, select, input, [role=slider], .widget-readout')]
    .filter(node => node.checkVisibility() && !node.disabled);
  figure.reached = new Set();
  figure.addEventListener('focusin', ({ target }) => all.includes(target) && figure.reached.add(all.indexOf(target)));
  all[0].blur();
  all[0].focus();
  return all.length;
}"""


def centre(node: Locator) -> tuple[float, float]:
    """Return the middle of something on the page, scrolled into view, in CSS pixels."""
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def track(handle: Locator) -> tuple[float, float]:
    """Return where on the page, from left to right, a slider's track begins and ends."""
    box = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box()
    return box["x"], box["x"] + box["width"]


def drag_slider(figure: FigureView, handle: Locator, shares: Sequence[float]) -> None:
    """Drag a slider's handle with the mouse over positions given as shares of its track, without waiting."""
    mouse = figure.notebook.page.mouse
    x, y = centre(handle)
    left, right = track(handle)
    mouse.move(x, y)
    mouse.down()
    for share in shares:
        mouse.move(left + share * (right - left), y)
    mouse.up()


def place(figure: FigureView, at: Sequence[float]) -> tuple[float, float]:
    """Turn fractions of the canvas, from its lower left corner, into a place on the page."""
    box = figure.canvas.bounding_box()
    return box["x"] + at[0] * box["width"], box["y"] + (1 - at[1]) * box["height"]


def bring_to_rest(figure: FigureView) -> None:
    """Scroll the canvas into the middle of the window, and wait until the page has stopped moving.

    JupyterLab lays out cells as they come into sight, which may push the canvas out of it again: then once more.
    """
    page = figure.notebook.page
    for _ in range(20):
        figure.canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
        before = None
        while (box := figure.canvas.bounding_box()) != before:
            before = box
            page.wait_for_timeout(100)
        if box["y"] > 0 and box["y"] + box["height"] < page.viewport_size["height"]:
            return
    raise TimeoutError(f"the canvas does not stay in sight: {box}")


def drag_canvas(figure: FigureView, start: Sequence[float], end: Sequence[float], moves: int = 12) -> None:
    """Drag with the mouse from one place of the canvas to another."""
    mouse = figure.notebook.page.mouse
    bring_to_rest(figure)
    mouse.move(*place(figure, start))
    mouse.down()
    mouse.move(*place(figure, end), steps=moves)
    mouse.up()


def tap_canvas(figure: FigureView, at: Sequence[float]) -> None:
    """Click on one place of the canvas."""
    bring_to_rest(figure)
    figure.notebook.page.mouse.click(*place(figure, at))


def between(start: Sequence[float], end: Sequence[float], moves: int) -> Iterator[tuple[float, float]]:
    """Give the places of a straight way, its end included."""
    for n in range(1, moves + 1):
        yield tuple(a + (b - a) * n / moves for a, b in zip(start, end, strict=True))


def drag_touch(figure: FigureView, start: Sequence[float], end: Sequence[float], moves: int = 12) -> None:
    """Drag with a finger from one place of the canvas to another."""
    devtools = figure.notebook.page.context.new_cdp_session(figure.notebook.page)

    def touch(kind: str, *points: Sequence[float]) -> None:
        at = [dict(zip("xy", place(figure, point), strict=True)) for point in points]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    bring_to_rest(figure)
    touch("touchStart", start)
    for point in between(start, end, moves):
        touch("touchMove", point)
    touch("touchEnd")


def button(figure: FigureView, name: str) -> Locator:
    """Return the figure's button of that name."""
    return figure.node.get_by_role("button", name=name, exact=True).first
