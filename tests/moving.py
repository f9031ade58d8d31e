"""Moves recorded figures on a page as a reader does, and tells which of them stood still."""

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

SEEN = "figure => [figure.querySelector('figcaption').textContent, figure.querySelector('canvas').toDataURL()]"
ENDS = ["ready", "still"]
INPUTS = ".lu-panel :is(input[type=range], select, input[type=checkbox]):enabled"
REWIND = ".lu-panel button:has(.lu-icon-fast-backward)"


def wake(page: Page, figure: Locator) -> str:
    """Scroll a figure into the window, and return "ready" once it can be moved, "still" where it can't."""
    figure.scroll_into_view_if_needed()
    page.wait_for_function("([it, ends]) => ends.includes(it.dataset.state)", arg=[figure.element_handle(), ENDS])
    return figure.get_attribute("data-state") or ""


def standing_still(page: Page, figure: Locator) -> list[str]:
    """Move the first and the last control of a figure by its keys, or by a press, and name what changes nothing.

    Each has to change picture and sentence, and Reset to bring both back. A figure without any that is recorded has to
    say so.
    """
    name = figure.get_attribute("data-figure")
    if (state := wake(page, figure)) != "ready":
        return [f"{name}: {state}"]
    controls = [*figure.locator(INPUTS).all(), *figure.locator(REWIND).all()]
    if not controls:
        return [] if figure.locator(".lu-asleep-note").is_visible() else [f"{name}: no control"]
    home, faults = figure.evaluate(SEEN), []
    for control in controls[:1] + controls[1:][-1:]:
        label = control.evaluate("it => it.ariaLabel ?? it.textContent")
        act(control)
        if not becomes(page, figure, "seen.every((part, n) => part !== home[n])", home):
            faults.append(f"{name}: {label} changes nothing")
        figure.get_by_role("button", name="Reset", exact=True).click()
        if not becomes(page, figure, "seen.every((part, n) => part === home[n])", home):
            faults.append(f"{name}: Reset does not undo {label}")
    return faults


def act(control: Locator) -> None:
    """Bring a control to another position."""
    kind = control.evaluate("it => it.type ?? it.tagName")
    if kind == "range":
        at = control.input_value()
        control.press("End")
        if control.input_value() == at:
            control.press("Home")
    elif kind == "select-one":
        count = control.locator("option").count()
        control.select_option(index=(int(control.input_value()) + 1) % count)
    else:
        control.click()


def becomes(page: Page, figure: Locator, wanted: str, home: list[str]) -> bool:
    """Wait until what is seen of a figure is as wanted, and return whether it came to that."""
    try:
        page.wait_for_function(f"([figure, home]) => {{ const seen = ({SEEN})(figure); return {wanted}; }}",
                               arg=[figure.element_handle(), home], timeout=4000)  # fmt: skip
    except TooLate:
        return False
    return True
