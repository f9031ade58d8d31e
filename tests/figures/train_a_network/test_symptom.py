"""Symptoms and cures: what is drawn and said is that of the run, and the notebook's table is measured."""

import functools
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from drive import check, send

from figures.train_a_network.making import layers_of
from lectureutils.figures import SymptomFigure
from lectureutils.figures.train_a_network import patience, symptom
from lectureutils.figures.train_a_network.symptom import SYMPTOMS, Symptom, SymptomRun, count_twins

SOURCE = (Path(__file__).parents[3] / "notebooks" / "src" / "10_train_a_network.py").read_text(encoding="utf-8")


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


def said(figure):
    """Return what a figure says: loss, percent right of training and of test, dead neurons, twins."""
    pattern = (
        r"loss (?:over )?([\d.]+), ([\d.]+)% right, test ([\d.]+)% right\. (\d+) of 64 .*; (?:(\d+) neurons|no two)"
    )
    return [float(number or 0) for number in re.search(pattern, figure.canvas.text).groups()]


def test_each_case_shows_its_symptom_and_its_cure(symptoms):
    shown = {}
    for case in SYMPTOMS[1:]:
        symptoms.set(case=case.name, cured=True, epoch=15)
        assert said(symptoms)[2] > 93, f"{case.name}: cured"
        symptoms.set(case=case.name, cured=False, epoch=15)
        _, _, new, dead, twins = said(symptoms)
        assert new < 40, case.name
        assert dead == len(symptoms.dead.get_xdata())
        shown[case.name] = symptoms.curves.losses[0].get_ydata(), dead, twins
        check(symptoms, case.name)
    assert shown["rate too large"][0].max() > 4
    assert np.ptp(shown["dead ReLUs"][0]) < 0.01 and shown["dead ReLUs"][1] == 64
    assert shown["all zero"][1:] == (0, 64)
    assert shown["unscaled inputs"][1] == 64
    assert shown["labels shuffled"][0][-1] < 2.25
    symptoms.set(case="unscaled inputs", cured=False, epoch=0)
    assert said(symptoms)[0] > 100


def test_curves_and_crosses_are_those_of_the_run(symptoms):
    run = SymptomRun(SYMPTOMS[0])
    run.until(4)
    symptoms.set(case="healthy", cured=False, epoch=4)
    assert symptoms.curves.losses[1].get_ydata() == pytest.approx([s[2] for s in run.seen])
    assert symptoms.curves.shares[0].get_ydata() == pytest.approx([s[1] for s in run.seen])
    (W, b), _ = layers_of(run.trainer.network)
    gone = np.flatnonzero((np.maximum(run.X @ W.T + b, 0) == 0).all(axis=0))
    assert symptoms.dead.get_xydata() == pytest.approx(np.column_stack([gone % 8 + 0.5, gone // 8 + 0.5]))
    tile = symptoms.weights.get_data()[::-1][1:9, 1:9] / 255
    assert (tile[..., 0] > tile[..., 2])[W[0].reshape(8, 8) > 0.1].all(), "positive weights are warm"


def test_a_button_starts_the_training_anew_and_plays(symptoms):
    symptoms.parts[0].buttons["all zero"].click()
    assert symptoms.canvas.playing and symptoms.values == {"case": "all zero", "cured": False, "epoch": 0}
    send(symptoms.canvas, tick=101)
    assert symptoms.values["epoch"] == 1
    symptoms.parts[4].buttons["cure it"].click()
    assert symptoms.values == {"case": "all zero", "cured": True, "epoch": 0}
    symptoms.reset()
    assert not symptoms.canvas.playing


def test_twins_are_counted():
    assert count_twins(np.array([[1.0, 2], [1, 2], [0, 1], [1, 2]])) == 3
    assert count_twins(np.eye(3)) == 0


def test_in_the_browser_a_player_shows_an_epoch_in_parts_and_ends_where_it_would(monkeypatch):
    """Each part is over as soon as it has begun; what comes of the epoch is what comes of it in one piece."""
    whole, figure = SymptomRun(SYMPTOMS[0]), SymptomFigure()
    whole.until(1)
    figure.set(case="healthy", epoch=0)
    start = figure.canvas.text
    monkeypatch.setattr(symptom, "_run", functools.cache(SymptomRun))
    monkeypatch.setattr(patience, "time", SimpleNamespace(perf_counter=lambda: -1.0))
    monkeypatch.setattr(sys, "platform", "emscripten")
    figure.canvas.playing, seen = True, []
    while figure.values["epoch"] == 0:
        assert figure.advance()
        figure.refresh()
        seen.append((figure.canvas.text, figure.canvas.frame))
    assert len(seen) == 44 and len({frame for _, frame in seen}) > 40
    assert all(text.endswith("On the way to epoch 1.") for text, _ in seen[:-1])
    assert seen[-1][0].startswith("Healthy, epoch 1: ") and "On the way" not in seen[-1][0]
    run = symptom._run(SYMPTOMS[0])
    assert run.seen == whole.seen and np.array_equal(run.templates[1], whole.templates[1])
    figure.advance()
    figure.refresh(figure.rewind)
    assert figure.canvas.text == start


def test_a_step_is_an_epoch_in_the_browser_as_well(monkeypatch):
    figure = SymptomFigure()
    figure.set(case="healthy", epoch=0)
    monkeypatch.setattr(sys, "platform", "emscripten")
    figure.refresh(figure.advance)
    assert figure.values["epoch"] == 1
