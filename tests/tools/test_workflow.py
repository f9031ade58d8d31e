"""The public repository's workflow can't run here, so it may hold nothing that is not run here.

Each command is a target of the Makefile or, where there is no make, word for word what the targets of `make test` run.
The schema is the one of GitHub's workflows, in the copy that check-jsonschema brings.
"""

import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tools import pins
from tools.site import BUILD

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / ".github" / "workflows" / "tests.yml"
WORKFLOW = yaml.load(FILE.read_text(encoding="utf-8"), yaml.BaseLoader)  # plain texts: `on` is a word, 3.10 no number
JOBS = WORKFLOW["jobs"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="asks make, which is not there")
LAYERS = ("env", "test-style", "test-unit", "test-notebooks", "test-browser")


def rows(job: dict) -> list[dict]:
    """Give each combination of a job's matrix."""
    matrix = dict(job.get("strategy", {}).get("matrix", {}))
    extra = matrix.pop("include", [])
    combined = [dict(zip(matrix, row, strict=True)) for row in itertools.product(*matrix.values())]
    return extra if extra and not matrix else combined


def filled(text: str, row: dict) -> str:
    """Put a matrix row's values into a text, and join its lines as a shell reads them."""
    text = re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda found: row[found[1]], text)
    return " ".join(text.replace("\\\n", " ").split())


def steps(job: dict, key: str) -> list[str]:
    """Give what a job's steps run or use, for each row of its matrix."""
    return [filled(step[key], row) for row in rows(job) for step in job["steps"] if key in step]


def recipes(*targets: str) -> list[str]:
    """Give every command that make would run for the targets in an empty folder, with plain `python`."""
    command = ["make", "--dry-run", "--always-make", "PY=python", "PYTHON=python", "VENV=none", "WORKERS=2", *targets]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    shown = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()) for line in shown.replace("\\\n", " ").splitlines()]


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflow_has_the_form_that_github_wants(schema):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, FILE]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_command_is_a_target_or_what_a_target_runs():
    known = recipes(*LAYERS)
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    asked = [command for job in JOBS.values() for command in steps(job, "run")]
    assert asked
    for command in asked:
        target, *values = command.removeprefix("make ").split()
        assert command in known or (target in targets and all("=" in value for value in values)), command


def test_windows_runs_the_same_layers_as_make_test():
    layers = [line for line in recipes(*LAYERS) if re.search(r"-m (tools\.(install|typecheck)|ruff|pytest)\b", line)]
    assert steps(JOBS["windows"], "run") == layers
    without_site = {line.replace(" --no-loadscope-reorder tests/site", "") for line in recipes("test")}
    assert set(recipes(*LAYERS)) - {'echo "== browser"'} <= without_site
    assert JOBS["windows"]["defaults"]["run"]["shell"] == "bash"  # its $(...) and && are a shell's
    assert JOBS["windows"]["env"]["PYTHONUTF8"] == "1"


PYTHON_STUB = """#!/bin/sh
case "$*" in
"-m tools.pins reader") printf 'a==1 b==2' ;;
"-m tools.browser") printf '%s' 'C:\\Program Files\\Edge\\msedge.exe' ;;
*) { printf '%s|' "$LECTUREUTILS_BROWSER" "$@"; echo; } >> "$NOTED" ;;
esac
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_words_of_the_commands_hold_in_bash(tmp_path):
    """As GitHub calls Git's bash on Windows; `python` notes the words that reach it, on paths with a blank."""
    commands = steps(JOBS["windows"], "run")
    folder, noted, stub = tmp_path / "a checkout", tmp_path / "noted", tmp_path / "a bin" / "python"
    for path in (stub, *(folder / "notebooks" / name for name in ("00_a.ipynb", "01_b.ipynb"))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PYTHON_STUB, encoding="utf-8")
    stub.chmod(0o755)
    own = {"PATH": f"{stub.parent}{os.pathsep}{os.environ['PATH']}", "NOTED": str(noted)}
    for command in commands:
        script = tmp_path / "step.sh"
        script.write_text(command, encoding="utf-8")
        subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], cwd=folder,
                       env=os.environ | own, check=True)  # fmt: skip
    arrived = [line.rstrip("|").split("|") for line in noted.read_text(encoding="utf-8").splitlines()]
    assert len(arrived) == len(commands)
    assert arrived[0][-2:] == ["a==1", "b==2"]
    assert ["notebooks/00_a.ipynb", "notebooks/01_b.ipynb"] in [words[-2:] for words in arrived]
    assert arrived[-1][0] == r"C:\Program Files\Edge\msedge.exe" and arrived[-1][-1] == "tests/browser"
    # Git's bash turns an argument that begins with a slash into a path of Windows.
    assert not [word for words in arrived for word in words if re.match(r"/|\S+[=:]/", word)]


AS_ON_WINDOWS = """
import io, runpy, sys
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, newline="\\r\\n", write_through=True)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def test_what_a_shell_puts_into_a_command_ends_in_no_carriage_return():
    """A shell drops the line end of what it puts in, but on Windows that is two characters, and one would stay."""
    put_in = re.findall(r"\$\(python -m ([^)]+)\)", " ".join(steps(JOBS["windows"], "run")))
    assert len(put_in) == 2
    own = os.environ | {"LECTUREUTILS_BROWSER": sys.executable}  # it starts, and that is all that is asked
    for words in put_in:
        command = [sys.executable, "-c", AS_ON_WINDOWS, *words.split()]
        printed = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=True).stdout
        assert printed and b"\r" not in printed, words


def test_every_system_and_both_ends_of_the_ranges_are_there():
    systems = {filled(job["runs-on"], row) for name in ("test", "windows") for job in [JOBS[name]] for row in rows(job)}
    assert systems == {"ubuntu-latest", "macos-latest", "windows-latest"}
    assert set(steps(JOBS["test"], "run")) == {"make test"}
    assert steps(JOBS["site"], "run") == ['make address URL="https://github.com/$GITHUB_REPOSITORY"', "make site"]


def test_the_weekly_job_runs_what_make_test_weekly_runs_and_only_then():
    (line,) = re.findall(r"^test-weekly:.*\n\t@\$\(MAKE\) (.+)$", MAKEFILE, re.MULTILINE)
    targets = [word for word in line.split() if not word.startswith("--")]
    assert {"test-newest", "test-oldest", "test-firefox", "test-links"} <= set(targets)
    assert sorted(steps(JOBS["weekly"], "run")) == sorted(f"make {target}" for target in targets)
    assert "--keep-going" in line  # the rest runs, whatever one of them says
    events = set(re.findall(r"github\.event_name == '(\w+)'", JOBS["weekly"]["if"]))
    assert events == {"schedule", "workflow_dispatch"} and "!" not in JOBS["weekly"]["if"]


def test_what_is_weekly_is_no_part_of_make_test():
    commands = [line for line in recipes("test") if re.search(r"-m (pytest|tools)", line)]
    assert not [line for line in commands if re.search(r"(?<!--ignore=)tests/weekly|tools\.outward", line)]
    assert [line for line in commands if "--ignore=tests/weekly" in line]


def test_it_runs_for_every_change_and_once_a_week():
    assert set(WORKFLOW["on"]) == {"push", "pull_request", "workflow_dispatch", "schedule"}
    ((minute, hour, *days, weekday),) = [entry["cron"].split() for entry in WORKFLOW["on"]["schedule"]]
    assert days == ["*", "*"] and 0 <= int(weekday) <= 6 and 0 <= int(minute) <= 59 and 0 <= int(hour) <= 23


def test_pythons_are_those_that_the_package_supports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = SpecifierSet(project["requires-python"])
    asked = {}
    for name, job in JOBS.items():
        for row, step in itertools.product(rows(job), job["steps"]):
            if step.get("uses", "").startswith("actions/setup-python"):
                asked[name, row.get("target")] = filled(step["with"]["python-version"], row)
    assert asked.pop(("weekly", "test-newest")) == "3.x"
    assert set(asked.values()) == {pins.PYTHON} and len(asked) == 11  # what the pins are for, and the oldest supported
    assert pins.PYTHON in supported and str(supported) == f">={pins.PYTHON}"


def test_actions_are_github_s_own_and_of_one_major_version_each():
    used = {action for job in JOBS.values() for action in steps(job, "uses")}
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)
    assert len({action.split("@")[0] for action in used}) == len(used)


def test_only_the_publishing_job_may_write_and_only_what_main_has():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [name for name, job in JOBS.items() if "permissions" in job] == ["publish"]
    publish = JOBS["publish"]
    assert set(publish["needs"]) == {"test", "site"} and "github.ref == 'refs/heads/main'" in publish["if"]
    # Tests have to pass, but for those of a fork; what is not built is published nowhere.
    assert (
        "needs.site.result == 'success' && (" in publish["if"]
        and "github.event_name != 'pull_request'" in publish["if"]
    )
    assert "(needs.test.result == 'success' || github.event.repository.fork)" in publish["if"]
    (upload,) = [step for step in JOBS["site"]["steps"] if step.get("uses", "").startswith("actions/upload-pages")]
    assert ROOT / upload["with"]["path"] == BUILD / "site"  # where the two halves of `make site` put what they build
