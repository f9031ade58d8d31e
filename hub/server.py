"""The start of one student's server: bring their own copies of the notebooks up to date, then become JupyterHub's
single-user server. A copy that the student has changed stays as it is.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import workcopy  # noqa: E402

if __name__ == "__main__":
    for message in workcopy.update(copies=Path.home() / workcopy.COPIES.name):
        print(message, file=sys.stderr)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])
