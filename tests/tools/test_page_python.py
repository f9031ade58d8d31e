"""Python in a page: its parts are of one version with JupyterLite's, and what it compiled is found again."""

import importlib
import json
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from tools.addresses import ROOT

PAGE = ROOT / "tools" / "page_python" / "page"


def test_what_runs_in_the_page_has_the_versions_that_the_packages_have():
    """The kernel's worker and its wheels belong together, and anywidget's two sides as well."""
    asked = json.loads((ROOT / "assets" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pins = dict(
        line.split("==")
        for line in (ROOT / ".ci" / "site-pins.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    )
    assert asked["@jupyterlite/pyodide-kernel"] == pins["jupyterlite-pyodide-kernel"]
    assert asked["anywidget"] == pins["anywidget"] == metadata.version("anywidget")


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Give a folder of packages and a zip file, with a module each; afterwards nothing of them is left."""
    folder, packed = tmp_path / "site-packages", tmp_path / "packed.zip"
    folder.mkdir()
    (folder / "lu_plain.py").write_text("VALUE = 1\n", encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lu_packed/__init__.py", "VALUE = 2\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.syspath_prepend(packed)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder
    forget()


def forget() -> None:
    for name in ("lu_plain", "lu_packed"):
        sys.modules.pop(name, None)


def remember():
    namespace = {}
    exec(compile((PAGE / "remember.py").read_text(encoding="utf-8"), "remember.py", "exec"), namespace)
    return namespace["Remember"]()


def imported() -> list[int]:
    forget()
    return [importlib.import_module(name).VALUE for name in ("lu_plain", "lu_packed")]


def test_what_was_compiled_once_is_not_compiled_again(places: Path):
    first = remember()
    first.start(None)
    assert imported() == [1, 2]
    kept = first.take()
    assert isinstance(kept, bytes)

    # A source that does not match what is kept shows that it was not read.
    (places / "lu_plain.py").write_text("VALUE = 3\n", encoding="utf-8")
    second = remember()
    second.start(memoryview(kept))
    assert imported() == [1, 2]
    assert second.take() is None, "nothing is new"
    assert imported() == [3, 2], "and afterwards Python imports as before"
