"""What other systems demand, as far as any one system can tell: names of files, line ends, encodings, shell words.

Windows refuses names that Linux takes, and it reads and writes text in the code page of its country where no encoding
is named. macOS and Windows take two names that differ only by case for one.
"""

import ast
import re
import subprocess
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Windows: devices in any folder and with any ending, characters, and what it cuts off at the end of a name.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
# Windows takes paths up to 259 characters; a reader's own folder and a student's copy need the rest.
LONGEST = 120
BOM = "\ufeff"
MODE = {"open": 1, "fdopen": 1, "NamedTemporaryFile": 0, "TemporaryFile": 0}  # which argument is the mode
TEXTS = {"read_text": 0, "write_text": 1}  # which argument is the encoding
PYTHON = [path for folder in ("lectureutils", "tools", "tests", "bench", "hub", "docs", "notebooks/src")
          for path in sorted((ROOT / folder).rglob("*.py"))]  # fmt: skip


def git(*words: str) -> list[str]:
    """Ask git about the files of this repository; skip where this is none, as in an unpacked archive."""
    try:
        done = subprocess.run(["git", *words, "-z"], cwd=ROOT, capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        pytest.skip("there is no git")
    if done.returncode:
        pytest.skip("this is no git repository")
    return done.stdout.split("\0")[:-1]


def refused(path: str) -> str | None:
    """Say what Windows has against a path, or return None."""
    if len(path) > LONGEST:
        return f"longer than {LONGEST} characters"
    for name in PurePosixPath(path).parts:
        if REFUSED.search(name):
            return f"{name!r} has a character that Windows refuses"
        if name.split(".")[0].rstrip().lower() in DEVICES:
            return f"{name!r} is a device of Windows"
    return None


def clashes(paths: list[str]) -> list[set[str]]:
    """Give paths, folders included, that are one and the same where case does not count."""
    every = {str(it) for path in paths for it in (PurePosixPath(path), *PurePosixPath(path).parents)}
    same = {}
    for path in every:
        same.setdefault(path.casefold(), set()).add(path)
    return [spellings for spellings in same.values() if len(spellings) > 1]


def open_texts(code: str) -> list[int]:
    """Give the lines of a Python source that read or write text in no named encoding."""
    return [node.lineno for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and not _named(node)]


def _named(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    said = {keyword.arg: keyword.value for keyword in call.keywords}
    if "encoding" in said or None in said:  # **options may hold it
        return True
    if name in TEXTS:
        return len(call.args) > TEXTS[name]
    if name in MODE:
        at = MODE[name]
        if name == "open" and isinstance(call.func, ast.Attribute):  # of a Path: its mode comes first; or not of files
            if getattr(call.func.value, "id", "") in ("Image", "lab", "os"):
                return True
            at = 0
        mode = said.get("mode", call.args[at] if len(call.args) > at else ast.Constant("r" if at else "rb"))
        return not isinstance(mode, ast.Constant) or "b" in str(mode.value) or not re.fullmatch("[rwaxt+]+", mode.value)
    return True


def test_windows_takes_every_name():
    assert [(path, why) for path in git("ls-files") if (why := refused(path))] == []


def test_no_two_names_differ_by_case_alone():
    assert clashes(git("ls-files")) == []


@pytest.mark.parametrize("path", [
    "docs/aux.md", "nul", "a/COM1.tar.gz", "what?.py", "a:b", "a.", "folder /x", "a\tb", "a" * 121,
])  # fmt: skip
def test_a_name_that_windows_refuses_is_found(path):
    assert refused(path)


def test_names_that_differ_by_case_alone_are_found():
    assert clashes(["a/B/c.py", "a/b/d.py", "a/e.py"]) == [{"a/B", "a/b"}]
    assert not refused("auxiliary/console.py")


def test_texts_are_utf_8_with_one_kind_of_line_end():
    """What git calls text it also checks out with \\n everywhere, Windows included (.gitattributes)."""
    texts = []
    for line in git("ls-files", "--eol"):
        kinds, path = line.split("\t")
        index, _work, *attributes = kinds.split()
        if index == "i/-text":
            continue
        assert index in ("i/lf", "i/none") and "eol=lf" in attributes, line
        texts.append(path)
    assert len(texts) > 100
    for path in texts:
        if (ROOT / path).exists():  # a file may just have been deleted
            assert not (ROOT / path).read_bytes().decode("utf-8").startswith(BOM), path


def test_whoever_reads_or_writes_text_names_its_encoding():
    open_ones = {path: lines for path in PYTHON if (lines := open_texts(path.read_text(encoding="utf-8")))}
    assert open_ones == {}, "say encoding='utf-8'"


@pytest.mark.parametrize("code", ["open(p)", "open(p, 'w')", "p.open('a')", "p.read_text()", "p.write_text(x)"])
def test_a_text_in_no_encoding_is_found(code):
    assert open_texts(code) == [1]


@pytest.mark.parametrize("code", [
    "open(p, 'rb')", "p.open('wb')", "p.read_text('utf-8')", "p.write_text(x, 'utf-8')", "open(p, encoding='ascii')",
    "lab.open(notebook)", "Image.open(p)", "p.read_bytes()",
])  # fmt: skip
def test_bytes_and_named_encodings_pass(code):
    assert open_texts(code) == []
