"""The player of a live figure: step, play, pause, rewind.

The browser keeps the time: it asks for the next chunk of work once the last frame has arrived. So a Pause is always
answered after one chunk at the most, on any machine, and nothing runs on in the background.
"""

from typing import Any

import ipywidgets

from lectureutils.live.layout import row

PLAY = "Play until paused"


class Player:
    """Buttons that call a figure's `advance()` once, or again and again, and its `rewind()`.

    With the name of a control, one chunk is one step of that control, from its lower to its upper end. `tick_ms` is the
    pause after each frame, `recorded_ms` that of a recording, where a chunk may be larger; the same unless given.
    """

    name = "player"

    def __init__(self, tick_ms: int = 40, control: str = "", recorded_ms: int = 0):
        self.tick_ms, self.control, self.recorded_ms = tick_ms, control, recorded_ms or tick_ms
        self.step = ipywidgets.Button(description="Step", icon="step-forward", tooltip="Do one step")
        self.play = ipywidgets.Button(description="Play", icon="play", tooltip=PLAY)
        self.back = ipywidgets.Button(description="Rewind", icon="fast-backward", tooltip="Go back to the start")
        self.buttons = (self.back, self.step, self.play)
        for button in self.buttons:
            button.layout.width = "96px"
        self.widget = row(*self.buttons)

    def connect(self, figure: Any) -> None:
        """Let the buttons and the browser's ticks drive `figure`."""
        canvas = figure.canvas
        canvas.tick_ms = self.tick_ms

        def advance() -> None:
            if not figure.advance():
                canvas.playing = False

        def tick(_change: Any) -> None:
            if canvas.playing:
                figure.refresh(advance)

        def play(_button: Any) -> None:
            canvas.playing = not canvas.playing

        def step(_button: Any) -> None:
            canvas.playing = False
            figure.refresh(advance)

        def rewind(_button: Any) -> None:
            canvas.playing = False
            figure.refresh(figure.rewind)

        def label(_change: Any) -> None:
            look = ("Pause", "pause", "Pause where it is") if canvas.playing else ("Play", "play", PLAY)
            self.play.description, self.play.icon, self.play.tooltip = look

        canvas.observe(tick, "tick")
        canvas.observe(label, "playing")
        self.step.on_click(step)
        self.play.on_click(play)
        self.back.on_click(rewind)
