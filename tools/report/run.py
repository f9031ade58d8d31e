"""Give each notebook a process of its own, watch the clock, and keep what the checks said.

The processes come from a server that has imported what they need and has seen no notebook (Python's `forkserver`), so
that 175 of them start in no time and none can look at another's answers. What they write is read as a stranger's words:
JSON, never a pickle, of known kinds, and not much of it. A cell that ends its process, or never ends, is left out when
the notebook starts again, so that one endless answer does not hide the others.
"""

import contextlib
import json
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver

from tools.report import answers, apart
from tools.report.answers import named
from tools.report.handins import Handin

VERDICTS = ("right", "wrong", "todo")
MOST_SAID = 1_000_000  # bytes that one process may write
MOST_STARTS = 12
PATIENCE = 5  # seconds between the word and the deed, when a process has to end
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "VIRTUAL_ENV", "TMPDIR", "MPLCONFIGDIR")


@dataclass(frozen=True)
class Limits:
    """Hold the seconds that a cell and a whole notebook may take."""

    cell: float = 15
    notebook: float = 60


@dataclass(frozen=True)
class Said:
    """Hold what came of one exercise: right, wrong, todo, broken (an error), stopped, and a sentence."""

    exercise: str
    verdict: str
    sentence: str


Result = tuple[list[Said], str]  # and what ended the notebook, "" if nothing did


def run(
    handins: Sequence[Handin], done: Callable[[Handin, Result], None], unsafe: bool, workers: int, limits: Limits
) -> None:
    """Judge all notebooks, `workers` at a time, and hand each result to `done` as soon as it is there."""
    context = _server()
    waiting = deque(handins)
    running: list[_Notebook] = []
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_Notebook(context, waiting.popleft(), unsafe, limits))
            connection.wait([one.reader for one in running], timeout=0.2)
            for one in list(running):
                if result := one.look():
                    running.remove(one)
                    done(one.handin, result)
    finally:
        for one in running:
            one.end()


def _server() -> multiprocessing.context.BaseContext:
    """Start the server that processes come from, without the secrets that an environment may hold."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([answers.__name__])
    with _small_environment():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def _small_environment() -> Iterator[None]:
    before = dict(os.environ)
    small = {name: before[name] for name in PASSED_ON if name in before}
    small |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    try:
        os.environ.clear()
        os.environ.update(small)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@dataclass
class _Notebook:
    """Follow one notebook through as many processes as it takes."""

    context: multiprocessing.context.BaseContext
    handin: Handin
    unsafe: bool
    limits: Limits
    left_out: dict[int, str] = field(default_factory=dict)  # cells that ended their process, and how

    def __post_init__(self) -> None:
        self.begun, self.starts = time.monotonic(), 0
        self._start()

    def _start(self) -> None:
        self.starts += 1
        self.said: dict[str, Said] = {}
        self.cell, self.since = None, time.monotonic()
        self.text, self.read, self.is_done = b"", 0, False
        self.reader, writer = self.context.Pipe(duplex=False)
        os.set_blocking(self.reader.fileno(), False)
        shut = apart_only_by_limits if self.unsafe else apart.enter
        self.process = self.context.Process(
            target=begin, args=(list(self.handin.cells), list(self.left_out), writer, shut), daemon=True
        )
        self.process.start()
        writer.close()

    def look(self) -> Result | None:
        """Read what has come; return the result when the notebook is through."""
        ended, why = self._take(), ""
        if not ended:
            why = self._too_much()
            if not why:
                return None
        self.end()
        if self.is_done:
            return self._result("")
        if self.cell is None:
            return self._result(why or "the process ended before a cell ran")
        self.left_out[self.cell] = why or "this cell ended its process: memory, a crash, or an exit that nothing stops?"
        over = time.monotonic() - self.begun > self.limits.notebook
        if over or self.starts >= MOST_STARTS or "much" in why:
            return self._result(why or "the notebook ended its process again and again")
        self._start()
        return None

    def end(self) -> None:
        """End the process, and whatever it has started."""
        if not self.unsafe:  # asked to end, it takes the one along that it keeps apart
            self.process.terminate()
            self.process.join(PATIENCE)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.reader.close()

    def _take(self) -> bool:
        """Read all that is there; say whether the process is through."""
        while True:
            try:
                part = os.read(self.reader.fileno(), 1 << 16)
            except BlockingIOError:
                return self.is_done
            if not part:
                return True
            self.read += len(part)
            if self.read > MOST_SAID:
                return False
            *lines, self.text = (self.text + part).split(b"\n")
            for line in lines:
                self._hear(line)

    def _too_much(self) -> str:
        now = time.monotonic()
        if self.read > MOST_SAID:
            return "the notebook writes too much"
        if now - self.begun > self.limits.notebook:
            return f"the notebook did not end within {self.limits.notebook:g} s"
        if now - self.since > self.limits.cell:
            return f"this cell did not end within {self.limits.cell:g} s"
        return ""

    def _hear(self, line: bytes) -> None:
        """Take a line for what it says, if it says what can be said."""
        try:
            word = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(word, dict):
            return
        cell = word.get("cell")
        is_cell = type(cell) is int and 0 <= cell < len(self.handin.cells)
        if word.get("done") is True:
            self.is_done = True
        elif is_cell and isinstance(word.get("error"), str):
            self._note(named(self.handin.cells[cell]), "broken", word["error"])
        elif is_cell:
            self.cell, self.since = cell, time.monotonic()
        elif word.get("verdict") in VERDICTS and isinstance(word.get("said"), str):
            self._note([word.get("exercise")], word["verdict"], word["said"], again=True)

    def _note(self, exercises: list, verdict: str, sentence: str, again: bool = False) -> None:
        """Keep a verdict; the last word of a check counts, and an error only where a check has not spoken."""
        for name in exercises:
            if isinstance(name, str) and name in answers.EXERCISES and (again or name not in self.said):
                self.said[name] = Said(name, verdict, sentence[: answers.LONGEST])

    def _result(self, ended: str) -> Result:
        for number, why in self.left_out.items():
            self._note(named(self.handin.cells[number]), "stopped", why)
        if ended:
            every = [name for cell in self.handin.cells for name in named(cell)]
            self._note(every, "stopped", ended)
        return sorted(self.said.values(), key=lambda said: said.exercise), ended


def begin(cells: list[str], left_out: list[int], writer: connection.Connection, shut: Callable[[int], None]) -> None:
    """Judge a notebook in this process; the first function that runs in it."""
    answers.work(cells, left_out, writer.fileno(), shut)


def apart_only_by_limits(file: int) -> None:
    """Shut what can be shut without namespaces: files that are open, and the limits."""
    apart.only_file(file)
    apart.limit()
