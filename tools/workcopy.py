"""Readers work in their own copy of the notebooks, so that an update never fights with their answers.

A manifest keeps the SHA-256 of each file as it was given. A copy that still has it is refreshed; any other
copy belongs to the reader and is left alone. In doubt (a lost or broken manifest) it belongs to the reader.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GIVEN = ROOT / "notebooks"
COPIES = ROOT / "my_notebooks"
MANIFEST = ".given.json"


def update(given: Path = GIVEN, copies: Path = COPIES) -> list[str]:
    """Bring the reader's copies up to date and return one message for each copy that was left alone.

    Missing copies come back, unchanged ones are refreshed, changed ones stay, and so do copies whose original
    is gone. An interrupted run leaves whole files only and is completed by the next one.
    """
    copies.mkdir(parents=True, exist_ok=True)
    manifest = _read(copies / MANIFEST)
    messages = []
    for original in sorted(given.glob("*.ipynb")):
        content = original.read_bytes()
        if _may_write(copies / original.name, content, manifest.get(original.name)):
            _put(copies / original.name, content)
            manifest[original.name] = _digest(content)
            _put(copies / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
        elif manifest.get(original.name) != _digest(content):
            messages.append(_kept(copies / original.name))
    return messages


def _may_write(copy: Path, content: bytes, as_given: str | None) -> bool:
    if not copy.exists():
        return True
    now = _digest(copy.read_bytes())
    return now in (as_given, _digest(content))


def _kept(copy: Path) -> str:
    return (
        f"{copy.name}: there is a new version, and yours has changed, so yours was kept. To get the new one, "
        f"rename yours (as in my_{copy.name}) and run this again."
    )


def blocked(error: OSError) -> str:
    """Say in a sentence why the copies can't be made, and what to do."""
    return (
        f"Your copies of the notebooks can't be written: {error.strerror or error}: {error.filename or COPIES}. "
        f"Make the folder {COPIES} writable, or rename what stands in its place, and run this again."
    )


def _read(path: Path) -> dict[str, str]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _put(path: Path, content: bytes) -> None:
    """Write in one move: whoever pulls the plug finds the old file or the new one."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def main() -> int:
    """Update my_notebooks/ and say what was kept."""
    if not any(GIVEN.glob("*.ipynb")):
        print(f"There are no notebooks in {GIVEN}; build them with: make notebooks", file=sys.stderr)
        return 1
    try:
        messages = update()
    except OSError as error:
        print(blocked(error), file=sys.stderr)
        return 1
    for message in messages:
        print(message)
    return 0


if __name__ == "__main__":
    sys.exit(main())
