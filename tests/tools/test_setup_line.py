"""The long line of the setup cell: it installs the package where it is missing, and elsewhere it does nothing."""

import importlib.util

import pytest

from tools.addresses import install

URL = "https://github.com/owner/a.name"


class Kernel:
    """Stands in for IPython and notes which magics run."""

    def __init__(self):
        self.ran = []

    def run_line_magic(self, name: str, line: str) -> None:
        self.ran.append((name, line))


def run_line(monkeypatch, *, there: bool) -> list[tuple[str, str]]:
    kernel = Kernel()
    spec = importlib.util.find_spec("lectureutils")
    assert spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: {"lectureutils": spec if there else None}[name])
    exec(install(URL), {"get_ipython": lambda: kernel})
    return kernel.ran


def test_it_does_nothing_where_the_package_is(monkeypatch):
    assert run_line(monkeypatch, there=True) == []


def test_it_installs_the_package_where_it_is_missing(monkeypatch):
    assert run_line(monkeypatch, there=False) == [("pip", f"install -q git+{URL}")]


@pytest.mark.parametrize("name", ["lectureutils", "no_such_package"])
def test_python_knows_what_is_there(name):
    """So the line needs IPython only where something is missing."""
    line = install(URL).replace('"lectureutils"', f'"{name}"')
    if name == "lectureutils":
        exec(line, {})
    else:
        with pytest.raises(NameError, match="get_ipython"):
            exec(line, {})
