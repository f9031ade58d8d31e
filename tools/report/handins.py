"""Find the notebooks that students handed in: in folders, in zip files of a learning platform, in homes of a hub.

Nothing is unpacked and nothing is followed: a link, a pipe, a file that is too large or one that is no notebook comes
back with the reason in the place of its cells. What is read here are bytes and JSON; no code runs.
"""

import hashlib
import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_BYTES = 20_000_000  # of one notebook; ours with all outputs have 2 MB
MOST_IN_ZIP = 2_000_000_000
MOST_CELLS = 1000
LEFT_OUT = {".ipynb_checkpoints", "__MACOSX", "node_modules"}


@dataclass(frozen=True)
class Handin:
    """Hold one file of one student: the code cells of the notebook, or the `problem` that it can't be read."""

    student: str
    path: str
    cells: tuple[str, ...] = ()
    problem: str = ""

    @property
    def digest(self) -> str:
        """Return a name for what the notebook says, whoever handed it in."""
        return hashlib.sha256(json.dumps([self.cells, self.problem]).encode()).hexdigest()


def handins(folder: Path, chapters: list[str]) -> list[Handin]:
    """Return what is in a folder or a zip file, in the order of students and paths.

    The student is the first folder on the way to a notebook, or what the name of the file says beside that of the
    notebook, as in `anna_02_loss_functions.ipynb`. Raises ValueError where nothing is found.
    """
    if not folder.exists():
        raise ValueError(f"there is no {folder}: FOLDER names a folder, or a zip file, with the notebooks of a class")
    found = sorted(_members(folder), key=lambda item: item[0].parts)
    found = [(path, content) for path, content in found if path.suffix == ".ipynb" and not _hidden(path)]
    if not found:
        raise ValueError(f"no notebook (.ipynb) in {folder}")
    common = _common([path for path, _ in found])
    read = [_read(PurePosixPath(*path.parts[common:]), content, chapters) for path, content in found]
    return sorted(read, key=lambda handin: (handin.student, handin.path))


def _hidden(path: PurePosixPath) -> bool:
    return any(part in LEFT_OUT or part.startswith(".") for part in path.parts)


def _common(paths: list[PurePosixPath]) -> int:
    """Count the folders that all paths begin with: a zip often has one around everything."""
    folders = [path.parts[:-1] for path in paths]
    if len({path.parts[:-1] for path in paths}) == 1:
        return len(folders[0]) if len(paths) > 1 else 0
    return next(n for n in range(len(min(folders, key=len)) + 1) if len({parts[: n + 1] for parts in folders}) > 1)


Content = bytes | str  # a str says why there are no bytes


def _members(folder: Path) -> Iterator[tuple[PurePosixPath, Content]]:
    if folder.is_file():
        yield from _unzipped(folder.read_bytes(), PurePosixPath())
        return
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if path.suffix not in (".ipynb", ".zip") or _hidden(name):
            continue
        content = _content(path)
        if path.suffix == ".zip" and isinstance(content, bytes):
            # A zip for each student, in a folder of its own or not, or one for the class.
            yield from _unzipped(content, name.with_suffix("") if len(name.parts) == 1 else name.parent)
        elif path.suffix == ".zip":
            yield name.with_suffix(".ipynb"), content
        elif not path.is_dir():
            yield name, content


def _content(path: Path) -> Content:
    try:
        kind, size = path.lstat().st_mode, path.lstat().st_size
        if stat.S_ISLNK(kind):
            return "a link, which is not followed"
        if not stat.S_ISREG(kind):
            return "not a file"
        most = MOST_IN_ZIP if path.suffix == ".zip" else MOST_BYTES
        return f"{size / 1e6:.0f} MB, more than {most / 1e6:.0f}" if size > most else path.read_bytes()
    except OSError as error:
        return f"can't be read: {error.strerror}"


def _unzipped(content: bytes, under: PurePosixPath) -> Iterator[tuple[PurePosixPath, Content]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except Exception as error:  # of a broken file zipfile raises what it meets
        yield under / "broken.zip.ipynb", f"not a zip file: {type(error).__name__}"
        return
    left = MOST_IN_ZIP
    for member in members:
        # Names are only names here: nothing is written to where they point.
        name = under / PurePosixPath(
            *(part for part in PurePosixPath(member.filename).parts if part not in ("/", ".."))
        )
        if name.suffix != ".ipynb":
            continue
        data = _member(archive, member, min(MOST_BYTES, left))
        left -= len(data) if isinstance(data, bytes) else 0
        yield name, data


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Content:
    """Return the bytes of a member; what its header says about their number is not believed."""
    try:
        with archive.open(member) as file:
            data = file.read(most + 1)
    except Exception as error:
        return f"can't be unpacked: {type(error).__name__}"
    return f"more than {most / 1e6:.0f} MB" if len(data) > most else data


def _read(path: PurePosixPath, content: Content, chapters: list[str]) -> Handin:
    student = _printable(_student(path, chapters))
    name = _printable(str(path))
    if isinstance(content, str):
        return Handin(student, name, problem=content)
    try:
        return Handin(student, name, _cells(json.loads(content)))
    except (ValueError, RecursionError, MemoryError) as error:
        known = type(error) is ValueError and str(error)
        return Handin(student, name, problem=known or f"not a notebook: {type(error).__name__}")


def _student(path: PurePosixPath, chapters: list[str]) -> str:
    if len(path.parts) > 1:
        return path.parts[0]
    for chapter in chapters:
        if chapter in path.stem:
            before, _, after = path.stem.partition(chapter)
            return re.sub(r"[\s_.-]+$", "", before) or after.strip(" _.-") or path.stem
    return path.stem


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:200]


def _cells(notebook: object) -> tuple[str, ...]:
    """Return the sources of the code cells; raise ValueError where this is no notebook of version 4."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError("not a notebook of version 4: it has no list of cells")
    if len(cells) > MOST_CELLS:
        raise ValueError(f"{len(cells)} cells, more than {MOST_CELLS}")
    sources = []
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            source = source if isinstance(source, list) else [source]
            if not all(isinstance(line, str) for line in source):
                raise ValueError("not a notebook of version 4: a cell's source is no text")
            sources.append("".join(source).encode(errors="replace").decode())
    return tuple(sources)
