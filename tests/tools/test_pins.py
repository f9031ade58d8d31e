"""The environment: complete exact pins, the same file twice, resolvable by pip, and the one that runs here.

The README's links and the browser finder are tested here too: both are about getting the series to run.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab_server.config import get_static_page_config
from packaging.requirements import Requirement
from packaging.version import Version
from traitlets.config.loader import PyFileConfigLoader

from tools import addresses, browser, links, lite, pins

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "environment.yml"
SETTINGS = ROOT / "tools" / "jupyter"
SERVER = SETTINGS / "jupyter_server_config.py"
PIN = re.compile(r"[a-z0-9][a-z0-9-]*==\d[\w.!+]*")
posix = pytest.mark.skipif(os.name == "nt", reason="about the shell, apt or file modes")
HEAVY = {"torch", "tensorflow", "jax", "pandas", "scikit-learn"}


def reader_pins() -> list[str]:
    return yaml.safe_load(ENVIRONMENT.read_text(encoding="utf-8"))["dependencies"][-1]["pip"]


def developer_pins() -> list[str]:
    lines = (ROOT / pins.TEST_PINS).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def versions(lines: list[str]) -> dict[str, str]:
    return dict(line.split("==") for line in lines)


def test_both_environment_files_are_the_same_regular_file():
    twin = ROOT / "binder" / "environment.yml"
    assert twin.read_bytes() == ENVIRONMENT.read_bytes()
    assert not twin.is_symlink() and not ENVIRONMENT.is_symlink()


def test_environment_has_python_and_pip_from_conda_and_pins_from_pip():
    environment = yaml.safe_load(ENVIRONMENT.read_text(encoding="utf-8"))
    assert list(environment) == ["name", "channels", "dependencies"]
    assert environment["name"] == "lectureutils" and environment["channels"] == ["conda-forge"]
    *conda, pip = environment["dependencies"]
    assert conda == ["python=3.11", "pip"] and list(pip) == ["pip"]


def test_every_pin_is_one_exact_version_of_one_package():
    everything = reader_pins() + developer_pins()
    assert len(reader_pins()) > 50  # the whole tree, not only its roots
    for line in everything:
        assert PIN.fullmatch(line), line
    names = [line.split("==")[0] for line in everything]
    assert names == [pins.canonical(name) for name in names]
    assert len(set(names)) == len(names)
    assert not HEAVY & set(names) and "lectureutils" not in names


def test_every_pin_is_handed_to_the_installer():
    assert pins.reader() == reader_pins() and pins.exact() == reader_pins() + developer_pins()
    for what in ("reader", "exact"):
        command = [sys.executable, "-m", "tools.pins", what]
        shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert shown.split(" ") == pins.SHOWN[what]()  # one line without an end, which a shell can take apart


def test_oldest_and_newest_are_the_ends_of_the_ranges():
    """Needs the package index, as the environment itself did."""
    low, high = versions(pins.oldest()), versions(pins.newest())
    for line in pins.requirements(pins.TESTS):
        wanted = Requirement(line)
        name, (clause,) = pins.canonical(wanted.name), wanted.specifier
        assert clause.operator == ">=" and Version(low[name]) == Version(clause.version), line
        assert high[name] in wanted.specifier and Version(high[name]) >= Version(versions(pins.exact())[name]), line


@pytest.mark.parametrize("extras", [pins.READER, pins.DEVELOPER])
def test_pins_are_within_the_ranges(extras):
    pinned = versions(reader_pins() + (developer_pins() if extras == pins.DEVELOPER else []))
    for line in pins.requirements(extras) + pins.HELD:
        wanted = Requirement(line)
        assert pins.canonical(wanted.name) in pinned, f"{line} has no pin: run make pins"
        assert pinned[pins.canonical(wanted.name)] in wanted.specifier, f"{line} is out of range: run make pins"


def test_no_pin_conflicts_with_another_and_none_is_missing():
    """Needs the package index, as the environment itself did; from the first 3.11 on, which Debian 12 is near to."""
    chosen = pins.resolve(reader_pins() + developer_pins(), None, None, "--python-version", pins.PYTHON)
    assert chosen == versions(reader_pins() + developer_pins())


@pytest.mark.parametrize("extra", pins.OWN)
def test_an_environment_of_its_own_has_what_its_extra_wants_and_the_same_versions_of_the_rest(extra):
    lines = (ROOT / pins.OWN[extra]).read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if not line.startswith("#")]
    assert all(PIN.fullmatch(line) for line in own)
    pinned, shared = versions(own), versions(reader_pins() + developer_pins())
    assert {name: pinned[name] for name in pinned.keys() & shared} == {
        name: shared[name] for name in pinned.keys() & shared
    }
    for line in pins.requirements((extra,)) + pins.HELD:
        wanted = Requirement(line)
        assert pinned[pins.canonical(wanted.name)] in wanted.specifier, f"{line}: run make pins"


@pytest.mark.pinned
def test_these_tests_run_in_the_pinned_environment():
    for line in reader_pins() + developer_pins():
        name, version = line.split("==")
        assert metadata.version(name) == version, f"{name}: run make env"


@pytest.mark.pinned
@pytest.mark.skipif(os.name == "nt", reason="make puts it there")
def test_jupyterlab_of_this_environment_has_the_series_settings():
    there = Path(sys.prefix) / "etc" / "jupyter"
    files = [path for path in SETTINGS.rglob("*") if path.is_file()]
    assert len(files) == 3
    for path in files:
        assert (there / path.relative_to(SETTINGS)).read_bytes() == path.read_bytes()
    disabled = get_static_page_config(level="sys_prefix")["disabledExtensions"]
    assert disabled["@jupyterlab/application-extension:faviconbusy"]


def test_cells_out_of_sight_are_there_in_every_jupyterlab_of_the_series():
    """Else a screen reader knows of what is on the screen alone. One place says so to make, Binder, hub and browser."""
    told = json.loads((SETTINGS / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert told["@jupyterlab/notebook-extension:tracker"]["windowingMode"] == "defer"
    assert lite.settings("somewhere")["jupyter-config-data"]["settingsOverrides"] == told


def test_the_server_sends_every_message_at_once(monkeypatch):
    """Held back until the browser confirms the one before, a frame comes up to 40 ms late."""
    settings = PyFileConfigLoader(SERVER.name, path=str(SERVER.parent)).load_config()
    kind = settings.ServerApp.kernel_websocket_connection_class
    assert ServerApp(kernel_websocket_connection_class=kind).kernel_websocket_connection_class is kind
    told = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: "connected")
    connection = kind.__new__(kind)
    monkeypatch.setattr(kind, "websocket_handler", SimpleNamespace(set_nodelay=told.append))
    assert connection.connect() == "connected" and told == [True]


def test_package_depends_on_ranges_only():
    for line in pins.requirements(("lab", "test", "dev", *pins.OWN)):
        assert {clause.operator for clause in Requirement(line).specifier} == {">="}, line
    assert not {Requirement(line).name for line in pins.requirements(())} & {"jupyterlab", "scipy", "pandas"}


def test_post_build_installs_the_package_alone():
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/bash") and "set -e" in text
    assert [line for line in text.splitlines() if "pip " in line] == ["python -m pip install --no-deps ."]


def test_ci_runs_make_test():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_only_what_make_address_writes_holds_the_address():
    address = addresses.address().removeprefix("https://")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of its files")
    texts = {".py", ".md", ".toml", ".yml", ".cff", ".js", ".css", ".ipynb", ".txt", ""}
    files = [path for name in listed.stdout.split("\0") if (path := ROOT / name).suffix in texts and path.is_file()]
    holding = {path.relative_to(ROOT).as_posix() for path in files if address in path.read_text(encoding="utf-8")}
    built = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert holding == {"pyproject.toml", "README.md", "CITATION.cff"} | built  # `make address` writes them all


def test_every_address_is_made_from_that_one():
    url, notebook = "https://github.com/owner/a.name", "notebooks/01_one.ipynb"
    assert addresses.site(url) == "https://owner.github.io/a.name/"
    assert addresses.launches(url, notebook) == {
        "JupyterLite": "https://owner.github.io/a.name/lite/lab/index.html?path=01_one.ipynb",
        "Binder": "https://mybinder.org/v2/gh/owner/a.name/HEAD?urlpath=lab%2Ftree%2Fnotebooks%2F01_one.ipynb",
        "Colab": "https://colab.research.google.com/github/owner/a.name/blob/HEAD/notebooks/01_one.ipynb",
    }


def test_readme_is_made_from_that_address():
    readme = links.README.read_text(encoding="utf-8")
    assert links.filled(readme) == readme, "run make links"
    for name in links.blocks():
        with pytest.raises(ValueError, match=f"{name}:begin"):
            links.filled(readme.replace(f"<!-- {name}:begin -->", ""))


def test_readme_points_at_files_that_exist():
    readme = links.README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", readme):
        assert target.startswith("https://") or (ROOT / target).exists(), target


@pytest.mark.parametrize("address", ["", "http://github.com/a/b", "https://github.com/a", "https://github.com/a/b/c"])
def test_a_wrong_address_is_refused(tmp_path, address):
    (tmp_path / "pyproject.toml").write_text(f'[project.urls]\nRepository = "{address}"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="expected https://github.com/owner/name"):
        addresses.address(tmp_path)


def test_licence_and_citation_say_what_they_must():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    for words in ("BSD-3-Clause", "Redistribution and use in source", "CC-BY-4.0", "by/4.0/legalcode", "CSCI 599"):
        assert words in licence, words
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0" and citation["authors"] and citation["license"] == "BSD-3-Clause"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(citation["version"]) == project["version"]
    (lecture,) = citation["references"]
    assert {"authors", "title", "type"} <= set(lecture) and "CSCI 599, Lecture 4" in lecture["title"]


def an_executable(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@posix
def test_the_named_browser_comes_first(tmp_path, monkeypatch):
    named = an_executable(tmp_path / "mine", "echo Browser 1")
    monkeypatch.setenv(browser.VARIABLE, named)
    assert browser.find() == browser.get() == named
    monkeypatch.setenv(browser.VARIABLE, an_executable(tmp_path / "broken", "exit 1"))
    with pytest.raises(browser.NoBrowser, match="not a browser that starts"):
        browser.find()


@posix
def test_a_stub_of_a_browser_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    an_executable(tmp_path / "chromium", "exit 1")
    real = an_executable(tmp_path / "google-chrome", "exit 0")
    assert browser.find() == real


@posix
def test_without_a_browser_the_three_ways_are_named(tmp_path, monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "_run", lambda command, environment: tried.append(" ".join(command)))
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert browser.main() == 1
    message = capsys.readouterr().err
    for way in (browser.VARIABLE, "apt-get install chromium", "playwright install"):
        assert way in message
    assert [command.split()[0] for command in tried] == ["apt-get", "apt-get", sys.executable]
