"""The self-check of notebook 00 names what is missing, what is too old, and the cure."""

from importlib import metadata

import pytest

from lectureutils import environment


def test_a_complete_environment():
    report = environment.check()
    assert report and repr(report).startswith("Everything is here: Python, numpy, matplotlib")
    assert "anywidget" in report.found and "jupyterlab" not in report.found


def test_missing_and_old_packages_are_named_with_a_cure(monkeypatch):
    real = metadata.version

    def version(name):
        if name == "anywidget":
            raise metadata.PackageNotFoundError(name)
        return "7.8.1" if name == "ipywidgets" else real(name)

    monkeypatch.setattr(environment.metadata, "version", version)
    report = environment.check()
    assert not report
    assert "2 thing(s) to mend" in repr(report)
    assert "anywidget is missing: run `%pip install 'anywidget>=" in repr(report)
    assert "ipywidgets is 7.8.1, expected 8.1 or newer" in repr(report)


def test_an_old_python_and_a_missing_package(monkeypatch):
    def requires(_name):
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(environment.metadata, "requires", requires)
    report = environment.check(python=(3, 9))
    assert "Python is 3.9, expected 3.11 or newer" in repr(report)
    assert "run `pip install -e .`" in repr(report)


@pytest.mark.parametrize(("version", "numbers"), [("2.4.6", (2, 4, 6)), ("3.11.0rc1", (3, 11)), ("1.26", (1, 26))])
def test_versions_compare_as_numbers(version, numbers):
    assert environment._numbers(version) == numbers
