"""Six patients."""

import numpy as np
import pytest
from drive import check

from lectureutils.figures import DiagnoseFigure
from lectureutils.figures.what_goes_wrong import diagnose, error_split
from lectureutils.figures.what_goes_wrong.diagnose import CASES
from lectureutils.figures.what_goes_wrong.error_split import COSTS, SOURCES


def test_the_cases_hold_every_source_and_show_its_sign():
    figure = DiagnoseFigure()
    assert {case.split.worst for case in figure.cases} == set(SOURCES)
    for case in figure.cases:
        falling = case.training[-2] / case.training[-1] - 1
        worst, gap = case.split.worst, case.fresh[-1] / case.training[-1]
        assert (falling > 0.01) == (worst == "stopped early")
        assert (gap > 2) == (worst == "too little data")
        assert worst == max(zip(case.split.parts, SOURCES, strict=True))[1]
        others = np.sort(case.split.parts)
        assert others[-1] > 2 * others[-2]  # one cause stands out


def test_the_truth_appears_with_the_diagnosis_and_each_patient_keeps_its_own():
    figure = DiagnoseFigure()
    assert not figure.shown["truth"].get_visible() and "main cause?" in figure.canvas.text
    right = figure.cases[0].split.worst
    figure.set(diagnosis=right)
    assert figure.shown["truth"].get_visible() and f"Right: {right}" in figure.canvas.text
    figure.set(case=1)
    assert figure.values["diagnosis"] == diagnose.UNDECIDED and "Case 2" in figure.canvas.text
    wrong = next(source for source in SOURCES if source != figure.cases[1].split.worst)
    figure.set(diagnosis=wrong)
    assert f"Not {wrong}" in figure.canvas.text and "1 of 6 right" in figure.canvas.text
    figure.set(case=0)
    assert figure.values["diagnosis"] == right
    check(figure, "a change of patients")
    figure.set(case=1)
    figure.reset()
    assert "Case 1" in figure.canvas.text and "main cause?" in figure.canvas.text, "all was forgotten"
    figure.set(diagnosis=wrong)
    assert f"Not {wrong}" in figure.canvas.text and "0 of 6 right" in figure.canvas.text


def test_the_curves_are_the_losses_of_the_case():
    figure = DiagnoseFigure()
    for k, setting in enumerate(CASES):
        figure.set(case=k)
        x, t = error_split.examples(setting.examples, setting.draw)
        miss = np.interp(x, figure.splitter.x, figure.shown["fit"].get_ydata()) - t
        assert figure.training.get_ydata()[-1] == pytest.approx(COSTS[setting.loss].value(miss).mean(), rel=0.05)
        assert figure.training.get_xdata()[-1] == setting.steps
