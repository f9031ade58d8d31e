"""A class in one room: a hub on this machine, students who all start at once, and then all move a slider at once.

The hub runs with the configuration for a single machine, hub/jupyterhub_config.py; only its ports are others, and its
servers are plain processes. It runs in the environment of the hub: `make bench-hub`. Linux only.
"""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import aiohttp
import numpy as np
import psutil
import yaml
from jupyterhub.app import JupyterHub
from jupyterhub.auth import Authenticator
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.proxy import ConfigurableHTTPProxy
from jupyterhub.spawner import Spawner
from systemdspawner import SystemdSpawner
from traitlets.config import PyFileConfigLoader

from bench.report import Gate, Outcome
from bench.student import Moves, Student

CONFIGURATION = Path(__file__).resolve().parent.parent / "hub" / "jupyterhub_config.py"
STUDENTS = int(os.environ.get("BENCH_STUDENTS", "20"))
LEVELS = [(share, seconds) for share, seconds in ((4, 10), (2, 10), (1, 30))]  # a quarter, half, all; for how long
AT_MOST, PASSWORD, MB = 120 + 8 * STUDENTS, "only-on-loopback", 2**20  # seconds until the hub ends in any case
PACKAGES = ["jupyterhub", "jupyterlab", "jupyter-server", "ipykernel", "ipywidgets", "matplotlib", "numpy"]
TEXT = """Students sign in at a hub with the configuration for a single machine, all in the same second. Each gets a
server, opens notebook 01, runs it up to its first live figure and moves a slider once a second, with the messages that
JupyterLab sends; there is no browser. *Slider to reply* goes from the hand's move until the message with the frame that
belongs to the new value has come back through hub, proxy and server; the frame's sentence says which value it shows. A
reply that takes longer than 10 s is lost. *Merged* are values that a newer one replaced before they could leave.
*Processor* is the time that one move takes of a core: kernel, student's server, hub with its proxy. The students
themselves run on the same cores. They all move in the same instant, which is the worst case for the queue."""


@contextlib.contextmanager
def hub() -> Iterator[tuple[str, psutil.Process]]:
    """Run a hub on loopback; yield its address and its process. It ends with this block, or by itself."""
    front, inside, control = _free_ports(3)
    with tempfile.TemporaryDirectory() as folder, open(Path(folder, "hub.log"), "w", encoding="utf-8") as log:
        command = [
            "timeout", "--kill-after=10", str(AT_MOST), sys.executable, "-m", "jupyterhub",
            "-f", str(CONFIGURATION), "--JupyterHub.spawner_class=simple",
            f"--SimpleLocalProcessSpawner.home_dir_template={folder}/homes/{{username}}",
            f"--JupyterHub.bind_url=http://127.0.0.1:{front}", f"--JupyterHub.hub_bind_url=http://127.0.0.1:{inside}",
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{control}",
            *(["--Spawner.args=--allow-root"] if os.getuid() == 0 else []),
        ]  # fmt: skip
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            yield f"http://127.0.0.1:{front}", psutil.Process(process.pid)
        except BaseException:
            print(Path(folder, "hub.log").read_text(encoding="utf-8")[-5000:], file=sys.stderr)
            raise
        finally:
            _end(process)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _end(process: subprocess.Popen) -> None:
    """Ask the hub to stop everything it started, and see to it."""
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    _gone, alive = psutil.wait_procs(family, timeout=5)
    for one in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()


def check_settings() -> None:
    """Raise ValueError for a setting that its class doesn't have, in either configuration: the hub only warns."""
    values = yaml.safe_load((CONFIGURATION.parent / "values.yaml").read_text(encoding="utf-8"))
    classes = (JupyterHub, Authenticator, SharedPasswordAuthenticator, ConfigurableHTTPProxy, Spawner, SystemdSpawner)
    known = {one.__name__: one.class_trait_names(config=True) for one in classes}
    for config in (PyFileConfigLoader(str(CONFIGURATION)).load_config(), values["hub"]["config"]):
        unknown = [f"{name}.{trait}" for name, traits in config.items() for trait in traits if trait not in known[name]]
        if unknown:
            raise ValueError(f"no such setting: {', '.join(unknown)}")


def run() -> Outcome:
    """Let a class come in and move, and report what it was like."""
    os.environ["CLASS_PASSWORD"] = PASSWORD
    check_settings()
    with hub() as (address, process):
        return asyncio.run(_lesson(address, process))


async def _lesson(address: str, process: psutil.Process) -> Outcome:
    students = [Student(address, f"student-{number:02}", PASSWORD) for number in range(STUDENTS)]
    try:
        async with asyncio.timeout(AT_MOST - 30):
            await _hub_is_up(address)
            begin = time.perf_counter()
            came = await asyncio.gather(*(student.come_in() for student in students), return_exceptions=True)
            all_in, used = time.perf_counter() - begin, _processor(process).sum()
            inside = [student for student, error in zip(students, came, strict=True) if error is None]
            failures = [repr(error) for error in came if error is not None]
            if not inside:
                raise RuntimeError(f"nobody came in: {failures}")
            levels = [await _level(inside, share, seconds, process) for share, seconds in LEVELS]
            memory = _memory(process)
    finally:
        await asyncio.gather(*(student.leave() for student in students), return_exceptions=True)
    return _outcome(inside, failures, all_in, used, levels, memory)


async def _hub_is_up(address: str) -> None:
    async with aiohttp.ClientSession() as web:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                if (await web.get(f"{address}/hub/health")).status == 200:
                    return
            await asyncio.sleep(0.2)


async def _level(
    inside: list[Student], share: int, seconds: int, process: psutil.Process
) -> tuple[int, Moves, np.ndarray]:
    """Let some of the students move; return how many, what came of it, and the processor's ms for a move by role."""
    some = inside[: len(inside) // share]
    before = _processor(process)
    done = await asyncio.gather(*(student.move(seconds) for student in some))
    together = Moves(sum((one.seconds for one in done), []), sum(one.merged for one in done),
                     sum(one.lost for one in done))  # fmt: skip
    used = _processor(process) - before
    return len(some), together, 1000 * used / max(1, len(together.seconds))


def _role(process: psutil.Process) -> int:
    """Return 0 for a kernel, 1 for a student's server, 2 for hub, proxy and culler."""
    command = process.cmdline()
    return 0 if "ipykernel_launcher" in command else 1 if "jupyterhub.singleuser" in command else 2


def _processor(process: psutil.Process) -> np.ndarray:
    """Return the processor's seconds that were used so far, by role."""
    used = np.zeros(3)
    for one in process.children(recursive=True):
        times = one.cpu_times()
        used[_role(one)] += times.user + times.system
    return used


def _memory(process: psutil.Process) -> dict[str, list[float]]:
    """Return MB for each student (a server and its kernel), by way of counting."""
    counts = {"pss": [], "uss": [], "rss": []}
    for server in process.children(recursive=True):
        if _role(server) == 1:
            family = [one.memory_full_info() for one in (server, *server.children(recursive=True))]
            for name, found in counts.items():
                found.append(sum(getattr(one, name) for one in family) / MB)
    return counts


def _outcome(
    inside: list[Student], failures: list[str], all_in: float, used: float, levels: list, memory: dict
) -> Outcome:
    rows = [_row(*level) for level in levels]
    lost = sum(moves.lost for _count, moves, _processor_ms in levels)
    also = [
        f"from the sign-in to the server: median {median(student.started for student in inside):.0f} s, the last "
        f"{max(student.started for student in inside):.0f} s; all {len(inside)} had their figure after {all_in:.0f} s",
        f"processor until then, for each student: {used / len(inside):.1f} s",
        f"answered with 429 and tried again: {sum(student.refused for student in inside)} times, "
        f"{sum(student.refused > 0 for student in inside)} students",
        f"memory for each student, server and kernel (1 MB is 1024 x 1024 bytes): mean {_mean(memory['pss'])} MB, "
        f"largest {max(memory['pss']):.0f} MB (PSS: shared pages divided among those who share them); on average "
        f"{_mean(memory['uss'])} MB of it its own (USS), {_mean(memory['rss'])} MB with all it shares",
        *[f"failed: {failure}" for failure in failures],
    ]
    gates = [
        Gate(f"students of {STUDENTS} who came in", len(inside), STUDENTS),
        Gate("lost replies", lost, 0, at_most=True),
        Gate("memory of the student with the most (PSS)", max(memory["pss"]), 220, at_most=True, unit=" MB"),
    ]
    columns = ["students moving", "moves answered", "merged", "lost", "slider to reply, p50, ms", "p95, ms",
               "longest, ms", "processor for a move, ms"]  # fmt: skip
    return Outcome("A class on one machine", TEXT, columns, rows, gates, PACKAGES, also)


def _mean(values: list[float]) -> str:
    return f"{np.mean(values):.0f}"


def _row(count: int, moves: Moves, processor_ms: np.ndarray) -> list[str]:
    ms = [f"{1000 * value:.0f}" for value in np.quantile(moves.seconds, (0.5, 0.95, 1))] if moves.seconds else ["-"] * 3
    processor = f"{processor_ms.sum():.1f} ({' + '.join(f'{part:.1f}' for part in processor_ms)})"
    return [str(count), str(len(moves.seconds)), str(moves.merged), str(moves.lost), *ms, processor]
