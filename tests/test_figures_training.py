"""Training, symptoms, the playground and the reader's digit: what is drawn equals what is computed here."""

import re
from pathlib import Path

import numpy as np
import pytest
from drive import check, fits, send

from lectureutils import data, optim
from lectureutils.autodiff import fused
from lectureutils.figures import OwnDigitFigure, PlaygroundFigure, SymptomFigure, TrainingFigure
from lectureutils.figures.train_a_network.own_digit import SIDE, blocks, fill_frame, ink_of
from lectureutils.figures.train_a_network.playground import CELLS, DATA, UPDATES, answers, build, points_of
from lectureutils.figures.train_a_network.symptom import SYMPTOMS, Symptom, SymptomRun, count_twins, mosaic
from lectureutils.losses import cross_entropy, hinge, l2_penalty
from lectureutils.nn import Linear, ReLU, Sequential, update
from lectureutils.train import accuracy, minibatches
from lectureutils.trainer import Trainer

SOURCE = (Path(__file__).parents[1] / "notebooks" / "src" / "10_train_a_network.py").read_text(encoding="utf-8")


def make(rng):
    return Sequential(Linear(64, 64, rng), ReLU(), Linear(64, 10, rng))


def by_hand(X, layers):
    """Return the scores of layers [(W, b), ...] with ReLUs between them."""
    for W, b in layers[:-1]:
        X = np.maximum(X @ W.T + b, 0)
    return X @ layers[-1][0].T + layers[-1][1]


def layers_of(network):
    return [(layer.W.data, layer.b.data) for layer in network.layers if isinstance(layer, Linear)]


# Trainer


def test_a_step_is_the_gradient_of_loss_and_penalty():
    X, y = data.moons(5).X, data.moons(5).y
    trainer = Trainer(build([2, 3, 2], "ReLU"), optim.sgd, 0.5, hinge, lam=0.1)
    twin = build([2, 3, 2], "ReLU")
    assert trainer.step(X, y)
    loss = fused(hinge, twin(X), y)
    for W in twin.parameters()[::2]:
        loss = loss + 0.1 * fused(l2_penalty, W)
    loss.backward()
    update(twin.parameters(), optim.sgd, 0.5)
    for ours, theirs in zip(trainer.parameters, twin.parameters(), strict=True):
        assert ours.data == pytest.approx(theirs.data)
    assert trainer.updates == 1
    assert trainer.measure(X, y)[0] == pytest.approx(hinge(by_hand(X, layers_of(twin)), y)[0])
    assert trainer.measure(X, y)[1] == accuracy(by_hand(X, layers_of(twin)), y)


def test_a_step_that_leaves_the_numbers_is_taken_back():
    X, y = data.moons(5).X, data.moons(5).y
    trainer = Trainer(build([2, 3, 2], "ReLU"), optim.sgd, 1e200)
    kept = []
    for _ in range(50):
        kept.append([p.data for p in trainer.parameters])
        if not trainer.step(X, y):
            break
    assert trainer.diverged and not trainer.step(X, y)
    assert all(np.isfinite(p.data).all() for p in trainer.parameters)
    assert all(p.data is old for p, old in zip(trainer.parameters, kept[-1], strict=True))
    assert trainer.updates == len(kept) - 1


# Training


@pytest.fixture(scope="module")
def digits():
    return data.load_digits().random_split(0.25, seed=0)


@pytest.fixture(scope="module")
def learner(digits):
    return TrainingFigure(make, *digits, digits[1].images, epochs=3)


def test_the_figure_trains_as_the_loop_does(learner, digits):
    train, test = digits
    rng, state, seen = np.random.default_rng(0), None, []
    network = make(rng)
    for _ in range(2):
        for X, y in minibatches(train.X, train.y, 32, rng):
            fused(cross_entropy, network(X), y).backward()
            state = update(network.parameters(), optim.adam, learner.trainer.learning_rate, state)
        scores = [network(part.X).data for part in digits]
        seen.append([cross_entropy(s, part.y)[0] for s, part in zip(scores, digits, strict=True)])
        learner.refresh(learner.advance)
    for line, losses in zip(learner.loss_lines, np.transpose(seen), strict=True):
        assert line.get_xdata().tolist() == [0, 1, 2]
        assert line.get_ydata()[1:] == pytest.approx(losses)
    assert [line.get_ydata()[-1] for line in learner.share_lines] == pytest.approx(
        [accuracy(s, part.y) for s, part in zip(scores, digits, strict=True)]
    )
    assert learner.bar.get_width() == 2
    wrong = np.flatnonzero(scores[1].argmax(axis=1) != test.y)
    said = scores[1].argmax(axis=1)
    assert learner.labels.get_texts()[: len(wrong)] == [f"{test.y[i]} > {said[i]}" for i in wrong[:12]]
    assert f"{len(wrong)} wrong" in learner.canvas.text
    check(learner, "two epochs")


def test_stop_keeps_what_was_learned_and_the_end_stops(learner):
    player = learner.parts[-1]
    assert player.play.description == "Train"
    player.play.click()
    assert learner.canvas.playing and player.play.description == "Stop"
    send(learner.canvas, tick=1)
    learned = [p.data for p in learner.network.parameters()]
    player.play.click()
    assert not learner.canvas.playing and player.play.description == "Train"
    send(learner.canvas, tick=2)
    assert len(learner.seen) == 2, "a tick after Stop does nothing"
    assert all(p.data is old for p, old in zip(learner.network.parameters(), learned, strict=True))
    player.play.click()
    for tick in range(3, 9):
        send(learner.canvas, tick=tick)
    assert len(learner.seen) == 4 and not learner.canvas.playing
    assert "Done." in learner.canvas.text
    learner.reset()
    assert "Epoch 0 of 3, 0 updates" in learner.canvas.text


def test_a_training_that_diverges_says_so(learner):
    learner.trainer.rule = optim.sgd
    learner.set(rate=learner.controls["rate"].inputs[0].base ** learner.controls["rate"].inputs[0].max)
    learner.trainer.parameters[0].data = learner.trainer.parameters[0].data * 1e306
    learner.refresh(learner.advance)
    assert learner.error is None and "Diverged" in learner.canvas.text
    check(learner, "diverged")


def test_images_must_be_those_of_the_test_set(digits):
    with pytest.raises(ValueError, match="got 3 for 449"):
        TrainingFigure(make, *digits, digits[1].images[:3])


def test_the_mosaic_shows_the_pictures_in_order():
    images = np.linspace(0, 1, 5 * 8 * 8 * 3).reshape(5, 8, 8, 3)
    page = mosaic(images, 2, 4)[::-1] / 255
    assert page[:8, 1:9] == pytest.approx(images[0], abs=0.003)
    assert page[10:18, 1:9] == pytest.approx(images[4], abs=0.003)
    assert (page[10:, 10:] == 1).all()


# Symptoms


def test_the_table_of_patients_is_measured():
    rows = re.findall(r"^# \| ([A-E]) \| (.+) \|$", SOURCE, re.MULTILINE)
    assert [name for name, _ in rows] == list("ABCDE")
    cases = {"C": (SYMPTOMS[2], 3), "D": (SYMPTOMS[3], 3), "E": (SYMPTOMS[5], 3)}
    run = SymptomRun(SYMPTOMS[1])
    run.until(12)
    losses = [float(number) for number in rows[0][1].split(" | ")[:6]]
    assert losses[0] == pytest.approx(run.seen[0][0], abs=0.005)
    assert max(losses[1:5]) > 4 and max(s[0] for s in run.seen) > 4, "too chaotic for more"
    for name, numbers in rows[1:]:
        run = overfitted() if name == "B" else SymptomRun(*cases[name])
        run.until(12)
        measured = [f"{run.seen[k][0]:.2f}" for k in (0, 2, 4, 6, 8, 12)]
        measured += [f"{run.seen[12][k]:.0%}" for k in (1, 3)]
        measured += [str((run.on[12] == 0).sum()), str(count_twins(run.templates[12]))]
        assert numbers.split(" | ") == measured, name


def overfitted():
    """Train on 60 pictures, 12 passes to an epoch of the table."""
    run = SymptomRun(Symptom("overfitting"), seed=3)
    X, y = run.X[:60], run.y[:60]
    run.X, run.y = np.tile(X, (12, 1)), np.tile(y, 12)
    run.seen.clear(), run.templates.clear(), run.on.clear()
    run._look()
    return run


@pytest.fixture(scope="module")
def symptoms():
    return SymptomFigure()


def test_each_case_shows_its_symptom_and_its_cure(symptoms):
    shown = {}
    for case in SYMPTOMS[1:]:
        symptoms.set(case=case.name, cured=True, epoch=15)
        assert symptoms.seen[-1][3] > 0.93, f"{case.name}: cured"
        symptoms.set(case=case.name, cured=False, epoch=15)
        assert symptoms.seen[-1][3] < 0.4, case.name
        shown[case.name] = symptoms.seen[:, 0], len(symptoms.asleep), symptoms.twins
        check(symptoms, case.name)
    assert shown["rate too large"][0].max() > 4
    assert np.ptp(shown["dead ReLUs"][0]) < 0.01 and shown["dead ReLUs"][1] == 64
    assert shown["all zero"][1:] == (0, 64)
    assert shown["unscaled inputs"][0][0] > 100 and shown["unscaled inputs"][1] == 64
    assert shown["labels shuffled"][0][-1] < 2.25


def test_curves_and_crosses_are_those_of_the_run(symptoms):
    run = SymptomRun(SYMPTOMS[0])
    run.until(4)
    symptoms.set(case="healthy", cured=False, epoch=4)
    assert symptoms.loss_lines[1].get_ydata() == pytest.approx([s[2] for s in run.seen])
    assert symptoms.share_lines[0].get_ydata() == pytest.approx([s[1] for s in run.seen])
    (W, b), _ = layers_of(run.trainer.network)
    gone = np.flatnonzero((np.maximum(run.X @ W.T + b, 0) == 0).all(axis=0))
    assert symptoms.dead.get_xydata() == pytest.approx(np.column_stack([gone % 8 + 0.5, gone // 8 + 0.5]))
    tile = symptoms.weights.get_data()[::-1][1:9, 1:9] / 255
    assert (tile[..., 0] > tile[..., 2])[W[0].reshape(8, 8) > 0.1].all(), "positive weights are warm"


def test_a_button_starts_the_training_anew_and_plays(symptoms):
    symptoms.parts[0].buttons["all zero"].click()
    assert symptoms.canvas.playing and symptoms.values == {"case": "all zero", "cured": False, "epoch": 0}
    send(symptoms.canvas, tick=101)
    assert symptoms.epoch == 1
    symptoms.parts[4].buttons["cure it"].click()
    assert symptoms.values == {"case": "all zero", "cured": True, "epoch": 0}
    symptoms.reset()
    assert not symptoms.canvas.playing


def test_twins_are_counted():
    assert count_twins(np.array([[1.0, 2], [1, 2], [0, 1], [1, 2]])) == 3
    assert count_twins(np.eye(3)) == 0


# Playground


@pytest.fixture(scope="module")
def playground():
    return PlaygroundFigure()


@pytest.mark.parametrize("dataset", DATA)
def test_the_plane_shows_the_network(playground, dataset):
    playground.set(dataset=dataset, layers=2, width=5)
    for _ in range(5):
        playground.refresh(playground.advance)
    assert playground.trainer.updates == 5 * UPDATES
    X, y = points_of(dataset)
    layers = layers_of(playground.trainer.network)
    scores = by_hand(X, layers)
    assert f"loss {cross_entropy(scores, y)[0]:.3f}, {accuracy(scores, y):.0%} of {len(X)}" in playground.canvas.text
    assert playground.lines[0].get_ydata()[-1] == pytest.approx(np.clip(cross_entropy(scores, y)[0], 0.00105, 9.7))
    hidden, lead = answers(playground.trainer.network, playground.grid)
    lead = lead[:, 1] - lead[:, 0]
    assert len(hidden) == 2 and hidden[0].shape == (CELLS**2, 5)
    assert hidden[0] == pytest.approx(np.maximum(playground.grid @ layers[0][0].T + layers[0][1], 0))
    picture = playground.regions.get_data()[2::4, 2::4]
    red = (picture[..., 0] > picture[..., 2]).ravel()
    sure = np.abs(lead) > 0.3
    far = sure & ~(np.ptp(picture, axis=2) < 30).ravel()  # off the dark line
    assert (red == (lead > 0))[far].mean() > 0.97
    check(playground, dataset)


def test_the_playground_learns_its_data(playground):
    for dataset, share in [("moons", 0.97), ("circles", 0.97), ("xor", 0.95)]:
        playground.set(dataset=dataset, layers=2, width=8)
        for _ in range(40):
            playground.refresh(playground.advance)
        assert playground.now[1] >= share, playground.canvas.text


def test_a_line_does_not_separate_moons(playground):
    playground.set(bend="none", layers=3)
    for _ in range(40):
        playground.refresh(playground.advance)
    assert playground.now[1] < 0.95


def test_what_starts_anew_and_what_goes_on(playground):
    playground.refresh(playground.advance)
    for change in ({"loss": "hinge"}, {"lam": 0.01}, {"rule": "SGD"}, {"rate": 0.1}, {"batch": 32}):
        playground.set(**change)
        assert playground.trainer.updates == UPDATES, change
    for change in ({"width": 3}, {"layers": 1}, {"bend": "tanh"}, {"dataset": "xor"}):
        playground.refresh(playground.advance)
        playground.set(**change)
        assert playground.trainer.updates == 0, change


def test_points_can_be_moved_added_and_deleted_to_the_last(playground):
    playground.set(dataset="your own")
    playground.points.add(2.0, 2.0)
    assert len(playground.X) == 7 and "of 7 points" in playground.canvas.text
    playground.refresh(playground.advance)
    while len(playground.points.X):
        playground.points.delete(0)
    assert "There is no point" in playground.canvas.text and playground.error is None
    assert not playground.advance()
    check(playground, "no points")


def test_a_wild_rate_ends_in_words(playground):
    playground.set(rule="SGD", rate=10.0, loss="L2", bend="none")
    for _ in range(60):
        playground.refresh(playground.advance)
    assert playground.error is None and "Diverged" in playground.canvas.text
    assert not playground.advance()
    check(playground, "diverged")


def test_the_curve_stays_short(playground):
    for _ in range(600):
        playground.trainer.updates += UPDATES
        playground._measure()
    assert len(playground.curve) <= 500 and playground.span >= playground.trainer.updates
    assert playground.curve[-1][0] == playground.trainer.updates


def test_unknown_points_are_refused():
    with pytest.raises(ValueError, match="expected one of moons"):
        PlaygroundFigure("sun")


# The reader's digit


@pytest.fixture(scope="module")
def reader():
    digits, rng = data.load_digits(), np.random.default_rng(0)
    trainer = Trainer(make(rng))
    for _ in range(10):
        for X, y in minibatches(digits.X, digits.y, 32, rng):
            trainer.step(X, y)
    return OwnDigitFigure(trainer.network)


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


# Sizes


def test_nothing_is_cut_off_on_the_projector(digits, projector):
    network = make(np.random.default_rng(0))
    for figure in (TrainingFigure(make, *digits, digits[1].images, epochs=3), SymptomFigure(1), PlaygroundFigure(),
                   OwnDigitFigure(network)):  # fmt: skip
        check(figure, "projector")
        fits(figure)
