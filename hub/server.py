"""The start of one student's server: bring their own copies of the notebooks up to date, then become JupyterHub's
single-user server. A copy that the student has changed stays as it is.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import workcopy  # noqa: E402

if __name__ == "__main__":
    try:
        messages = workcopy.update(copies=Path.home() / workcopy.COPIES.name)
    except OSError as error:  # a full disk, say: the student needs the server to make room
        messages = [workcopy.blocked(error)]
    print(*messages, sep="\n", file=sys.stderr)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])
