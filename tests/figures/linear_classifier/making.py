"""What the tests of several figures of this room do with them."""

import numpy as np
from drive import buttons, check, click, ends, inputs, pairwise, send


def drive_all(figure):
    """Bring every control to its ends alone and with every other one, press every button; Reset ends it."""
    text, picture = figure.canvas.text, figure.painter.pixels().copy()
    moves = [(widget, ends(widget)) for _control, widget in inputs(figure)]
    for widget, states in moves:
        figure.reset()
        for state in states:
            send(widget, **state)
            check(figure, f"{widget.tooltip} = {state}")
    for setting in pairwise([[states[0], states[-1]] for _widget, states in moves]):
        for (widget, _states), state in zip(moves, setting, strict=True):
            send(widget, **state)
        check(figure, str(setting))
    for button in buttons(figure):
        click(button)
        check(figure, button.description)
    figure.reset()
    assert figure.canvas.text == text
    assert np.array_equal(figure.painter.pixels(), picture)


def lengths(bars):
    """Return how long the bars are."""
    return [bar.get_width() for bar in bars]
