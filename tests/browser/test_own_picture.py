"""A reader's own picture, from the file on the disk to the scores: the browser decodes, turns, shrinks and refuses."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from tools.lab.waiting import wait_until

from .conftest import notebook_of

SETUP = """
import numpy as np
from lectureutils import figures
W = np.zeros((2, 7500)); W[0, ::3], W[1, 2::3] = 1 / 2500, 1 / 2500
figure = figures.OwnPictureFigure(W, np.zeros(2), ("red", "blue"))
figure
"""


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2, 0] = pixels[:, width // 2 :, 2] = 255
    return Image.fromarray(pixels)


@pytest.fixture(scope="module")
def notebook(lab):
    with lab.open(notebook_of(SETUP)) as notebook:
        notebook.run_all()
        yield notebook


@pytest.fixture
def page(notebook):
    (figure,) = notebook.figures()
    figure.node.get_by_role("button", name="Reset").click()
    wait_until(lambda: "This is a sample" in figure.text, "Reset did not bring the sample back")
    yield figure
    assert notebook.errors() == []


@pytest.fixture
def choose(page, tmp_path):
    """Choose a file from the disk: its name travels to the browser, its bytes don't."""

    def choose(name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        page.node.locator("input[type=file]").set_input_files(tmp_path / name)
        wait_until(lambda: name in page.text, f"the text line never speaks of {name}: {page.text}")
        page.settle()

    return choose


def received(figure) -> np.ndarray:
    return np.array(figure.notebook.ask("figure.upload.value.tolist()"), np.uint8)


def test_a_large_photo_arrives_small(page, choose):
    noise = np.random.default_rng(0).integers(0, 256, (2200, 2600, 3), dtype=np.uint8)
    content = encoded(Image.fromarray(noise), "png", compress_level=1)
    assert len(content) > 12e6, "as large as what would break the connection"
    choose("photo.png", content)
    picture = received(page)
    assert picture.shape == (50, 50, 4)
    middle = picture[10:40, 10:40, :3].astype(float)
    assert abs(middle.mean() - 127.5) < 3
    assert middle.std() < 12, "every pixel counts: noise averages out"


def test_a_wide_picture_is_fitted_not_cut(page, choose):
    choose("wide.png", encoded(halves(400, 100), "png"))
    picture = received(page)
    assert (picture[:18, :, 3] == 0).all() and (picture[-18:, :, 3] == 0).all()
    assert (picture[20:30, :24] == (255, 0, 0, 255)).all()
    assert (picture[20:30, 26:] == (0, 0, 255, 255)).all()


def test_a_photo_is_turned_upright(page, choose):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90 degrees clockwise
    choose("turned.jpg", encoded(halves(200, 200), "jpeg", quality=95, exif=exif))
    top, bottom = received(page)[5, 25], received(page)[45, 25]
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_transparency_and_grey(page, choose):
    choose("clear.png", encoded(Image.new("RGBA", (80, 80), (255, 0, 0, 0)), "png"))
    assert (received(page)[..., 3] == 0).all()
    assert "red 1.000, blue 1.000" in page.text, "what is transparent counts as white"
    choose("half.png", encoded(Image.new("RGBA", (80, 80), (255, 0, 0, 102)), "png"))
    assert "red 1.000, blue 0.600" in page.text
    choose("grey.png", encoded(Image.new("L", (60, 60), 51), "png"))
    assert "red 0.200, blue 0.200" in page.text


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("notes.txt", b"no picture at all", "is not a picture that this browser can read"),
        ("broken.png", b"\x89PNG\r\n\x1a\n and no more", "is not a picture that this browser can read"),
        ("empty.jpg", b"", "is empty"),
        ("huge.png", bytes(31_000_000), "has 31 MB. Pictures of up to 30 MB can be read."),
    ],
)
def test_what_is_no_picture_is_refused_in_words(page, choose, name, content, reason):
    choose(name, content)
    assert f"{name} {reason}" in page.text
    assert f"{name} {reason}" in page.node.locator(".lu-upload-note").inner_text()
    assert page.notebook.ask("figure.error is None and figure.upload.value is None")


DROP = """(box, [name, content]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), c => c.charCodeAt(0));
  if (name) data.items.add(new File([bytes], name));
  else data.setData('text/plain', 'words');
  for (const kind of ['dragenter', 'dragover', 'drop'])
    box.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_picture_can_be_dropped(page):
    box = page.node.locator(".lu-upload")
    content = encoded(halves(50, 50), "png")
    box.evaluate(DROP, ["dropped.png", base64.b64encode(content).decode()])
    wait_until(lambda: page.text.startswith("dropped.png"), "the dropped picture does not arrive")
    box.evaluate(DROP, ["", ""])
    wait_until(lambda: page.text.startswith("That was not a file."), "words that were dropped are not refused")


def test_the_button_has_a_name_and_answers_the_keyboard(page):
    button = page.node.get_by_role("button", name="Choose your own picture")
    with page.notebook.page.expect_file_chooser() as opened:
        button.press("Enter")
    opened.value.set_files(files=[{"name": "keys.png", "mimeType": "", "buffer": encoded(halves(50, 50), "png")}])
    wait_until(lambda: page.text.startswith("keys.png"), "the picture does not arrive")


def test_the_same_file_can_be_chosen_again_after_reset(page, choose):
    content = encoded(halves(50, 50), "png")
    for _ in range(2):
        choose("again.png", content)
        page.node.get_by_role("button", name="Reset").click()
        wait_until(lambda: "This is a sample" in page.text, "Reset does not take the picture away")
        assert page.node.locator(".lu-upload-note").inner_text() == "or drop one here"
