"""How the environments are made: uv first, and pip where uv can't."""

import json
import sys
from types import SimpleNamespace

import pytest

from tools import install
from tools.addresses import ROOT

WANTED = ("--no-deps", "-e", ".")


@pytest.fixture
def ran(monkeypatch):
    """Run nothing; note what would run, and let it fail where one of the words in `ran.broken` is among its own.

    uv is there from the start where `ran.has_uv` says so.
    """
    ran = SimpleNamespace(commands=[], broken=set(), has_uv=False)

    def run(command, **_options):
        assert command[:2] == [sys.executable, "-m"]
        ran.commands.append(command[2:])
        return SimpleNamespace(returncode=1 if ran.broken & set(command) else 0)

    monkeypatch.setattr(install.subprocess, "run", run)
    monkeypatch.setattr(install.util, "find_spec", lambda name: ran.has_uv and name == "uv" or None)
    return ran


def test_uv_installs(ran, capsys):
    assert install.install(*WANTED)
    get, use = ran.commands
    assert get[0] == "pip" and get[-1] == install.UV
    assert use[:3] == ["uv", "pip", "install"] and use[-3:] == list(WANTED)
    assert use[use.index("--python") + 1] == sys.executable
    assert capsys.readouterr().err == ""


def test_uv_is_not_fetched_twice(ran):
    ran.has_uv = True
    assert install.install(*WANTED)
    assert [command[0] for command in ran.commands] == ["uv"]


@pytest.mark.parametrize(("broken", "tried"), [(install.UV, 1), ("uv", 2)], ids=["no build of uv", "uv fails"])
def test_pip_does_what_uv_can_not(ran, capsys, broken, tried):
    ran.broken = {broken}
    assert install.install(*WANTED)
    newer, use = ran.commands[tried:]
    assert newer[0] == use[0] == "pip" and newer[-1] == install.PIP and use[-3:] == list(WANTED)
    assert "now pip tries" in capsys.readouterr().err


def test_what_neither_can_install_is_a_failure(ran):
    ran.broken = {"uv", "."}
    assert not install.install(*WANTED)


@pytest.mark.parametrize("folder", ["assets", "hub/proxy", "tests/weekly"])
def test_a_lock_of_npm_holds_what_its_package_wants_by_digest_and_names_no_host(folder):
    wanted, lock = (json.loads((ROOT / folder / f"package{kind}.json").read_text("utf-8")) for kind in ("", "-lock"))
    own, *others = lock["packages"].values()
    for kind in ("dependencies", "devDependencies"):
        assert own.get(kind, {}) == wanted.get(kind, {})
    assert others and all(it["integrity"].startswith("sha512-") and "resolved" not in it for it in others)
