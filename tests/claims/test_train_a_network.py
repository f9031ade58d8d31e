"""What 10 promises: a network that learns and can be killed, six symptoms, a playground, a digit of one's own."""

import numpy as np
import pytest

from claims import claim, drag, press, read, tap
from lectureutils import figures
from lectureutils.figures.train_a_network.answer_maps import BANDS, answers
from lectureutils.figures.train_a_network.playground import UPDATES
from lectureutils.figures.train_a_network.symptom import SYMPTOMS
from lectureutils.live import PointSet

ON_TEST = r"test pictures ([\d.]+)% right"
DEAD = r"(\d+) of \d+ hidden neurons answer 0"


@claim(
    "It is a fixed function, and it says 0 to three pictures of four, though by bad luck to few that are zeros. Other"
    " starts have other luck, and their mean is that of guessing.",
)
def test_the_untrained_network_is_no_guesser(shown):
    text = shown("The loop that trains everything")
    said, pictures, hits, zeros = read(text, r"says 0 to (\d+) of (\d+) pictures, and to (\d+) of the (\d+) zeros")
    assert said / pictures == pytest.approx(0.75, abs=0.03) and hits / zeros < 0.15
    low, high, mean = read(text, r"from ([\d.]+)% to ([\d.]+)%, mean ([\d.]+)%")
    assert low < 5 and high > 15 and mean == pytest.approx(10, abs=1)


def train(figure, *legs):
    """Train for so many epochs at each rate, as the reader who presses Step."""
    press(figure, "Rewind")
    shares = []
    for rate, epochs in legs:
        figure.set(rate=rate)
        for _ in range(epochs):
            press(figure, "Step")
            shares.append(read(figure, ON_TEST))
    return np.array(shares)


@claim("*Stop* in the middle, then run the cell below: it uses the network as you left it. *Train* goes on from there.")
def test_stopped_it_keeps_what_it_has_learned(figure, notebook):
    learner = figure(figures.TrainingFigure, "Watch it learn")
    train(learner, (0.003, 3))
    names = notebook.names_of["Watch it learn, and stop it"]
    assert names["learner"] is learner
    test = learner.test
    right = learner.network(test.X).data.argmax(axis=1) == test.y
    assert f"{right.mean():.1%} right, {np.sum(~right)} wrong" in learner.canvas.text
    press(learner, "Step")
    assert "Epoch 4 of 60" in learner.canvas.text


@claim(
    "Raise the learning rate to 0.03 while it trains: the curves begin to shake. Lower it again: it recovers.",
    "After 20 epochs at 0.003 raise it to 0.1 for 10 epochs, then lower it again: the curves calm down, but it does "
    "not recover. The long steps have killed about 50 of the 64 hidden neurons: they answer 0 to every training "
    "picture, so no gradient comes through them any more. It ends below 96%. Without the excursion it is 98%.",
)
def test_after_an_excursion_it_recovers_or_not(figure):
    learner, runs = figure(figures.TrainingFigure, "Watch it learn"), {}
    for high in (0.003, 0.03, 0.1):
        shares = train(learner, (0.003, 20), (high, 10), (0.003, 30))
        runs[high] = shares, read(learner, DEAD)
    shake = {high: np.abs(np.diff(shares[19:30])).max() for high, (shares, _) in runs.items()}
    assert shake[0.003] < 2.5 < 5 < shake[0.03] and shake[0.1] > 5
    for high in (0.003, 0.03):
        assert runs[high][0][-1] > 97.4 and runs[high][1] < 20
    shares, dead = runs[0.1]
    assert dead == pytest.approx(50, abs=8) and shares[-1] < 96
    assert np.abs(np.diff(shares[-10:])).max() < 1.5  # calm
    first = learner.network.layers[0]
    assert dead == np.sum((np.maximum(first(learner.train.X).data, 0) == 0).all(axis=0))


@claim("*Rewind*, batch size *all*: one update an epoch. How far does it get in 60 epochs?")
def test_one_update_an_epoch_gets_less_far(figure):
    learner = figure(figures.TrainingFigure, "Watch it learn")
    learner.set(batch=len(learner.train))
    shares = train(learner, (0.003, 60))
    assert "60 updates" in learner.canvas.text and shares[-1] == pytest.approx(94, abs=1.5)


@claim("After 40 epochs it is right for 96% of its training pictures and about 90% of the others.")
def test_the_emoji_learner_after_40_epochs(figure):
    learner = figure(figures.TrainingFigure, "The same loop on colour pictures")
    shares = train(learner, (0.001, 40))
    assert read(learner, r"([\d.]+)% right; on") == pytest.approx(96, abs=1.5)
    assert shares[-1] == pytest.approx(90, abs=4)


@claim(
    "Press a button: the training plays, and the symptom appears. Press *cure it*, and watch the same training "
    "without its illness.",
)
def test_each_illness_shows_and_is_cured(figure):
    symptoms = figure(figures.SymptomFigure)
    for case in SYMPTOMS[1:]:
        press(symptoms, case.name)
        assert symptoms.canvas.playing and symptoms.values["epoch"] == 0
        press(symptoms, "Pause")
        symptoms.set(epoch=15)
        ill = read(symptoms, r"test ([\d.]+)% right")
        press(symptoms, "cure it")
        assert symptoms.canvas.playing
        press(symptoms, "Pause")
        symptoms.set(epoch=15)
        assert ill < 40 and read(symptoms, r"test ([\d.]+)% right") > 93


def at_the_end(symptoms, case):
    symptoms.set(case=case, cured=False, epoch=symptoms.last)
    return symptoms.curves.losses[0].get_ydata()


@claim(
    "*rate too large*: the loss leaps far above where it began, comes back, leaps again; in the end every neuron is "
    "dead.",
)
def test_a_rate_too_large_leaps_and_kills(figure):
    symptoms = figure(figures.SymptomFigure)
    losses = at_the_end(symptoms, "rate too large")
    high = losses > 2 * losses[0]
    assert np.sum(np.diff(high.astype(int)) == 1) >= 2 and losses[3:6].min() < losses[0]
    assert "64 of 64 neurons are dead" in symptoms.canvas.text


@claim(
    "*dead ReLUs*: 2.30 from the first epoch to the last. Behind a dead ReLU no weight gets a gradient: it cannot "
    "heal.",
)
def test_dead_relus_stay_dead(figure):
    symptoms = figure(figures.SymptomFigure)
    losses = at_the_end(symptoms, "dead ReLUs")
    assert (np.round(losses, 2) == 2.30).all()
    run = symptoms.weights.get_data().copy()
    symptoms.set(epoch=0)
    assert np.array_equal(run, symptoms.weights.get_data())  # no weight has moved


@claim("*all zero*: 64 times the same picture. The network learns as if it had one hidden neuron.")
def test_all_zero_makes_64_twins(figure):
    symptoms = figure(figures.SymptomFigure)
    losses = at_the_end(symptoms, "all zero")
    assert "64 neurons are twins of another" in symptoms.canvas.text and 1 < losses[-1] < 2.2
    tiles = symptoms.weights.get_data().reshape(8, 9, 8, 9, 3).swapaxes(1, 2).reshape(64, -1)
    assert np.ptp(tiles.astype(int), axis=0).max() <= 1


@claim(
    "*unscaled inputs*: move the epoch to 0, 1, 2. With pixels from 0 to 255 a single epoch has killed all neurons "
    "but one, and the second kills that one too.",
)
def test_unscaled_inputs_kill_at_once(figure):
    symptoms, dead = figure(figures.SymptomFigure), []
    for epoch in (0, 1, 2):
        symptoms.set(case="unscaled inputs", epoch=epoch)
        dead.append(read(symptoms, r"(\d+) of 64 neurons (?:is|are) dead"))
    assert dead == [1, 63, 64]


@claim(
    "*labels shuffled*: training right 17%, test right 9%. It memorises.",
    "And *healthy*? It has one cross, too.",
)
def test_shuffled_labels_are_memorised(figure):
    symptoms = figure(figures.SymptomFigure)
    at_the_end(symptoms, "labels shuffled")
    seen, new = read(symptoms, r"([\d.]+)% right, test ([\d.]+)% right")
    assert round(seen) == 17 and round(new) == 9
    at_the_end(symptoms, "healthy")
    assert "1 of 64 neurons is dead" in symptoms.canvas.text


@claim(
    "The first five rows are buttons below.",
    "There are six, one for each row of the table, so one is left over",
)
def test_the_table_the_buttons_and_the_exercise_have_the_same_causes(figure, notebook, source):
    rows = [line.split("|")[2] for line in source.read_text(encoding="utf-8").splitlines() if line.count("|") == 4
            and line.startswith("# | ")]  # fmt: skip
    causes = ["rate too large", "dead ReLUs", "all-zero", "unscaled inputs", "shuffled apart", "overfitting"]
    table = [row for row in rows if any(cause in row for cause in causes)]
    assert len(table) == 6 and all(cause in row for cause, row in zip(causes, table, strict=True))
    assert [case.name for case in figure(figures.SymptomFigure).cases.values()][1:] == [
        "rate too large", "dead ReLUs", "all zero", "unscaled inputs", "labels shuffled"]  # fmt: skip
    check = notebook.names_of["Symptom, cause, cure"]["checks"].diagnosis
    right = check.reference()
    assert check({**right, "A": "unscaled inputs"}).kind == "wrong" and check(right).kind == "right"


# The playground


def played(figure, updates=2000, step_by_step=False, **values):
    """Train as Step does; only where the curve is read is each step shown."""
    figure.reset()
    figure.set(**values)
    while figure.trainer.updates < updates - UPDATES:
        press(figure, "Step") if step_by_step else figure.advance()
    press(figure, "Step")
    return read(figure, r"(\d+)% of \d+ points right")


@claim("A ReLU never answers below 0. With *Activation* tanh or none a neuron can: there it is blue.")
def test_blue_is_for_answers_below_0(figure):
    playground, blue = figure(figures.PlaygroundFigure, number=0), {}
    for bend in ("ReLU", "tanh", "sigmoid", "none"):
        playground.set(bend=bend)
        blue[bend] = bool((playground.answers.tiles.get_data() < BANDS).any())
        hidden = answers(playground.trainer.network, playground.answers.grid)[0]
        assert blue[bend] == any((values < 0).any() for values in hidden)
    assert blue == {"ReLU": False, "tanh": True, "sigmoid": False, "none": True}


@claim(
    "Press *Play*, then change things while it plays.",
    "*Hidden layers* 0: a linear classifier. It gets no more than about 88% of the moons, whatever the rate and the "
    "optimizer. Then 2 again.",
)
def test_without_a_hidden_layer_the_moons_stay_mixed(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    press(playground, "Play")
    for rule, rate in (("Adam", 0.01), ("Adam", 0.1), ("SGD", 0.1), ("SGD", 1.0)):
        assert 80 < played(playground, layers=0, rule=rule, rate=rate) <= 89
    assert "no hidden layer" in playground.canvas.text and "ReLU" not in playground.canvas.text
    assert played(playground, layers=2) >= 98


@claim(
    "*Activation* none with 3 layers: still a line. That was notebook 07. And *sigmoid* with 3 layers: after 2000 "
    "updates it still answers with little more than a line.",
)
def test_three_layers_without_a_bend_are_a_line(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    assert 80 < played(playground, bend="none", layers=3) <= 89
    lead = np.diff(answers(playground.trainer.network, playground.answers.grid)[1])[:, 0]
    A = np.column_stack([playground.answers.grid, np.ones(len(lead))])
    assert np.abs(A @ np.linalg.lstsq(A, lead, rcond=None)[0] - lead).max() < 1e-6 * np.abs(lead).max()
    assert 80 < played(playground, bend="sigmoid", layers=3) <= 91


@claim(
    "*xor*, 1 layer: with how few neurons does it work? Two are enough on paper (07), but from this start they get "
    "stuck. Three find the way",
)
def test_xor_needs_a_spare_neuron(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    assert played(playground, dataset="xor", layers=1, width=2) < 80
    assert played(playground, dataset="xor", layers=1, width=3) >= 98


@claim("*spirals*, 3 layers of 8: watch the first layer cut, the second bend, the third wind.")
def test_spirals_come_apart_with_three_layers(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    assert played(playground, dataset="spirals", layers=3, width=8) >= 97
    hidden = answers(playground.trainer.network, playground.answers.grid)[0]
    A = np.column_stack([playground.answers.grid, np.ones(len(playground.answers.grid))])
    missed = []  # by the best straight edges, in each layer
    for layer in hidden:
        awake = np.where(layer > 0, 1.0, -1.0)
        awake = awake[:, np.abs(awake.mean(axis=0)) < 0.98]
        missed.append(np.mean(np.sign(A @ np.linalg.lstsq(A, awake, rcond=None)[0]) != awake))
    assert missed[0] < 0.05 and len(missed) == 3 and min(missed[1:]) > 0.08


@claim(
    "*three arms*: three classes, so three scores, and softmax as with the digits. Without a hidden layer about two "
    "thirds are right: three sectors. 3 layers of 8 get all.",
)
def test_three_arms_need_hidden_layers(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    assert played(playground, dataset="three arms", layers=0) == pytest.approx(66, abs=3)
    assert "Network 2-3 (" in playground.canvas.text and "cross-entropy" in playground.canvas.text
    assert played(playground, dataset="three arms", layers=3, width=8) == 100


@claim(
    "*two blobs*, 3 layers of 8, lambda 0, 2000 updates: the dashed loss, of new points, begins below the other one. "
    "It turns and rises, and the other one falls. With lambda 0.01 both stay about where they are: nothing is "
    "memorised.",
)
def test_two_blobs_are_memorised_unless_lambda_forbids_it(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    played(playground, step_by_step=True, dataset="two blobs", layers=3, width=8, lam=0.0)
    seen, new = (line.get_ydata() for line in playground.losses.lines)
    early, late = slice(len(seen) // 20, len(seen) // 5), slice(-len(seen) // 5, None)
    assert new[early].mean() < seen[early].mean()
    assert new[late].mean() > 1.2 * new[early].min() and seen[late].mean() < 0.75 * seen[early].mean()
    played(playground, step_by_step=True, dataset="two blobs", layers=3, width=8, lam=0.01)
    for line in playground.losses.lines:
        values = line.get_ydata()
        assert values[late].mean() == pytest.approx(values[early].mean(), rel=0.25)


@claim(
    "Learning rate 10: leaps, or dead neurons. SGD with 0.1 against Adam with 0.01. Batch size 1: the curve trembles.",
)
def test_rates_rules_and_batches(figure):
    playground = figure(figures.PlaygroundFigure, number=0)
    assert played(playground, rate=10.0) < 60
    hidden = answers(playground.trainer.network, playground.answers.grid)[0]
    assert np.mean((hidden[-1] == 0).all(axis=0)) > 0.5 or playground.losses.lines[0].get_ydata().max() > 5
    for rule, rate in (("SGD", 0.1), ("Adam", 0.01)):
        assert played(playground, 512, rule=rule, rate=rate) >= 97
    rises = {}
    for batch in (1, 8):
        played(playground, 1000, step_by_step=True, batch=batch)
        rises[batch] = np.mean(np.diff(playground.losses.lines[0].get_ydata()) > 0)
    assert rises[8] < 0.1 < 0.2 < rises[1]


@claim(
    "*your own*: put one A among the Bs. What does it take to get it right, and is it worth it?",
    "Make one of them a C.",
)
def test_one_a_among_the_bs(figure):
    playground, right = figure(figures.PlaygroundFigure, number=0), {}
    for width in (1, 8):
        playground.reset()
        playground.set(dataset="your own", layers=2, width=width)
        tap(playground, playground.plane, (0.4, -0.1))
        X, y, picked = playground.points.value
        assert len(X) == 7
        playground.points.value = PointSet(X, np.where(np.arange(7) == picked, 0, y), picked)
        while playground.trainer.updates < 1500:
            playground.advance()
        press(playground, "Step")
        right[width] = read(playground, r"(\d+)% of 7 points right")
    assert right[1] < 100 == right[8]
    X, y, picked = playground.points.value
    playground.points.value = PointSet(X, np.where(np.arange(7) == picked, 2, y), picked)
    assert "Network 2-8-8-3 (" in playground.canvas.text


# A bend and points of your own


@claim(
    "The penguins are easy: without a hidden layer 96% are right, and 2 layers of 6 add two in a hundred.",
)
def test_penguins_need_no_hidden_layer(figure):
    playground = figure(figures.PlaygroundFigure, number=1)
    assert playground.values["bend"] == "my_bend" and playground.values["dataset"] == "your data"
    assert played(playground, layers=0) == 96 and "of 342 points" in playground.canvas.text
    assert played(playground, layers=2, width=6) == 98


def silent(playground, layer):
    """Count the neurons of a layer that answer the same everywhere."""
    return int((np.ptp(answers(playground.trainer.network, playground.answers.grid)[0][layer], axis=0) == 0).sum())


@claim(
    "As it stands, with *moons* and 2000 updates: no small plane is empty. With *ReLU* two neurons of layer 2 answer 0 "
    "everywhere by then. A SiLU is a little below 0 there, so a gradient still comes through.",
)
def test_no_neuron_of_a_silu_is_dead(figure, notebook):
    playground = figure(figures.PlaygroundFigure, number=1)
    played(playground, dataset="moons", bend="my_bend")
    assert silent(playground, 0) == silent(playground, 1) == 0
    bend = notebook.names_of["The playground"]["my_bend"]
    assert -0.3 < bend(np.linspace(-8, -0.1)).min() < bend(np.linspace(-8, -0.1)).max() < 0
    played(playground, dataset="moons", bend="ReLU")
    assert silent(playground, 1) == 2


@claim(
    "`z ** 2`, with *circles*, 1 layer of 2 neurons: all are right, because two squares can add up to a circle. ReLU "
    "gets 85%. But *spirals*, 3 layers of 8, in 2000 updates: ReLU gets all, the square stays below 95%.",
    "Change the line, and run the cell again.",
)
def test_squares_are_for_circles():
    playground = figures.PlaygroundFigure(activation=lambda z: z**2)
    assert played(playground, dataset="circles", layers=1, width=2) == 100
    assert played(playground, dataset="circles", layers=1, width=2, bend="ReLU") == 85
    assert played(playground, dataset="spirals", layers=3, width=8) < 95
    assert played(playground, dataset="spirals", layers=3, width=8, bend="ReLU") == 100


@claim(
    "`1.0 * (z > 0)`, as in the first artificial neurons, with *moons*. The hidden layers never move: the slope is 0 "
    "wherever you measure, so no gradient comes through. Only the output layer learns, and gets 80%.",
)
def test_behind_a_jump_nothing_learns():
    playground = figures.PlaygroundFigure(activation=lambda z: 1.0 * (z > 0))
    before = [p.data.copy() for p in playground.trainer.parameters]
    assert played(playground) == 80
    moved = [not np.array_equal(old, p.data) for old, p in zip(before, playground.trainer.parameters, strict=True)]
    assert moved == [False] * 4 + [True] * 2


# Your own digit

FOUR = [((10, 3), (6, 18)), ((6, 18), (27, 18)), ((20, 8), (20, 30))]


@claim("Begin with *an empty sheet* and write a 4, stroke by stroke: watch the answer change its mind.")
def test_a_four_is_read_after_its_last_stroke(figure):
    reader, said = figure(figures.OwnDigitFigure), []
    reader.set(sheet="")
    for start, end in FOUR:
        drag(reader, reader.sheet, start, end)
        said.append(read(reader, r"The network reads (\d)"))
    assert said[-1] == 4 and len(set(said)) > 1


@claim(
    "Then write it small in a corner and take the tick off *Fill the frame*.",
    "It is lost: it has only ever seen digits that fill their frame.",
)
def test_a_small_four_is_lost_unless_it_fills_the_frame(figure):
    reader, said = figure(figures.OwnDigitFigure), {}
    reader.set(sheet="")
    for (x0, y0), (x1, y1) in FOUR:
        drag(reader, reader.sheet, (x0 / 2.5, y0 / 2.5), (x1 / 2.5, y1 / 2.5))
    for frame in (True, False):
        reader.set(frame=frame)
        said[frame] = read(reader, r"The network reads (\d)")
    assert said[True] == 4 != said[False]


@claim(
    "And the empty sheet?",
    "It names a digit all the same: *none of them* is not among its classes.",
)
def test_the_empty_sheet_gets_a_digit_too(figure):
    reader = figure(figures.OwnDigitFigure)
    reader.set(sheet="")
    assert "The sheet is empty; the network says" in reader.canvas.text
    assert sum(bar.get_width() for bar in reader.bars) == pytest.approx(1)
