"""Two exercises for the tests of the checks: a function of an array, and a single value."""

from collections.abc import Iterator

import numpy as np

from lectureutils.checks import exercise
from lectureutils.data.lecture import CLASSES


# --- a picture becomes a vector ---------------------------------------------------------------------------
def _image_cases() -> Iterator[tuple]:
    yield (np.arange(12.0).reshape(2, 2, 3),)
    yield (np.random.default_rng(5).random((3, 2, 3)),)
    yield (np.random.default_rng(6).random((50, 50, 3)),)


@exercise(
    todo="return all numbers of the image (H, W, 3) in one vector: row by row, pixel by pixel, colour by colour",
    cases=_image_cases,
    mistakes=[
        (
            "all of one colour comes first: the three colours of a pixel stay together",
            lambda image: image.transpose(2, 0, 1).ravel(),
        ),
        (
            "all of one colour comes first, and columns before rows: that is order='F', leave it out",
            lambda image: image.ravel(order="F"),
        ),
        ("you walk down the columns: walk along the rows", lambda image: image.transpose(1, 0, 2).ravel()),
        ("the colours come in reverse order: red, green, blue as they are", lambda image: image[..., ::-1].ravel()),
        ("only one colour is there: a pixel has three numbers", lambda image: image[..., 0].ravel()),
        ("a colour is missing: channels 0, 1 and 2 (0:3 ends before 3)", lambda image: image[..., :2].ravel()),
        ("the colours are averaged to grey: keep all three", lambda image: image.mean(axis=2).ravel()),
        ("the colours are summed: keep all three", lambda image: image.sum(axis=2).ravel()),
        (
            "each row is flat, but the rows are still apart: one vector, one axis",
            lambda image: image.reshape(len(image), -1),
        ),
        ("there is still an axis for the colours: one vector, one axis", lambda image: image.reshape(-1, 3)),
        ("this is a matrix with a single row: a vector has one axis, reshape(-1)", lambda image: image.reshape(1, -1)),
        (
            "this is a matrix with a single column: a vector has one axis, reshape(-1)",
            lambda image: image.reshape(-1, 1),
        ),
        ("the image came back as it was: does reshape's result get lost? It returns a new array", lambda image: image),
        ("only the first row of pixels is there: take all of them", lambda image: image[0].ravel()),
        ("the values are divided by 255: keep them as they are", lambda image: image.ravel() / 255),
        ("7500 fits 50x50x3 only: reshape(-1) counts for any size", lambda image: image.reshape(7500)),
    ],
)
def flatten(image: np.ndarray) -> np.ndarray:
    """Return the image's numbers (H * W * 3,) in row, column, channel order."""
    return image.reshape(-1)


# --- a prediction read from scores ------------------------------------------------------------------------
def _class_name(answer: object) -> object:
    """Return the name of a class given by name or index; numbers and lists of scores rounded to three digits."""
    if isinstance(answer, int | np.integer) and not isinstance(answer, bool):
        if not 0 <= answer < len(CLASSES):
            raise ValueError(f"class {answer} doesn't exist: classes are 0 (cat), 1 (car), 2 (airplane)")
        return CLASSES[answer]
    if isinstance(answer, str):
        if answer.strip().casefold() not in CLASSES:
            raise ValueError("this is none of the three classes: cat, car, airplane")
        return answer
    return np.round(answer, 3)


@exercise(
    todo='name the class that W1, b1 predict for x3: "cat", "car" or "airplane"',
    read=_class_name,
    mistakes=[
        ("cat is what W2 predicts for x3 (and what W1 predicts for x2): take the scores of W1, b1 on x3", "cat"),
        ("car is what W1 predicts for x1: take its scores on x3", "car"),
        ("this is the largest score: which class has it?", 0.707),
        ("this is the smallest score: the largest one tells the class, and its name is asked for", 0.04),
        ("these are the scores: name the class with the largest", (0.04, 0.317, 0.707)),
    ],
    because="the scores are 0.04, 0.317 and 0.707, so W1 says airplane where W2 says cat",
)
def class_of_x3() -> str:
    """Return the prediction of W1, b1 for x3."""
    return "airplane"
