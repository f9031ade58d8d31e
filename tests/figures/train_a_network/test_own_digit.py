"""The digit of the reader: written, pointed, photographed, and read."""

import numpy as np
import pytest
from drive import check, send

from lectureutils import data
from lectureutils.figures.train_a_network.own_digit import SIDE, blocks, fill_frame, ink_of


def test_a_digit_of_the_data_arrives_as_it_is(reader):
    images = data.load_digits().images[data.load_digits().y == 7]
    reader.set(sheet="7")
    assert reader.seen.get_data()[::-1][..., 0] == pytest.approx(255 * (1 - images[5]), abs=0.51)
    assert "reads 7" in reader.canvas.text


def test_a_written_one_is_read(reader):
    reader.set(sheet="", x=16.0, y=4.0)
    reader.set(down=True)
    for y in np.arange(5, 28.5, 0.5):
        reader.set(y=float(y))
    assert reader.ink[4:28, 16].all() and not reader.ink[:, :12].any()
    assert reader.seen.get_data().shape == (8, 8, 3)
    assert "reads 1" in reader.canvas.text
    reader.set(down=False)
    before = reader.ink.copy()
    reader.set(x=3.0)
    assert np.array_equal(reader.ink, before), "the pen is up"
    check(reader, "a one")


def test_the_pointer_writes(reader):
    reader.set(sheet="")
    box = reader.sheet.get_position()
    start, end = ([box.x0 + box.width * s, box.y0 + box.height * 0.5] for s in (0.2, 0.8))
    stroke = {"stroke": "a", "start": start, "touch": False}
    send(reader.canvas, pointer={**stroke, "phase": "down", "at": start, "moved": False})
    send(reader.canvas, pointer={**stroke, "phase": "move", "at": end, "moved": True})
    assert reader.ink[15:17, 8:25].all() and reader.ink.sum() < 120
    check(reader, "a stroke")


def test_a_photo_becomes_ink(reader):
    photo = np.full((50, 50), 200, np.uint8)
    photo[5:45, 20:30] = 40
    reader.reset()
    reader.set(picture=photo)
    assert reader.ink[6:26, 14:18].all() and not reader.ink[:, :11].any()
    check(reader, "a photo")
    assert not ink_of(np.full((50, 50, 4), 128, np.uint8)).any(), "even grey holds nothing"


def test_ink_fills_the_frame_and_is_counted():
    ink = np.zeros((SIDE, SIDE))
    ink[2:10, 3:7] = 1
    full = fill_frame(ink)
    assert full[:, 8:24].all() and full.sum() == 32 * 16
    assert blocks(full)[:, 2:6].min() == 1 and blocks(full).sum() == 32
    assert not fill_frame(np.zeros((SIDE, SIDE))).any()
    assert blocks(np.kron(np.arange(64).reshape(8, 8) / 64, np.ones((4, 4)))) == pytest.approx(
        np.arange(64).reshape(8, 8) / 64
    )
