"""The engine of live figures when not all is as usual: slow line, dense screen, projector, an error elsewhere."""

import itertools

import pytest

from tools.lab.waiting import wait_until

from .conftest import POINT, SAMPLE, notebook_of, where
from .hands import drag_canvas, drag_slider, handles, press, share


def test_over_a_slow_line_the_figure_answers_with_coarse_frames_and_ends_with_a_sharp_one(lab):
    with lab.open(notebook_of(SAMPLE)) as notebook:
        notebook.run_all()
        (view,) = notebook.figures()
        sharp = len_of_frame(view)
        line = notebook.page.context.new_cdp_session(notebook.page)
        speed = {"offline": False, "latency": 100, "downloadThroughput": 40_000, "uploadThroughput": 125_000}
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", speed)
        for n in range(1, 5):
            press(view, handles(view)[0], "ArrowRight")
            wait_until(lambda n=n: f"angle 0.0{n}" in view.text, f"the sentence is still: {view.text}")
        assert notebook.ask(f"{view.python}.coarse") and len_of_frame(view) < 0.6 * sharp
        view.settle()
        assert not notebook.ask(f"{view.python}.coarse") and "angle 0.04" in view.text
        assert len_of_frame(view) == pytest.approx(sharp, rel=0.1)
        assert notebook.errors() == []
        line.detach()  # the page is kept


def len_of_frame(view):
    return view.notebook.ask(f"len({view.python}.frame)")


def test_sharp_on_a_dense_screen_and_wherever_the_page_is_moved_or_zoomed_from_there(lab):
    with lab.open(notebook_of(SAMPLE)) as notebook:
        screen = notebook.page.context.new_cdp_session(notebook.page)

        def become(density, width):  # of another width each time: a page of the same width is not told
            size = {"width": width, "height": 1000, "deviceScaleFactor": density, "mobile": False}
            screen.send("Emulation.setDeviceMetricsOverride", size)

        become(2, 1600)
        (figure,) = notebook.run_all().figures()
        for density, width in ((2, 1600), (1, 1500), (1.5, 1400)):
            become(density, width)
            wanted = 640 * density
            wait_until(lambda wanted=wanted: figure.canvas.evaluate(WIDTHS)[0] == wanted, f"not {wanted} pixels wide")
            figure.settle()
            assert figure.canvas.evaluate(WIDTHS)[1] == pytest.approx(640, abs=1)
        screen.detach()  # the page is kept
        assert notebook.errors() == []


WIDTHS = "canvas => [canvas.width, canvas.getBoundingClientRect().width]"


def test_the_hand_is_followed_on_the_projector(lab):
    """Enlarged controls and pictures: what is dragged stands where the mouse is."""
    with lab.open(notebook_of(PROJECTOR, SAMPLE), height=2000) as notebook:
        figure = notebook.run_all().figures()[0]
        assert figure.canvas.bounding_box()["width"] == pytest.approx(960, abs=1)
        handle = handles(figure)[0]
        for wanted in (0.1, 0.45, 0.8):
            drag_slider(figure, handle, [0.6, wanted])
            figure.settle()
            assert share(handle) == pytest.approx(wanted, abs=0.015)
            assert notebook.ask("float(figure.values['angle'])") == pytest.approx(6 * wanted - 3, abs=0.1)
        drag_canvas(figure, where(figure, [1, 1]), where(figure, [-2, -1]))
        figure.settle()
        assert notebook.ask(POINT) == pytest.approx([-2, -1], abs=0.03)
        assert notebook.errors() == []


PROJECTOR = "from lectureutils import style\nstyle.projector(1.5)"
LINE = "from lectureutils.figures import LineFigure\nLineFigure()"
SHOWN = "canvas => canvas.getBoundingClientRect().width"
PAINTED = "async () => { for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame); }"
ALL_IS_SEEN = "figure => figure.offsetHeight <= figure.closest('.jp-WindowedPanel-outer').clientHeight"


def test_on_a_projector_a_figure_is_as_large_as_the_window_holds_it(lab):
    """Each time the window has got another size, it is drawn once, for the pixels that it is shown with."""
    with lab.open(notebook_of(PROJECTOR, LINE), 1280, 720) as notebook:
        figure, widths, frames = notebook.run_all().figures()[0], [], []
        for size in ((1280, 720), (1280, 600), (1280, 400), (1920, 1080)):
            notebook.resize(*size)
            notebook.page.evaluate(PAINTED)
            figure.settle()
            widths.append(figure.canvas.evaluate(SHOWN))
            frames.append(figure.frame)
            assert figure.canvas.evaluate("canvas => canvas.width") == pytest.approx(widths[-1], abs=1.1)
            assert figure.node.evaluate(ALL_IS_SEEN) or size == (1280, 400), size
        large, less, least, most = widths
        assert 900 > large > less > least == pytest.approx(600, abs=1), "never smaller than without a projector"
        assert most == pytest.approx(900, abs=1)
        assert [later - frame for frame, later in itertools.pairwise(frames)] == [1, 1, 1]
        assert notebook.errors() == []


def test_an_error_in_a_callback_is_noticed(lab):
    """The tests' own ears: a callback that raises somewhere else than in a figure turns a notebook red."""
    code = (
        "import ipywidgets\ns = ipywidgets.IntSlider(max=3)\n"
        "s.observe(lambda change: 1 / (3 - change['new']), 'value')\ns"
    )
    with lab.open(notebook_of(code)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        handle = notebook.page.locator(".noUi-handle")
        handle.press("ArrowRight")
        wait_until(lambda: notebook.ask("s.value") == 1, "the slider does not reach the kernel")
        assert notebook.errors() == []
        handle.press("End")
        wait_until(notebook.errors, "an error of a callback was not noticed")
        assert "ZeroDivisionError" in notebook.errors()[0]
