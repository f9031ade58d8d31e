"""What the report writes for a learning platform, and what it makes of the votes in the room."""

import csv

import pytest

from tools.notebooks import sources
from tools.polls import polls
from tools.report.chapters import chapters
from tools.report.marks import marks, who, write
from tools.report.table import Row
from tools.report.votes import COLUMNS, read, section, told

MOODLE = "Ada Lovelace_1234_assignsubmission_file"
CANVAS = "lovelaceada_LATE_77_56789"


def rows_of(student: str, right: int, chapter: str = "02_loss_functions") -> list[Row]:
    return [Row(student, chapter, "a.ipynb", task.name, "right" if n < right else "wrong", (), "")
            for n, task in enumerate(chapters()[chapter])]  # fmt: skip


def table(path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        (MOODLE, ("moodle", "Ada Lovelace", "1234")),
        ("Ada Lovelace_1234_assignsubmission_onlinetext", ("moodle", "Ada Lovelace", "1234")),
        (CANVAS, ("canvas", "lovelaceada", "77")),
        ("lovelaceada_77_56789", ("canvas", "lovelaceada", "77")),
        ("ada", ("", "ada", "")),
        ("ada_1", ("", "ada_1", "")),
    ],
)
def test_a_student_is_known_by_the_number_that_the_platform_gave(student, expected):
    assert who(student) == expected


def test_marks_count_what_is_right():
    found = [*rows_of("ada", 2), *rows_of("ada", 1, "01_linear_classifier"), *rows_of("bob", 0),
             Row("bob", "02_loss_functions", "a.ipynb", "huber_loss", "todo", (), ""),
             Row("eve", "", "x.ipynb", "", "unreadable", (), "not a notebook")]  # fmt: skip
    assert marks(found) == {"ada": {"02_loss_functions": 2, "01_linear_classifier": 1}, "bob": {"02_loss_functions": 0},
                            "eve": {}}  # fmt: skip


def test_one_notebook_is_a_grading_worksheet_of_moodle(tmp_path):
    moodle, _ = write([*rows_of(MOODLE, 2), *rows_of("=bob", 0)], tmp_path)
    count = len(chapters()["02_loss_functions"])
    assert table(moodle) == [
        ["Identifier", "Full name", "Grade", "Maximum grade"],
        ["Participant 1234", "Ada Lovelace", "2", str(count)],
        ["", "'=bob", "0", str(count)],
    ]


def test_several_notebooks_are_columns_in_the_order_of_the_series(tmp_path):
    moodle, canvas = write([*rows_of(CANVAS, 2), *rows_of("bob", 1, "01_linear_classifier")], tmp_path)
    first, second = (len(chapters()[name]) for name in ("01_linear_classifier", "02_loss_functions"))
    assert table(moodle)[0][2:] == [f"01_linear_classifier (of {first})", f"02_loss_functions (of {second})"]
    head, points, ada, bob = table(canvas)
    assert head == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "01_linear_classifier",
        "02_loss_functions",
    ]
    assert points == ["    Points Possible", "", "", "", "", str(first), str(second)]
    assert ada == ["lovelaceada", "77", "", "", "", "", "2"] and bob == ["bob", "", "", "bob", "", "1", ""]


def saved(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    return path


def test_votes_of_two_classes_add_up(tmp_path):
    poll = next(poll for poll in polls(sources(["04"])) if poll.is_core)

    def rows(before, after):
        return [[poll.name, poll.asked.text, letter, choice, "right" if letter == poll.right else "", before + n, after]
                for n, (letter, choice, _) in enumerate(poll.choices)]  # fmt: skip

    files = [saved(tmp_path / "votes-a.csv", rows(1, 4)), saved(tmp_path / "votes-b.csv", rows(10, 0))]
    (vote,), troubles = read(files)
    assert troubles == [] and vote.question == poll.asked.text
    assert [choice[3:] for choice in vote.choices] == [(11 + 2 * n, 4) for n in range(len(poll.choices))]
    right = next(n for n, choice in enumerate(vote.choices) if choice[2])
    assert vote.share(False) == (11 + 2 * right) / sum(11 + 2 * n for n in range(len(poll.choices)))
    assert told(vote).count("votes") == 2 and section([vote]).count('class="after"') == len(poll.choices)


def test_a_round_that_nobody_counted_is_left_out(tmp_path):
    (vote,), _ = read([saved(tmp_path / "votes-a.csv", [["q", "<b>?", "(a)", "x & y", "right", 3, ""]])])
    assert told(vote) == "3 votes before the talk, 100% right."
    assert "<b>?" not in section([vote]) and "x &amp; y" in section([vote]) and 'class="after"' not in section([vote])
    assert section([]) == ""


HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", f"{HEAD}\nq,?,a,x,,-3,0\n", f"{HEAD}\nq,?,a\n", f"{HEAD}\nq,?,a,x,,many,0\n"]
)
def test_what_is_no_table_of_votes_is_named_and_counts_nothing(text, tmp_path):
    path = tmp_path / "votes-x.csv"
    path.write_text(text, encoding="utf-8")
    votes, (trouble,) = read([path])
    assert votes == [] and trouble.startswith("votes-x.csv: no votes of a deck")
