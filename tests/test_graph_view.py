"""Drawn graphs: what stands where, that nothing overlaps, and that long graphs stay readable."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from lectureutils import style
from lectureutils.autodiff import CONSTANT, Tensor, fused, tape
from lectureutils.data import lecture
from lectureutils.graph_view import GRADIENT, VALUE, GraphView, describe, draw_graph, number
from lectureutils.losses import cross_entropy
from lectureutils.nn import Linear, ReLU, Sequential


def slide():
    x, y, z = Tensor(-3.0, "x"), Tensor(5.0, "y"), Tensor(2.0, "z")
    q = x * y
    q.name = "q"
    return x, y, z, q, q + z


def neuron():
    w = [Tensor(v, f"w{i}") for i, v in enumerate([2.0, -3.0, -3.0])]
    return 1 / (1 + (-(w[0] * -1.0 + w[1] * -2.0 + w[2])).exp())


def network():
    rng = np.random.default_rng(0)
    return fused(cross_entropy, Sequential(Linear(4, 3, rng), ReLU(), Linear(3, 3, rng))(lecture.X), [1, 0, 2])


def chain(length):
    x = y = Tensor(1.0, "x")
    for i in range(length):
        y = (y * 0.9).tanh() if i % 3 else y + x
    return y


def view(root, **sizes):
    with style.settings():
        figure = Figure()
        FigureCanvasAgg(figure)
        drawn = GraphView(figure.add_axes((0, 0, 1, 1)), root, **sizes)
        figure.set_size_inches(*drawn.size)
        figure.draw_without_rendering()
    return drawn


def extents(artists):
    return [a.get_window_extent() for a in artists if not hasattr(a, "get_text") or a.get_text()]


def test_the_slide_with_values_above_and_gradients_below():
    x, y, z, q, f = slide()
    f.backward()
    drawn = view(f)
    assert set(drawn.boxes) == {x, y, z, q, f}
    assert [drawn.values[n].get_text() for n in (x, y, z, q, f)] == ["−3", "5", "2", "q = −15", "−13"]
    assert [drawn.gradients[n].get_text() for n in (x, y, z, q, f)] == ["5", "−3", "1", "1", "1"]
    for node in (x, y, z, q, f):
        value, gradient = drawn.values[node], drawn.gradients[node]
        assert (to_hex(value.get_color()), to_hex(gradient.get_color())) == (VALUE.lower(), GRADIENT.lower())
        assert value.get_window_extent().y0 > gradient.get_window_extent().y1, "position tells them apart as well"
        assert drawn.boxes[node].get_window_extent().x1 <= value.get_window_extent().x0 + 1


def test_a_box_stands_to_the_right_of_what_it_was_made_from():
    for root in (slide()[-1], neuron(), network()):
        drawn = view(root, columns=20)
        for node in drawn.boxes:
            for parent in node.parents:
                assert drawn.boxes[parent].get_x() < drawn.boxes[node].get_x()


@pytest.mark.parametrize("root", [slide()[-1], neuron(), network(), chain(5), chain(20), chain(400)],
                         ids=["slide", "neuron", "network", "chain of 5", "of 20", "of 400"])  # fmt: skip
def test_nothing_overlaps_and_everything_is_inside(root):
    root.backward()
    drawn = view(root)
    boxes = extents(drawn.boxes.values())
    texts = extents([*drawn.values.values(), *drawn.gradients.values()])
    for a, b in itertools.combinations([*boxes, *texts], 2):
        overlap_x = min(a.x1, b.x1) - max(a.x0, b.x0)
        overlap_y = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert overlap_x < 1.5 or overlap_y < 1.5, (a, b)
    width, height = (100 * side for side in drawn.size)
    for e in [*boxes, *texts]:
        assert e.x0 >= 0 and e.x1 <= width and e.y0 >= 0 and e.y1 <= height


def test_arrays_show_their_shapes_and_short_vectors_their_numbers():
    W = Tensor(lecture.W1, "W")
    scores = W @ lecture.x1 + lecture.b1
    scores.sum().backward()
    drawn = view(scores)
    assert drawn.values[W].get_text() == drawn.gradients[W].get_text() == "3×4"
    assert drawn.values[scores].get_text() == "0.631, 0.969, 0.71"
    assert number(np.zeros((2, 0))) == "2×0" and number(2.0) == "2" and number(1e-9) == "1e−09"


def test_constants_look_different_and_have_no_gradient():
    root = Tensor(2.0, "x") * 3.0
    root.backward()
    drawn = view(root)
    (three,) = [node for node in tape(root) if node.op == CONSTANT]
    x = root.parents[0]
    assert drawn.gradients[three].get_text() == "" and drawn.values[three].get_text() == ""
    assert drawn.boxes[three].get_facecolor() != drawn.boxes[x].get_facecolor() != drawn.boxes[root].get_facecolor()


def test_update_shows_new_numbers_and_only_the_chosen_gradients():
    x, y, z, q, f = slide()
    drawn = view(f)
    assert all(text.get_text() == "" for text in drawn.gradients.values())
    f.backward()
    drawn.update(shown=[f, q])
    assert [drawn.gradients[n].get_text() for n in (x, q, f)] == ["", "1", "1"]
    x.data = np.float64(7)
    drawn.update()
    assert drawn.values[x].get_text() == "7" and drawn.gradients[x].get_text() == "5"


def test_a_long_graph_is_wrapped():
    drawn_root = chain(20)
    drawn = view(drawn_root, columns=6, rows=9)
    assert len(drawn.boxes) == len(tape(drawn_root))
    assert drawn.size[0] < 14
    lines = [patch for patch in drawn.boxes[tape(drawn_root)[0]].axes.patches if type(patch) is PathPatch]
    assert min(line.get_path().vertices[:, 1].min() for line in lines) > 0.5, "lines run between the rows"
    assert len({round(box.get_y() // 2) for box in drawn.boxes.values()}) > 3


def test_a_very_long_graph_is_folded_and_counts_what_it_hides():
    root = chain(10_000)
    drawn = view(root, columns=6, rows=3)
    hidden = len(tape(root)) - len(drawn.boxes)
    texts = [text.get_text() for text in next(iter(drawn.boxes.values())).axes.texts]
    assert any(f"{hidden:,} more" in text for text in texts)
    assert root in drawn.boxes and tape(root)[0] in drawn.boxes and len(drawn.boxes) < 60


def test_a_single_leaf_can_be_drawn():
    assert len(view(Tensor(1.0)).boxes) == 1


def test_draw_graph_is_large_enough_and_follows_the_projector():
    f = slide()[-1]
    normal = draw_graph(f).get_size_inches()
    try:
        style.projector(1.5)
        np.testing.assert_allclose(draw_graph(f).get_size_inches(), 1.5 * normal)
    finally:
        style.projector(1)


def test_the_picture_in_words():
    *_, f = slide()
    f.backward()
    assert describe(f) == ("x = −3 (gradient 5); y = 5 (gradient −3); z = 2 (gradient 1); q = −15 (gradient 1); "
                           "+ = −13 (gradient 1).")  # fmt: skip
    assert describe(chain(30)).startswith("A graph of 51 tensors that ends in ")


def test_bad_sizes():
    with pytest.raises(ValueError, match="columns: got 2"):
        draw_graph(slide()[-1], columns=2)
