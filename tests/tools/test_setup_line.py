"""The lines that open a notebook's first cell install the package where it is missing, and elsewhere do nothing."""

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from tools.addresses import install
from tools.magics import without_magics

URL = "https://github.com/owner/a.name"


class Kernel:
    """Stands in for IPython and notes which magics run."""

    def __init__(self):
        self.ran = []

    def run_line_magic(self, name: str, line: str) -> None:
        self.ran.append((name, line))


def run_lines(package: str) -> list[tuple[str, str]]:
    """Run the lines as IPython would, for a package of another name."""
    kernel = Kernel()
    code = TransformerManager().transform_cell(install(URL).replace("import lectureutils", f"import {package}"))
    exec(code, {"get_ipython": lambda: kernel})
    return kernel.ran


def test_they_do_nothing_where_the_package_is():
    assert run_lines("lectureutils") == []


def test_they_install_the_package_where_it_is_missing():
    assert run_lines("no_such_package") == [("pip", f"install -q git+{URL}")]


def test_a_beginner_can_read_them():
    assert install(URL).splitlines()[:3] == ["try:", "    import lectureutils", "except ImportError:"]
    assert len(install(URL).splitlines()) == 4 and ";" not in install(URL)


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        (install(URL), "try:\n    import lectureutils\nexcept ImportError:\n    pass"),
        ("%matplotlib inline\nx = 7 % 4", "pass\nx = 7 % 4"),
        ("!ls\nnp.dot?\n?np", "pass\npass\npass"),
    ],
)
def test_without_magics_every_line_keeps_its_place(cell, plain):
    assert without_magics(cell) == plain
