"""Words that are not in plain sight: an envelope, no lock. What a question reveals stands in notebooks this way.

Not every place where a notebook is shown folds a cell, and none folds it when it is printed.
"""

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any


def seal(words: Any) -> str:
    """Return what has a JSON form as letters that say nothing to the eye."""
    return b64encode(zlib.compress(json.dumps(words, ensure_ascii=False).encode(), 9)).decode()


def unseal(letters: str) -> Any:
    """Return what was sealed. Raises ValueError where the letters are not whole."""
    try:
        return json.loads(zlib.decompress(b64decode(letters, validate=True)))
    except (ValueError, zlib.error) as error:
        raise ValueError(f"these letters were not sealed here, or some are missing: {letters[:20]}...") from error
