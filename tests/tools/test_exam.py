"""The exam: 24 questions, each with another case for each seed, whose answers are checked here by other means."""

import re
import subprocess

import numpy as np
import pytest

from tools.exam import __main__ as exam
from tools.exam.bank import QUESTIONS, TOPICS, chosen
from tools.exam.draw import KINDS, row, run, same
from tools.exam.sheet import sheet
from tools.notebooks import ROOT, sources

SEEDS = [f"a seed for the tests {n}" for n in range(6)]
by_name = {question.name: question for question in QUESTIONS}
each = pytest.mark.parametrize("name", by_name)


@pytest.fixture(scope="module")
def drawn():
    return {(question.name, seed): question.drawn(seed, "A") for question in QUESTIONS for seed in SEEDS}


def cases(drawn, name):
    return [drawn[name, seed] for seed in SEEDS]


def test_there_are_four_questions_a_topic():
    assert len(QUESTIONS) == 24 and len(TOPICS) == 6 and len(set(by_name)) == 24
    for topic in TOPICS:
        assert [it.kind for it in QUESTIONS if it.topic == topic] == list(KINDS)


@each
def test_a_question_has_an_answer_marks_and_another_case_for_each_seed(drawn, name):
    found = cases(drawn, name)
    assert all(item.points == 6 and item.text and item.answer for item in found)
    assert len({item.text for item in found}) == len(SEEDS)
    assert len({item.answer for item in found}) >= len(SEEDS) - 1  # two small cases may meet
    again, other = (by_name[name].drawn(SEEDS[0], letter) for letter in "AB")
    assert (again.text, again.answer) == (found[0].text, found[0].answer) and other.text != again.text


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']{2,}", re.sub(r"```.*?```", "", text, flags=re.DOTALL).lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[n : n + length]) for n in range(len(found) - length + 1)}


def test_nothing_can_be_looked_up_in_the_notebooks(drawn):
    theirs = set().union(*(runs(path.read_text(encoding="utf-8"), 7) for path in sources()))
    for (name, _), item in drawn.items():
        shared = (runs(item.text, 7) | runs(item.answer, 7)) & theirs
        assert not shared, (name, shared)


def test_no_answer_lies_in_the_repository(drawn):
    """What git keeps holds the rules by which answers are made, and none of the answers."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8").stdout.split(
        "\0"
    )
    kept = [path for path in listed if path.endswith((".py", ".md", ".json", ".ipynb", ".txt"))]
    text = "\n".join((ROOT / path).read_text(encoding="utf-8") for path in kept if (ROOT / path).exists())
    assert not [name for (name, _), item in drawn.items() if item.answer.split("\n\n")[0] in text]
    assert not [path for path in listed if path.startswith(("my_exam", "build/"))]


# Second witnesses


def test_scores_and_what_turns_them(drawn):
    for item in cases(drawn, "classifier-compute"):
        W, x, b, scores = (item.facts[key] for key in ("W", "x", "b", "scores"))
        told = [sum(W[k][j] * x[j] for j in range(3)) + b[k] for k in range(3)]
        assert told == pytest.approx(scores)
        last = int(np.argmin(scores))
        b2, W2 = b.copy(), W.copy()
        b2[last] += item.facts["gap"] + 1e-6
        W2[last] += (item.facts["epsilon"] + 1e-6) * x
        assert np.argmax(W @ x + b2) == last == np.argmax(W2 @ x + b)


def test_how_many_points_change_their_answer(drawn):
    grid = np.stack(np.meshgrid(np.linspace(-3, 3, 61), np.linspace(-3, 3, 61)), axis=-1).reshape(-1, 2)
    for item in cases(drawn, "classifier-explain"):
        W, b, W2, b2 = (item.facts[key] for key in ("W", "b", "W2", "b2"))
        one, other = grid @ W.T + b, grid @ W2.T + b2
        clear = np.diff(np.sort(one)[:, 1:])[:, 0] > 1e-6  # no tie, which rounding decides
        share = np.mean((one.argmax(1) != other.argmax(1))[clear])
        assert {"none": share == 0, "some": 0 < share < 0.9, "nearly all": share > 0.9}[item.facts["how_many"]]
        assert f"**{item.facts['how_many']}**" in item.answer


def test_four_losses_by_hand(drawn):
    for item in cases(drawn, "losses-compute"):
        scores, y, j = (item.facts[key] for key in ("scores", "y", "j"))
        t = np.eye(3)[y]
        p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        margins = [
            [max(0, 1 + s[k] - s[label]) for k in range(3) if k != label] for s, label in zip(scores, y, strict=True)
        ]
        told = {"hinge": np.mean(np.sum(margins, 1)), "L1": np.abs(scores - t).sum() / 2,
                "L2": ((scores - t) ** 2).sum() / 2,
                "cross-entropy": -np.log(p[[0, 1], y]).mean()}  # fmt: skip
        assert item.facts["values"] == pytest.approx(told)
        assert item.facts["slopes"] == pytest.approx({"L2": scores[0, j], "cross-entropy": p[0, j] / 2})


def test_two_models_disagree_as_the_answer_says(drawn):
    for item in cases(drawn, "losses-explain"):
        models, y, worse, i = (item.facts[key] for key in ("models", "y", "worse", "i"))
        (better,) = set(models) - {worse}
        right = {letter: int((scores.argmax(1) == y).sum()) for letter, scores in models.items()}
        assert right == item.facts["right"] and right[worse] > right[better]
        assert item.facts["paid"][worse].mean() > item.facts["paid"][better].mean()
        assert models[worse][i].argmax() != y[i]


def test_the_best_answer_for_two_prices(drawn):
    for item in cases(drawn, "losses-transfer"):
        days, few, many = (item.facts[key] for key in ("days", "few", "many"))
        every = np.arange(0, 80, 0.25)
        costs = [np.mean([few * max(d - a, 0) + many * max(a - d, 0) for d in days]) for a in every]
        assert min(costs) == pytest.approx(item.facts["cost"]) and every[int(np.argmin(costs))] == item.facts["best"]


def test_penalties_and_steps(drawn):
    for item in cases(drawn, "regularization-compute"):
        w, lam, rate, cut = (item.facts[key] for key in ("w", "lam", "rate", "cut"))
        assert item.facts["shrunk"] == pytest.approx(w - rate * lam * 2 * w)
        told = [0 if abs(v) <= rate * lam else v - np.sign(v) * rate * lam for v in w]
        assert cut == pytest.approx(told, abs=1e-9) and 1 <= sum(abs(v) < 1e-9 for v in cut) < 4


def test_the_unit_matters_to_a_penalty_alone(drawn):
    for item in cases(drawn, "regularization-transfer"):
        x, y, lam, factor, at = (item.facts[key] for key in ("x", "y", "lam", "factor", "at"))

        def says(scale, lam, x=x, y=y, at=at):
            z = x * scale
            w = np.mean((z - z.mean()) * (y - y.mean())) / (np.mean((z - z.mean()) ** 2) + lam)
            return y.mean() + w * (at * scale - z.mean())

        told = says(1, 0), says(1, lam), says(factor, lam)
        assert told == pytest.approx([item.facts[key] for key in ("plain", "with_one", "with_other")])
        assert says(factor, 0) == pytest.approx(told[0])


def test_two_steps_without_and_with_a_velocity(drawn):
    for item in cases(drawn, "descent-compute"):
        w, v = item.facts["start"].copy(), 0
        slope, rate, mu = (item.facts[key] for key in ("slope", "rate", "mu"))
        assert item.facts["plain"] == pytest.approx(w * (1 - rate * slope) ** 2)
        for _ in range(2):
            v = mu * v + slope * w
            w = w - rate * v
        assert item.facts["heavy"] == pytest.approx(w)
        at = item.facts["limit"]
        assert max(abs(1 - 0.99 * at * slope)) < 1 < max(abs(1 - 1.01 * at * slope))


def test_the_factor_is_in_the_table(drawn):
    for item in cases(drawn, "descent-explain"):
        away = np.array(item.facts["seen"]) - item.facts["centre"]
        assert away[1:] / away[:-1] == pytest.approx(np.full(4, item.facts["factor"]))
        assert f"$m = {item.facts['centre']}$" in item.answer


def test_parameters_and_places_are_counted(drawn):
    for item in cases(drawn, "descent-transfer"):
        a, b, c = item.facts["sizes"]
        assert item.facts["count"] == a * b + b + b * c + c
    for item in cases(drawn, "networks-transfer"):
        n, d, k, stride, filters = (item.facts[key] for key in ("n", "d", "k", "stride", "filters"))
        starts = [s for s in range(0, n, stride) if s + k <= n]
        assert item.facts["places"] == len(starts) and item.facts["window"] == filters * k * d + filters
        assert item.facts["dense"] == len(starts) * filters * n * d + len(starts) * filters


def network(x, W, b, U, c):
    hidden = [max(0, sum(w * v for w, v in zip(line, x, strict=True)) + bias) for line, bias in zip(W, b, strict=True)]
    return hidden, [
        sum(u * h for u, h in zip(line, hidden, strict=True)) + bias for line, bias in zip(U, c, strict=True)
    ]


def test_forward_through_a_network_by_hand(drawn):
    for item in cases(drawn, "networks-compute"):
        hidden, out = network(*(item.facts[key] for key in ("x", "W", "b", "U", "c")))
        assert hidden == pytest.approx(item.facts["hidden"]) and out == pytest.approx(item.facts["out"])


def test_a_network_without_the_neuron_answers_the_same(drawn):
    more = [by_name["networks-explain"].drawn(f"another seed {n}", "A") for n in range(8)]
    found = [*cases(drawn, "networks-explain"), *more]
    assert {item.facts["reason"] for item in found} == {"never", "always", "twin"}
    for item in found:
        k, reason = item.facts["k"], item.facts["reason"]
        X, W, b, U, c = (item.facts[key] for key in ("X", "W", "b", "U", "c"))
        direct, U2, c2 = np.zeros((2, 2)), U.copy(), c.copy()
        if reason == "always":
            direct, c2 = np.outer(U[:, k], W[k]), c + U[:, k] * b[k]
        if reason == "twin":
            other = (k + 1) % 3
            U2[:, other] += U[:, k] * np.linalg.norm(W[k]) / np.linalg.norm(W[other])
            assert f"becomes {row(U2[:, other])}" in item.answer
        told = [row(part) for part in (*direct, c2 - c)]
        assert reason != "always" or f"rows {told[0]} and {told[1]}, and {told[2]} to" in item.answer
        U2[:, k] = 0
        for x, before in zip(X, item.facts["out"], strict=True):
            assert np.array(network(x, W, b, U2, c2)[1]) + direct @ x == pytest.approx(before)


def test_gradients_are_slopes(drawn):
    for item in cases(drawn, "backpropagation-compute"):
        told = item.facts["written"].replace("\\cdot", "*").replace("\\max", "max").replace("^2", "**2")
        told = re.sub(r"(?<=[xyz]) (?=[xyz])", "*", told)

        def f(x, y, z, told=told):
            return eval(told, {"x": x, "y": y, "z": z, "max": max})

        values, h = item.facts["values"], 1e-6
        steps = np.eye(3) * h
        measured = [(f(*(values + step)) - f(*(values - step))) / (2 * h) for step in steps]
        assert f(*values) == pytest.approx(item.facts["value"]) and measured == pytest.approx(
            item.facts["slopes"], abs=1e-5
        )


def test_a_lost_gradient_is_0_here_and_its_story_is_true(drawn):
    told = {"blocked": lambda x, u, v: u * max(x, 0) + v, "outbid": lambda x, u, v: max(x * u, v) * u,
            "cancelled": lambda x, u, v: (x + u) * v - x * v,
            "multiplied by 0": lambda x, u, v: x * (u - v) + u}  # fmt: skip
    for item in cases(drawn, "backpropagation-explain"):
        f, (x, u, v), far = told[item.facts["reason"]], item.facts["at"], item.facts["far"]
        assert f(x + 1e-6, u, v) == pytest.approx(f(x - 1e-6, u, v), abs=1e-9)
        assert (f(x, u, v), f(far, u, v)) == (item.facts["here"], item.facts["there"])
        assert (item.facts["here"] == item.facts["there"]) == (item.facts["reason"] in ("cancelled", "multiplied by 0"))


def test_the_slope_of_a_new_node_is_measured(drawn):
    for item in cases(drawn, "backpropagation-transfer"):
        x, upstream, slope = (item.facts[key] for key in ("x", "upstream", "slope"))
        assert item.facts["back"] == pytest.approx(upstream * slope(x))
        assert item.facts["measured"] == pytest.approx(slope(x[0]), abs=1e-6)


def test_the_chosen_lambda_is_the_lowest_of_the_table(drawn):
    for item in cases(drawn, "regularization-explain"):
        errors, k = item.facts["errors"], item.facts["k"]
        assert (errors[k, 1] < np.delete(errors[:, 1], k)).all() and (np.diff(errors[:, 0]) >= 0).all()
        assert {"inside": 0 < k < 5, "at the smallest": k == 0, "at the largest": k == 5}[item.facts["place"]]


@pytest.mark.parametrize("name", [name for name in by_name if name.endswith("mistake")])
def test_a_listing_does_what_its_answer_says(drawn, name):
    for item in cases(drawn, name):
        shown, slip = item.facts["shown"], item.facts["slip"]
        call = re.search(r"\n\n(\w+\([\w, ]+\))\n```$", item.text)[1]
        assert same(run(shown, call, item.facts["given"]), item.facts["wrong"])
        mended = shown.replace(slip.wrong, slip.right)
        assert same(run(mended, call, item.facts["given"]), item.facts["right"])
        assert not same(item.facts["right"], item.facts["wrong"]) and np.isfinite(item.facts["wrong"]).all()


# The sheets


def test_students_get_no_answer_and_the_instructor_all(drawn):
    pairs = [(question, drawn[question.name, SEEDS[0]]) for question in QUESTIONS]
    theirs, mine = (
        "\n".join(cell.source for cell in sheet("An exam", "A", pairs, version).cells)
        for version in ("students", "instructor")
    )
    for _, item in pairs:
        assert item.text in theirs and item.text in mine and item.answer in mine
        assert all(part not in theirs for part in item.answer.split("\n\n"))
    assert theirs.count('class="room"') == 24 and "Marking" not in theirs and "144 points" in theirs


def test_a_seed_is_made_once_and_a_short_one_is_refused(tmp_path):
    path = tmp_path / "mine" / "seed.txt"
    assert exam.kept(path) == exam.kept(path) and len(exam.kept(path)) == 32
    with pytest.raises(SystemExit, match="2027' characters|4 characters, expected 12 or more"):
        exam.main(["--seed", "2027", "--target", str(tmp_path)])
    with pytest.raises(SystemExit, match="no question 'loss'; there are: classifier-compute"):
        exam.main(["--seed", SEEDS[0], "--pick", "loss", "--target", str(tmp_path)])
    assert [it.name for it in chosen(["losses", "descent-compute"])][-2:] == ["losses-transfer", "descent-compute"]
