"""The check of links to other hosts, tried on a server of this machine: what is dead is found, and nothing else."""

import http.server
import re
import subprocess
import sys
from pathlib import Path

import pytest
from serving import answered

from tools.addresses import PLACEHOLDER, ROOT, launches, site
from tools.outward import left_out

UNSET = f"https://github.com/{PLACEHOLDER}"
PYTHON = Path(f"{sys.prefix}-site", "bin", "python")


class Answers(http.server.BaseHTTPRequestHandler):
    """Knows a page called /there, and one that has moved there."""

    def do_HEAD(self):
        known = {"/there": 200, "/moved": 301}
        self.send_response(known.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", "/there")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture
def host():
    with answered(Answers) as address:
        yield address


def checked(folder: Path, *links: str) -> subprocess.CompletedProcess:
    """Check a folder with an empty first page and a README that holds the links."""
    (folder / "conf.py").write_text('extensions = ["myst_parser"]\nexclude_patterns = ["README.md"]', encoding="utf-8")
    (folder / "index.md").write_text("# A site\n", encoding="utf-8")
    lines = ["# README", *(f"[a link]({link})" for link in links), "[a file](LICENSE)"]
    (folder / "README.md").write_text("\n\n".join(lines), encoding="utf-8")
    command = [PYTHON, "-m", "tools.outward", "--source", folder, "--repository", UNSET]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")


def test_links_that_lead_somewhere_pass(host, tmp_path):
    done = checked(tmp_path, f"{host}/there", f"{host}/moved", f"{UNSET}/blob/HEAD/LICENSE")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2 links asked for: 1 work, 1 lead on; 1 left out"


def test_a_dead_link_is_named(host, tmp_path):
    done = checked(tmp_path, f"{host}/there", f"{host}/gone")
    assert done.returncode != 0
    assert f"{host}/gone" in done.stderr and f"{host}/there" not in done.stderr
    assert "README.md:5" in done.stderr


@pytest.mark.parametrize("url, dead", [(UNSET, True), ("https://github.com/owner/name", False)])
def test_what_is_made_from_a_placeholder_is_left_out_until_it_is_set(url, dead):
    made = [f"{url}/blob/HEAD/LICENSE", site(url), *launches(url, "notebooks/01_one.ipynb").values()]
    assert [bool(re.match(left_out(url), link)) for link in made] == [dead] * len(made)
    assert not re.match(left_out(url), "https://github.com/owners/repository")
