"""What several tests of 08 need: formulas to walk through, and what stands on the graph."""

from drive import send

from lectureutils import figures
from lectureutils.autodiff import maximum


def product_and_sum(x, y, z):
    return x * y + z


def neuron(w, x, b):
    return (w * x + b).sigmoid()


def branched(x, y, z):
    return x * y + maximum(x, z)


def stepper(function=product_and_sum, **inputs):
    return figures.StepperFigure(function, inputs or {"x": -3, "y": 5, "z": 2}, title="f")


def type_in(figure, words):
    send(figure.guess.inputs[0], value=words)


def numbers(figure):
    """Read what stands on the graph: {name: (value, gradient, badge)}."""
    picture = figure.picture
    texts = zip(picture.values.get_texts(), picture.gradients.get_texts(), picture.badges.get_texts(), strict=True)
    return {picture.nodes[i].name: shown for i, shown in zip(picture.drawn, texts, strict=True)}
