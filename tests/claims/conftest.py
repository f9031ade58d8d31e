"""What a test of a claim gets: the notebook, run once, and its live figures as the reader first sees them."""

import pytest
from played import play

from claims import notebook_of, printed


@pytest.fixture(scope="module")
def source(request):
    """The source of the module's notebook."""
    return notebook_of(request.module.__name__)


@pytest.fixture(scope="module")
def notebook(source):
    """The notebook, run section by section."""
    return play(source)


@pytest.fixture
def figure(notebook):
    """Give a figure by its class; where there are several, by the words that open its section, or by its number."""
    taken = []

    def take(kind, section="", number=None):
        found = [figure for title, made in notebook.figures_of.items() if title.startswith(section)
                 for figure in made if isinstance(figure, kind)]  # fmt: skip
        assert len(found) > (number or 0), f"no {kind.__name__} under {section!r}"
        assert number is not None or len(found) == 1, f"{len(found)} of {kind.__name__} under {section!r}: which one?"
        taken.append(found[number or 0])
        taken[-1].reset()
        return taken[-1]

    yield take
    for figure in taken:
        figure.reset()


@pytest.fixture
def shown(source):
    """Give what a section prints, by the words that open its title."""
    return lambda section: printed(source, section)
