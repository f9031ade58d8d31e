"""Answers of this folder that are filed wrongly, by exercise and words, each with the reason.

What stands here as right need not be accepted. The answers themselves stay as they were written.
"""

EXCUSED = {
    ("scaled_alike", "column by column"):
        "divides a column of three times 0.1, which never changes, by its std of 1.4e-17: 0.3 becomes 1.4e16",
    ("scaled_alike", "the spread from the mean of the squares, the same for both sets, in a list"):
        "asks std != 0, and so divides a column of three times 0.1 by 1.4e-17, too",
}  # fmt: skip
