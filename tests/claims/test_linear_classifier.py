"""What 01 promises: scores, a walk between two classifiers, pictures, templates, lines."""

import numpy as np
import pytest

from claims import claim, drag, press_play, read, tap
from lectureutils import figures
from lectureutils.figures.shared.verdicts import predictions
from lectureutils.train import accuracy, fit, linear_scores

UNTESTED = {"How many penguins can you get onto their own colour?": "a task for the reader's hand"}


def entry(figure, name, place, value):
    """Set one entry of a control that is an array."""
    values = figure.values[name]
    values[place] = value
    figure.set(**{name: values})


def lengths(bars):
    """Return how long the bars are."""
    return np.array([bar.get_width() for bar in bars])


@claim(
    "Move one weight: one bar moves. Move one number of `x`: each bar moves by its own weight in that column. For "
    "`x[2]` cat's weight is 0, so cat's bar stays. Move a bias: its bar shifts, whatever `x` is. Set `x[0]` to 0: now "
    "the first column of `W` has no say at all."
)
def test_who_moves_which_bar(figure):
    scores = figure(figures.ScoresFigure)
    start, W = lengths(scores.bars), scores.values["W"]
    entry(scores, "W", (1, 2), 0.5)
    assert np.flatnonzero(lengths(scores.bars) != start).tolist() == [1]
    for j in range(4):
        scores.reset()
        entry(scores, "x", j, scores.values["x"][j] + 0.5)
        assert lengths(scores.bars) - start == pytest.approx(0.5 * W[:, j])
        assert j != 2 or lengths(scores.bars)[0] == start[0]
    scores.reset()
    entry(scores, "b", 2, 0.8)
    assert lengths(scores.bars) - start == pytest.approx([0, 0, 1.0])
    scores.reset()
    entry(scores, "x", 0, 0.0)
    silent = lengths(scores.bars)
    for c in range(3):
        entry(scores, "W", (c, 0), 1.0)
    assert lengths(scores.bars) == pytest.approx(silent)


@claim("Press Play: `x1` turns to cat at t = 0.39, `x3` at t = 0.87.", "Then find these moments with the slider.")
def test_when_the_answers_jump(figure):
    blend = figure(figures.BlendFigure)
    said = {}
    for t in np.arange(0, 1.001, 0.01):
        blend.set(t=t)
        said[round(float(t), 2)] = blend.canvas.text.split(": ")[1]
    assert next(t for t, words in said.items() if "x1 cat" in words) == 0.39
    assert next(t for t, words in said.items() if "x3 cat" in words) == 0.87
    press_play(blend)
    assert blend.canvas.text == "t = 1.00: x1 cat, x2 cat, x3 cat."


@claim("Press Play.", "Then choose another picture, and another class whose row of `W` you want to see at work.")
def test_a_picture_is_read_to_its_end(figure):
    unroll = figure(figures.UnrollFigure)
    press_play(unroll)
    assert "After all 7500 numbers" in unroll.canvas.text
    seen = {unroll.canvas.text}
    unroll.set(picture=3)
    seen.add(unroll.canvas.text)
    unroll.set(k=3000, row=2)
    seen.add(unroll.canvas.text)
    assert len(seen) == 3


@claim(
    "Choose picture 7, a cat, and shift it right: its score falls step by step, and from a shift of 19 on the answer "
    "is *car*. Picture 3 is a cat that the classifier gets wrong from the start."
)
def test_a_cat_that_is_shifted_becomes_a_car(figure):
    templates = figure(figures.TemplatesFigure)
    words = {label.split()[0].rstrip(":"): value for label, value in _options(templates, "picture")}
    seventh, third = (words.get(number, int(number) - 1) for number in ("7", "3"))
    templates.set(picture=seventh)
    assert "Predicts cat (framed); the truth is cat" in templates.canvas.text
    scores, answers = [], []
    for right in range(0, 25):
        templates.set(right=right)
        scores.append(lengths(templates.bars.bars)[0])
        answers.append("Predicts car" in templates.canvas.text)
    assert answers.index(True) == 19 and all(answers[19:])
    assert scores[19] < scores[10] < scores[0]
    templates.reset()
    templates.set(picture=third)
    assert "the truth is cat" in templates.canvas.text and "Predicts cat" not in templates.canvas.text


def _options(figure, name):
    options = figure.controls[name].inputs[0].options
    return [option if isinstance(option, tuple) else (str(option), number) for number, option in enumerate(options)]


@claim(
    "Drag a line (take it where no point is near): only its bias changes. The line moves along its arrow and does not "
    "turn."
)
def test_a_dragged_line_changes_its_bias_alone(figure):
    plane = figure(figures.PlaneFigure)
    W, b = plane.values["W"], plane.values["b"]
    place = free_place(plane, 0)
    drag(plane, plane.plane, place, (place[0] + 0.2, place[1]))
    assert plane.values["W"] == pytest.approx(W)
    assert np.flatnonzero(plane.values["b"] != b).tolist() == [0]


def free_place(plane, c):
    """Return a place on the line of class c that is far from points and arrows."""
    (x0, y0), (x1, y1) = plane.handles[c].line.get_xydata()
    places = [(x0 + t * (x1 - x0), y0 + t * (y1 - y0)) for t in np.linspace(0, 1, 801)]
    places = [place for place in places if max(map(abs, place)) < 2.8]
    others = np.vstack([plane.points.X, *(handle.tip for handle in plane.handles)])
    return max(places, key=lambda place: np.abs(others - place).max(axis=1).min())


@claim("Drag the tip of an arrow: the row of `W` changes, and the line stays at a right angle to it.")
def test_a_dragged_tip_turns_its_line(figure):
    plane = figure(figures.PlaneFigure)
    W = plane.values["W"]
    x, y = plane.handles[2].tip[0]
    drag(plane, plane.plane, (x, y), (x + 0.3, y + 0.3))
    now = plane.values["W"]
    assert np.flatnonzero((now != W).any(axis=1)).tolist() == [2]
    start, end = plane.handles[2].line.get_xydata()
    assert (end - start) @ now[2] == pytest.approx(0, abs=1e-9)


@claim("Multiply `W` and `b` with the slider: no region moves, the scores grow.")
def test_multiplying_moves_no_region(figure):
    plane = figure(figures.PlaneFigure)
    regions, bars = plane.regions.get_data().copy(), lengths(plane.bars)
    plane.set(scale=10.0)
    assert (plane.regions.get_data() != regions).mean() < 1e-4  # a border may run through the middle of a pixel
    assert lengths(plane.bars) == pytest.approx(10 * bars)


@claim("Drag a point. Press on an empty spot to add one.")
def test_points_are_dragged_and_added(figure):
    plane = figure(figures.PlaneFigure)
    count = len(plane.points.X)
    lonely = int(np.argmax([np.sort(np.abs(plane.points.X - x).max(axis=1))[1] for x in plane.points.X]))
    x, y = plane.points.X[lonely]
    drag(plane, plane.plane, (x, y), (x, y + 0.3))
    assert plane.points.X[lonely] == pytest.approx([x, y + 0.3], abs=0.02)
    tap(plane, plane.plane, (-2.7, -2.7))
    assert len(plane.points.X) == count + 1


@claim("Long training reaches 96%.")
def test_long_training_reaches_96_percent(figure):
    plane = figure(figures.PlaneFigure)
    run = fit(plane.points.X, plane.points.y, learning_rate=0.5, epochs=300)
    right = np.mean(predictions(linear_scores(plane.points.X, run.W, run.b)) == plane.points.y)
    assert round(100 * right) == 96


@claim(
    "About nine in ten on a random quarter (84 to 100% over twenty quarters)",
    "Always saying *cat*, the most common class, would be right for 21% of the random quarter and for 24% of the two "
    "vendors' pictures.",
)
def test_how_good_it_is_honestly(notebook, shown):
    emoji, right = notebook.names_of["Rows of W are pictures"]["emoji"], []
    for seed in range(20):
        train, test = emoji.random_split(0.25, seed=seed)
        run = fit(train.X, train.y, learning_rate=0.01, epochs=60, seed=0)
        right.append(accuracy(linear_scores(test.X, run.W, run.b), test.y))
    assert (round(100 * min(right)), round(100 * max(right))) == (84, 100) and 0.88 < np.mean(right) < 0.96
    cats = [np.mean(part[1].y == 0) for part in (emoji.random_split(0.25, seed=0), emoji.vendor_split())]
    assert [f"{share:.0%}" for share in cats] == ["21%", "24%"]
    assert read(shown("Rows of W"), r"two vendors +(\d+)% +(\d+)% +(\d+)%") == (100, 65, 51)
