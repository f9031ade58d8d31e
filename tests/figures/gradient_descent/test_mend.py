"""What AdaGrad, RMSProp and Adam remember."""

import numpy as np
import pytest

from figures.gradient_descent.making import STREAM, points
from lectureutils.figures import MendFigure
from lectureutils.figures.gradient_descent import mend


def test_remember_by_hand():
    m = v = kept = total = np.zeros(2)
    for t, g in enumerate(STREAM, start=1):
        m, v, kept, total = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g**2, 0.99 * kept + 0.01 * g**2, total + g**2
        full = mend.remember("Adam", STREAM, 0.9, 0.99)
        np.testing.assert_allclose([full.m[t - 1], full.v[t - 1]], [m, v])
        np.testing.assert_allclose(full.m_hat[t - 1], m / (1 - 0.9**t))
        np.testing.assert_allclose(full.moved[t - 1], full.m_hat[t - 1] / (np.sqrt(v / (1 - 0.99**t)) + 1e-8))
        plain = mend.remember("Adam, no correction", STREAM, 0.9, 0.99)
        np.testing.assert_allclose(plain.moved[t - 1], m / (np.sqrt(v) + 1e-8))
        np.testing.assert_allclose(mend.remember("RMSProp", STREAM, 0.9, 0.99).v[t - 1], kept)
        ada = mend.remember("AdaGrad", STREAM, 0.9, 0.99)
        np.testing.assert_allclose(ada.moved[t - 1], g / (np.sqrt(total) + 1e-10), rtol=1e-6)
        assert not ada.m.any() and not ada.m_hat.any() and not ada.v_hat.any() and not plain.m_hat.any()


def test_bars_and_lengths_show_the_step():
    figure = MendFigure({"some": STREAM}, rule="Adam")
    figure.set(step=7)
    memory = mend.remember("Adam", STREAM, 0.9, 0.999)
    rows = [STREAM[6], memory.m[6], memory.m_hat[6], memory.v[6] ** 0.5, memory.v_hat[6] ** 0.5]
    for j, largest in enumerate((1.0, 0.4)):
        np.testing.assert_allclose([bar.get_width() for bar in figure.bars[j]], [row[j] / largest for row in rows])
        np.testing.assert_allclose(points(figure.moves[j])[:, 1], np.abs(memory.moved[:7, j]))
    assert figure.now[0].get_xdata() == [7, 7] and f"m_hat {memory.m_hat[6, 0]:.3f}" in figure.canvas.text


def test_a_bar_that_outgrows_the_picture_ends_in_a_mark():
    figure = MendFigure({"steady": np.full((40, 2), 0.5)}, rule="AdaGrad")
    figure.set(step=16)
    assert not len(points(figure.beyond))
    figure.set(step=17)
    assert len(points(figure.beyond)) == 2 and max(bar.get_width() for bar in figure.bars[0]) == figure.widest
    assert "steps 0.24 times the rate" in figure.canvas.text


def test_the_chain_of_mends_as_the_notebook_tells_it():
    falling = np.where(np.arange(40) < 12, 1.0, 0.1)[:, None] * [1, 0.5]
    lengths = {rule: np.abs(mend.remember(rule, falling, 0.9, 0.9).moved[:, 0]) for rule in ("AdaGrad", "RMSProp")}
    assert lengths["AdaGrad"][39] < 0.03 and lengths["RMSProp"][39] > 0.4
    assert lengths["RMSProp"][0] == pytest.approx(1 / np.sqrt(0.1))
    steady = np.column_stack([np.full(40, 0.5), np.full(40, 0.05)])
    plain = mend.remember("Adam, no correction", steady, 0.9, 0.999).moved
    assert plain[:12].max() > 6 and plain[39].max() == pytest.approx(5, abs=0.1)
    np.testing.assert_allclose(mend.remember("Adam", steady, 0.9, 0.999).moved, 1, rtol=1e-5)


def test_memory_of_nothing_and_refusals():
    figure = MendFigure({"zeros": np.zeros((5, 2))}, rule="Adam")
    assert "steps 0.00 times the rate" in figure.canvas.text
    with pytest.raises(ValueError, match=r"shapes \[\(3, 2\), \(4, 2\)\], expected the same"):
        MendFigure({"a": np.zeros((3, 2)), "b": np.zeros((4, 2))})
    with pytest.raises(ValueError, match="expected shape"):
        MendFigure({"a": np.zeros((3, 3))})
