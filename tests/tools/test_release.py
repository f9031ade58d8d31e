"""A release: one number everywhere, what is new below it, and nothing lost."""

import shutil
from datetime import date

import pytest
import yaml

from tools.addresses import ROOT
from tools.release import NEXT, release, version

DAY = date(2031, 2, 3)


@pytest.fixture
def root(tmp_path):
    for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    text = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8").split(NEXT)[0]
    (tmp_path / "CHANGELOG.md").write_text(f"{text}{NEXT}\n### Added\n\n- Something.\n", encoding="utf-8")
    return tmp_path


def cited(root):
    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_files_agree_on_the_number():
    assert version() == cited(ROOT)["version"]
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").count(NEXT) == 1


def test_two_releases_after_one_another(root):
    release("7.0.0", DAY, root)
    assert version(root) == cited(root)["version"] == "7.0.0" and cited(root)["date-released"] == DAY
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{NEXT}\n## 7.0.0 (2031-02-03)\n\n### Added\n\n- Something." in log
    with pytest.raises(ValueError, match="nothing below"):
        release("7.0.1", DAY, root)
    (root / "CHANGELOG.md").write_text(log.replace(NEXT, f"{NEXT}\n- More.\n"), encoding="utf-8")
    release("7.1.0", date(2031, 3, 4), root)
    assert cited(root)["version"] == "7.1.0" and cited(root)["date-released"] == date(2031, 3, 4)
    headings = [
        line for line in (root / "CHANGELOG.md").read_text(encoding="utf-8").split("\n") if line.startswith("## ")
    ]
    assert headings[:3] == [NEXT.strip(), "## 7.1.0 (2031-03-04)", "## 7.0.0 (2031-02-03)"]


@pytest.mark.parametrize("number", ["", "v7", "7.0", "0.0.1", "7.0.0-beta"])
def test_what_is_no_higher_number_is_refused_and_changes_nothing(number, root):
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    with pytest.raises(ValueError, match="expected three numbers above"):
        release(number, DAY, root)
    assert {path.name: path.read_bytes() for path in root.iterdir()} == before
