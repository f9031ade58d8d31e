"""Binder, as far as it can be seen without a container engine: repo2docker's own reading of this repository.

`jupyter-repo2docker --no-build` picks the rules, reads `binder/` and writes the Dockerfile that Binder would build.
conda's side of `environment.yml` is read by rattler, the library behind pixi. Nothing is solved or built here.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from PIL import Image
from rattler import Channel, MatchSpec

from tools import links, pins

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Path("tools", "jupyter")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def environment() -> dict:
    return yaml.safe_load((ROOT / "binder" / "environment.yml").read_text(encoding="utf-8"))


posix = pytest.mark.skipif(os.name == "nt", reason="repo2docker and its script run on Linux and macOS")


@pytest.fixture(scope="module")
def dockerfile(tmp_path_factory) -> str:
    """Give the Dockerfile that repo2docker writes for what is in this folder, with no engine within reach."""
    nowhere = {**os.environ, "PATH": "/nowhere", "DOCKER_HOST": f"unix://{tmp_path_factory.mktemp('engine')}/none"}
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    done = subprocess.run(command, cwd=ROOT, env=nowhere, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"Building conda environment for python={pins.PYTHON}" in done.stderr.splitlines()
    return done.stdout


def position(dockerfile: str, pattern: str) -> int:
    """Give where the one match of the pattern stands; fail if there is none, or another."""
    (match,) = re.finditer(pattern, dockerfile, re.MULTILINE)
    return match.start()


@posix
def test_repo2docker_finds_the_environment_in_binder_and_starts_from_its_python(dockerfile):
    frozen = rf"^COPY .*environment-2epy-2d{pins.PYTHON.replace('.', '-2e')}-2dlinux.*/tmp/env/environment\.lock$"
    update = r"\$\{MAMBA_EXE\} env update -p \$\{NB_PYTHON_PREFIX\} --file \"binder/environment\.yml\""
    base, own = position(dockerfile, frozen), position(dockerfile, update)
    copied = position(dockerfile, r"^COPY .*src/binder/environment\.yml \$\{REPO_DIR\}/binder/environment\.yml$")
    assert base < copied < own
    for other in ("requirements.txt", "KERNEL_ENVIRONMENT_FILE", "pip install"):
        assert other not in dockerfile  # no second list of packages, no kernel of another Python


@posix
def test_post_build_runs_last_after_the_repository_is_there(dockerfile):
    pinned = position(dockerfile, r"env update")
    copied = position(dockerfile, r"^COPY .*src/ \$\{REPO_DIR\}/$")
    assert pinned < copied < position(dockerfile, r"^RUN \./binder/postBuild$")


@posix
def test_post_build_installs_the_whole_package_and_resolves_nothing(tmp_path):
    """The script itself, on a copy, into an empty environment."""
    copy, target = tmp_path / "repository", tmp_path / "environment"
    shutil.copytree(ROOT / "lectureutils", copy / "lectureutils", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "binder", copy / "binder")
    shutil.copytree(ROOT / SETTINGS, copy / SETTINGS)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    venv.create(target, with_pip=False)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "PIP_PYTHON": str(target / "bin" / "python"),
                "NB_PYTHON_PREFIX": str(target)}  # fmt: skip
    subprocess.run([copy / "binder" / "postBuild"], env=settings, cwd=tmp_path, check=True, capture_output=True)
    (site,) = target.glob("lib/python*/site-packages")
    assert {found.name.split("-")[0] for found in site.iterdir()} == {"lectureutils"}
    wanted = {path.relative_to(ROOT / SETTINGS): path.read_bytes() for path in (ROOT / SETTINGS).rglob("*.*")}
    assert len(wanted) == 3  # of the server, and of JupyterLab its settings and its page
    for name, content in wanted.items():
        assert (target / "etc" / "jupyter" / name).read_bytes() == content
    files = [found.relative_to(copy) for found in (copy / "lectureutils").rglob("*.*") if found.is_file()]
    assert len(files) > 50 and [name for name in files if not (site / name).is_file()] == []


def test_conda_reads_every_line_of_the_environment():
    described = environment()
    assert [Channel(name).base_url for name in described["channels"]] == ["https://conda.anaconda.org/conda-forge/"]
    *conda, pip = described["dependencies"]
    specs = {spec.name.normalized: spec for spec in (MatchSpec(line, strict=True) for line in conda)}
    assert list(specs) == ["python", "pip"]  # pip is named, or conda warns and picks one itself
    for line in pip["pip"]:
        assert str(Requirement(line).specifier).startswith("==")


def test_environment_agrees_with_pyproject():
    described = environment()
    assert described["name"] == PROJECT["name"]
    python = MatchSpec(described["dependencies"][0], strict=True).version
    assert str(python) == f"{pins.PYTHON}.*" and pins.PYTHON in SpecifierSet(PROJECT["requires-python"])
    pinned = {(pin := Requirement(line)).name: pin for line in described["dependencies"][-1]["pip"]}
    for line in pins.requirements(pins.READER):
        (clause,) = pinned[pins.canonical(Requirement(line).name)].specifier
        assert clause.version in Requirement(line).specifier


def binder_links() -> list[str]:
    readme = links.README.read_text(encoding="utf-8")
    return re.findall(r"\]\((https://mybinder\.org/v2/[^)]+)\)", readme)


def test_every_notebook_has_a_binder_link_and_every_link_opens_a_notebook_in_jupyterlab():
    opened = []
    for link in binder_links():
        parts = urlsplit(link)
        assert re.fullmatch(r"/v2/gh/[\w.-]+/[\w.-]+/HEAD", parts.path)
        ((key, (inside,)),) = parse_qs(parts.query, strict_parsing=True).items()
        assert key == "urlpath" and inside.startswith("lab/tree/")
        opened.append(inside.removeprefix("lab/tree/"))
    there = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    assert opened == [there[0], *there]  # the badge, then the table


def test_the_readme_shows_a_figure_that_moves():
    """No script runs on the page of a repository: its picture is a film, with the figure's sentence as text."""
    path = ROOT / links.PICTURE
    with Image.open(path) as film:
        assert film.n_frames > 20 and path.stat().st_size < 1_000_000
    assert f"*{links.sentence()}*" in links.README.read_text(encoding="utf-8")
