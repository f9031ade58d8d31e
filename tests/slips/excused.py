"""Answers of this folder that are filed wrongly, by exercise and words, each with the reason.

What was filed as right need not be accepted, and what was filed as wrong may be. The answers themselves stay as they
were written.
"""

EXCUSED = {
    ("shapes", "without the comma the shapes are numbers"):
        "filed as wrong, but 7500 says how many numbers as well as (7500,) does",
    ("shapes", "written as words"): "filed as wrong, but the slide writes 5x7500, and so may the answer",
    ("shapes", "a tuple of shapes without names"): "filed as wrong, but its order is that of the question",
    ("scaled_alike", "column by column"):
        "divides a column of three times 0.1, which never changes, by its std of 1.4e-17: 0.3 becomes 1.4e16",
    ("scaled_alike", "the spread from the mean of the squares, the same for both sets, in a list"):
        "asks std != 0, and so divides a column of three times 0.1 by 1.4e-17, too",
}  # fmt: skip
