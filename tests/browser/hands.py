"""What a reader's hands do to a live figure: keys, mouse, finger."""

from collections.abc import Sequence

from playwright.sync_api import ElementHandle, Locator

from tools.lab.view import FigureView


def handles(figure: FigureView) -> list[ElementHandle]:
    """Return the handles of the figure's sliders that can be seen."""
    return figure.node.locator(".noUi-handle:visible").element_handles()


def press(figure: FigureView, control: ElementHandle | Locator, *keys: str) -> None:
    """Focus a control and press keys, without waiting for the figure's answer: the focus must stay by itself."""
    control.focus()
    for key in keys:
        figure.notebook.page.keyboard.press(key)


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


def at_rest(node: ElementHandle) -> tuple[float, float, float, float]:
    """Bring something into the middle of the window; return its left, top, width and height once it has stopped there.

    JupyterLab lays out cells as they come into sight, which may push it away again: then once more. Its cell becomes
    the active one now, because JupyterLab may scroll when the mouse makes it so.
    """
    return tuple(node.evaluate(REST))


REST = """async node => {
  const box = () => { const { x, y, width, height } = node.getBoundingClientRect(); return [x, y, width, height]; };
  const { content } = lab.panel;
  content.activeCellIndex = content.widgets.findIndex(cell => cell.node.contains(node));
  for (let tries = 0; tries < 40; tries++) {
    if (tries % 8 == 0) node.scrollIntoView({ block: 'center' });
    const before = box();
    await new Promise(resolve => setTimeout(resolve, 100));
    const [, top, , height] = before;
    if (box().join() === before.join() && top >= 0 && top + height <= window.innerHeight) return before;
  }
  throw new Error(`it does not stay in sight: ${box()}`);
}"""


def track(handle: ElementHandle) -> tuple[float, float, float]:
    """Bring a slider into sight; return where its track begins and ends, and how high it stands, in CSS pixels."""
    left, top, width, height = at_rest(handle.evaluate_handle("handle => handle.closest('.noUi-target')"))
    return left, left + width, top + height / 2


def share(handle: ElementHandle) -> float:
    """Return where on its track, from 0 to 1, a slider's handle stands."""
    return handle.evaluate("""handle => {
      const middle = ({ left, width }) => left + width / 2;
      const track = handle.closest('.noUi-target').getBoundingClientRect();
      return (middle(handle.getBoundingClientRect()) - track.left) / track.width;
    }""")


def value(handle: ElementHandle) -> float:
    """Return where a slider's handle stands, in the numbers of its slider."""
    return handle.evaluate("handle => handle.closest('.noUi-target').noUiSlider.get()")


def drag_slider(figure: FigureView, handle: ElementHandle, shares: Sequence[float]) -> None:
    """Drag a slider's handle with the mouse over positions given as shares of its track, without waiting."""
    mouse = figure.notebook.page.mouse
    left, right, y = track(handle)
    mouse.move(left + share(handle) * (right - left), y)
    mouse.down()
    for wanted in shares:
        mouse.move(left + wanted * (right - left), y)
    mouse.up()


def places(figure: FigureView, *spots: Sequence[float]) -> list[tuple[float, float]]:
    """Bring the canvas to rest in sight; turn fractions of it, from its lower left corner, into places on the page."""
    left, top, width, height = at_rest(figure.canvas.element_handle())
    return [(left + x * width, top + (1 - y) * height) for x, y in spots]


def drag_canvas(figure: FigureView, start: Sequence[float], end: Sequence[float], moves: int = 12) -> None:
    """Drag with the mouse from one place of the canvas to another."""
    mouse = figure.notebook.page.mouse
    start, end = places(figure, start, end)
    mouse.move(*start)
    mouse.down()
    mouse.move(*end, steps=moves)
    mouse.up()


def tap_canvas(figure: FigureView, at: Sequence[float]) -> None:
    """Click on one place of the canvas."""
    figure.notebook.page.mouse.click(*places(figure, at)[0])


def drag_touch(figure: FigureView, start: Sequence[float], end: Sequence[float], moves: int = 12) -> None:
    """Drag with a finger from one place of the canvas to another."""
    page = figure.notebook.page
    devtools = page.context.new_cdp_session(page)
    way = [[a + (b - a) * n / moves for a, b in zip(start, end, strict=True)] for n in range(moves + 1)]
    points = [[dict(zip("xy", spot, strict=True))] for spot in places(figure, *way)]
    for n, point in enumerate(points):
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove" if n else "touchStart", "touchPoints": point})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def button(figure: FigureView, name: str) -> Locator:
    """Return the figure's button of that name."""
    return figure.node.get_by_role("button", name=name, exact=True).first
