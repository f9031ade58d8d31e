"""A real JupyterLab in a real Chromium, for tests, benchmarks and looking.

`Lab` starts both with settings, folders and a port of their own, so that nothing of the person who runs it matters
or changes. `Lab.open` opens a copy of a notebook; the page it returns listens to the kernel's channels, because a
callback that raises shows nowhere else. Waiting is polling for what is meant, never a fixed pause.

To look at a notebook: python -m tools.lab notebooks/01_linear_classifier.ipynb --out /tmp/look --width 900 --dark
"""

import argparse
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbformat import NotebookNode
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HARMLESS = ("No such comm target registered: jupyter.widget.control",)
START, RUN, ANSWER = 90, 180, 30  # seconds: at most for a start, for a whole notebook, for one reaction
# Chromium's energy saver, whatever the battery says: 30 frames a second instead of 60.
SAVES_ENERGY = {"performance_tuning": {"battery_saver_mode": {"state": 3}}}
POLL = 50  # milliseconds; the default, every frame of the screen, would make Chromium paint all the time
# Who starts the server holds the other end of its standard input. When that end closes, its owner has ended, however
# that came about (SIGKILL included), and the server follows.
SERVE = """
import os, signal, threading
def follow():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=follow, daemon=True).start()
from jupyterlab.labapp import main
main()
"""


def wait_until(ready: Callable[[], Any], what: str, seconds: float = ANSWER, every: float = 0.02) -> Any:
    """Poll until `ready()` is true and return what it returned; raise TimeoutError that says what did not happen."""
    end = time.monotonic() + seconds
    while not (outcome := ready()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s, but {what}")
        time.sleep(every)
    return outcome


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds wrong on a page at rest: halfway between two colours, the contrast may be too low.

    Nothing is loaded once more for it: of axe's rules, only those about sounds and turned screens read that.
    """
    page.wait_for_function("!document.getAnimations().some(it => it instanceof CSSTransition)", polling=POLL)
    return Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]


class Server:
    """JupyterLab on loopback that serves `folder`; ends with `close` or this process, and so do its kernels."""

    def __init__(self, folder: Path, own: Path):
        self.own, self.token = own, secrets.token_hex(16)
        self._settings()
        self._log = open(own / "server.log", "w+")  # noqa: SIM115  (closed by close)
        self._process = subprocess.Popen(
            self._command(folder), cwd=folder, env=self._environment(), start_new_session=True,
            stdin=subprocess.PIPE, stdout=self._log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            self.url = wait_until(self._answering, "JupyterLab did not start", START, every=0.1)
        except BaseException:
            self.close()
            raise

    def _command(self, folder: Path) -> list[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return [
            sys.executable, "-c", SERVE, "--no-browser", "--expose-app-in-browser", "--allow-root",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        own = ("JUPYTER", "IPYTHON", "MPLBACKEND")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        places = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
        return kept | {f"JUPYTER_{name}": str(self.own / place) for name, place in places.items()} | {
            "JUPYTER_TOKEN": self.token, "JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": str(self.own / "ipython"),
            "PYTHONPATH": str(ROOT), "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }  # fmt: skip

    def _settings(self) -> None:
        """No questions and no news: what a reader sees after the first minute."""
        place = self.own / "config/lab/user-settings/@jupyterlab/apputils-extension"
        place.mkdir(parents=True)
        quiet = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
        (place / "notification.jupyterlab-settings").write_text(json.dumps(quiet))

    def _answering(self) -> str | None:
        if self._process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at its start:\n{self.log()}")
        for info in (self.own / "runtime").glob("jpserver-*.json"):
            try:
                server = json.loads(info.read_text())
                socket.create_connection(("127.0.0.1", server["port"]), timeout=1).close()
            except (ValueError, OSError):
                continue
            return server["url"]
        return None

    def log(self) -> str:
        """Return the end of what the server wrote."""
        return (self.own / "server.log").read_text()[-4000:]

    def close(self) -> None:
        """End the server, which ends its kernels; it was started here and nothing else is touched."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdin.close()
        self._log.close()


class Lab:
    """One JupyterLab and one Chromium; use it in a `with` block.

    With `keep_pages`, a closed notebook leaves its page to the next one on as dense a screen: JupyterLab takes
    longer to start than a notebook to open. With `save_energy`, Chromium draws half as many frames, as on a laptop
    whose battery runs low.
    """

    def __init__(self, keep_pages: bool = False, save_energy: bool = False):
        self._keep_pages, self._kept = keep_pages, {}  # lists of pages by density
        self._state = SAVES_ENERGY if save_energy else {}

    def __enter__(self) -> "Lab":
        self.own = Path(tempfile.mkdtemp(prefix="lu-lab-"))
        self.folder = self.own / "notebooks"
        self.folder.mkdir()
        self._server = self._playwright = None
        try:
            path = browser.find()
            if not path:
                raise browser.NoBrowser(browser.HELP)
            self._server = Server(self.folder, self.own)
            self._playwright = sync_playwright().start()
            self.browser = self._launch(path)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _launch(self, path: str) -> Browser:
        """Start Chromium on a profile of our own: the energy saver is a setting of the profile."""
        profile = self.own / "profile"
        profile.mkdir()
        (profile / "Local State").write_text(json.dumps(self._state))
        launch = self._playwright.chromium.launch_persistent_context
        return launch(profile, executable_path=path, headless=True, args=FLAGS).browser

    def __exit__(self, *_error: Any) -> None:
        if self._playwright:
            self._playwright.stop()
        if self._server:
            self._server.close()
        shutil.rmtree(self.own, ignore_errors=True)

    def open(
        self, notebook: Path | NotebookNode, width: int = 1600, height: int = 1000, density: float = 1,
        dark: bool = False,
    ) -> "Notebook":  # fmt: skip
        """Open a copy of a notebook, in a fresh browser profile or a kept page, and wait until its kernel is idle.

        `width` and `height` of the window are in CSS pixels; `density` is in device pixels for each of them.
        """
        name = notebook.name if isinstance(notebook, Path) else "notebook.ipynb"
        content = notebook.read_text("utf-8") if isinstance(notebook, Path) else nbformat.writes(notebook)
        place = Path(tempfile.mkdtemp(dir=self.folder)) / name
        place.write_text(content, "utf-8")
        path = place.relative_to(self.folder).as_posix()
        size = {"width": width, "height": height}
        kept = self._kept.setdefault(density, [])
        if kept:
            page = kept.pop()
            page.set_viewport_size(size)
            page.evaluate(OPEN, path)
        else:
            page = self._new_page(path, viewport=size, device_scale_factor=density)
        return Notebook(page, dark, kept if self._keep_pages else None)

    def _new_page(self, path: str, **options: Any) -> Page:
        context = self.browser.new_context(**options)
        context.set_default_timeout(1000 * ANSWER)
        context.set_extra_http_headers({"Authorization": f"token {self._server.token}"})
        page = context.new_page()
        page.goto(f"{self._server.url}lab/tree/{path}?reset&token={self._server.token}")
        return page


# Opens another notebook in a page whose own was closed; nothing else stays open.
OPEN = """async path => {
  const { commands, shell } = window.jupyterapp;
  const panel = await commands.execute('docmanager:open', { path, factory: 'Notebook' });
  for (const other of [...shell.widgets('main')]) if (other !== panel) other.dispose();
  shell.activateById(panel.id);
}"""
READY = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  if (!panel?.sessionContext?.isReady || !panel.content?.model) return false;
  return panel.sessionContext.session?.kernel?.status === 'idle';
}"""
# Every message of the kernel passes anyMessage. Errors of callbacks arrive there, and nowhere else. `open` holds the
# widgets' messages that the kernel has not finished with; a kernel may answer others meanwhile, and call itself idle.
# On a fresh page Jupyter's widget manager asks a kernel that has no widgets yet for their state, over a comm that
# the kernel does not know: what it says about that comm is harmless.
TAP = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const lab = window.lab = { panel, kernel: panel.sessionContext.session.kernel, errors: [], started: false, known: [],
    open: new Set() };
  lab.kernel.anyMessage.connect((_, { msg, direction }) => {
    const { content, header } = msg;
    if (content.target_name === 'jupyter.widget.control') lab.known.push(`No such comm: ${content.comm_id}`);
    if (direction === 'send' && header.msg_type === 'comm_msg') lab.open.add(header.msg_id);
    if (direction !== 'recv') return;
    if (content.execution_state === 'idle') lab.open.delete(msg.parent_header.msg_id);
    if (header.msg_type === 'execute_input') lab.started = true;
    if (header.msg_type === 'stream' && lab.known.some(known => content.text.includes(known))) return;
    if (header.msg_type === 'stream' && !lab.started && content.text.startsWith('No such comm')) return;
    if (header.msg_type === 'error' || content.status === 'error')
      lab.errors.push([
        `${header.msg_type}: ${content.ename}: ${content.evalue}`, ...content.traceback ?? []].join('\\n'));
    if (header.msg_type === 'stream' && content.name === 'stderr') lab.errors.push(`stderr: ${content.text}`);
  });
}"""
RAN = """() => {
  if (lab.kernel.status !== 'idle') return false;
  return lab.panel.content.widgets.every(cell => cell.model.type !== 'code'
    || !cell.model.sharedModel.getSource().trim() || cell.model.executionCount);
}"""
# Each widget view of the notebook's outputs: the id of its widget, and whether it and its figures have been drawn.
VIEWS = """() => lab.panel.content.widgets.flatMap(cell => {
  const outputs = cell.model.outputs ? cell.model.outputs.toJSON() : [];
  const views = outputs.filter(output => output.data?.['application/vnd.jupyter.widget-view+json']);
  const outs = [...cell.node.querySelectorAll('.jp-OutputArea-output')];
  const drawn = outs.filter(out => out.querySelector('.jupyter-widgets'));
  return views.map(({ data }, i) => ({ id: data['application/vnd.jupyter.widget-view+json'].model_id,
    stored: [data['text/plain'] ?? ''].flat().join(''), figure: !!drawn[i]?.querySelector('.lu-figure'),
    drawn: !!drawn[i] && [...drawn[i].querySelectorAll('.lu-figure .lu-card canvas')].every(c => c.dataset.frame) }));
})"""
# The value of a Python expression in the kernel. It travels as JSON in a string as repr shows it.
ASK = r"""async code => {
  const question = { code: '', silent: true, user_expressions: { it: `__import__('json').dumps(${code})` } };
  const { content } = await lab.kernel.requestExecute(question).done;
  const { status, ename, evalue, data } = content.user_expressions.it;
  if (status !== 'ok') throw new Error(`${code}: ${ename}: ${evalue}`);
  return JSON.parse(data['text/plain'].slice(1, -1).replace(/\\(['\\])/g, '$1'));
}"""


class Notebook:
    """A notebook that is open in JupyterLab, with a kernel of its own."""

    def __init__(self, page: Page, dark: bool, kept: list[Page] | None = None):
        self.page, self.page_errors, self._kept = page, [], kept
        page.on("pageerror", self._note)
        page.wait_for_function(READY, timeout=1000 * START, polling=POLL)
        page.evaluate(TAP)
        page.evaluate(f"() => {{ lab.ask = {ASK}; }}")
        page.evaluate("() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }")
        self.dark(dark)

    def __enter__(self) -> "Notebook":
        return self

    def __exit__(self, *_error: Any) -> None:
        self.close()

    def close(self) -> None:
        """End the kernel and close the page, or leave it to the next notebook."""
        self.page.remove_listener("pageerror", self._note)
        try:
            self.page.evaluate("() => lab.panel.sessionContext.shutdown()")
        except BaseException:
            self.page.context.close()
            raise
        if self._kept is None:
            self.page.context.close()
        else:
            self._kept.append(self.page)

    def _note(self, error: Exception) -> None:
        self.page_errors.append(str(error))

    def run_all(self, seconds: float = RUN) -> "Notebook":
        """Run all cells and wait until the kernel is idle and every widget is drawn; errors are in `errors()`."""
        self.page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
        self.page.wait_for_function(RAN, timeout=1000 * seconds, polling=POLL)
        self._draw_all()
        return self

    def _draw_all(self) -> None:
        """JupyterLab may leave what is far off the screen for later: go there until everything has been drawn."""
        wait_until(lambda: self._missing() is None, "a widget was not drawn", seconds=ANSWER, every=0.05)
        self.page.evaluate("() => lab.panel.content.scrollToItem(0)")

    def _missing(self) -> int | None:
        views = self.page.evaluate(VIEWS)
        missing = next((number for number, view in enumerate(views) if not view["drawn"]), None)
        if missing is not None:
            self.page.evaluate(
                """id => { const all = lab.panel.content.widgets;
                const at = all.findIndex(c => JSON.stringify(c.model.outputs?.toJSON() ?? '').includes(id));
                return lab.panel.content.scrollToItem(at); }""",
                views[missing]["id"],
            )
        return missing

    def ask(self, expression: str) -> Any:
        """Evaluate a Python expression in the kernel and return its value, which must have a JSON form."""
        return self.page.evaluate("code => lab.ask(code)", expression)

    def errors(self) -> list[str]:
        """Return what the kernel reported as an error, wherever it arose, without what is known to be harmless."""
        found = self.page.evaluate("() => lab.errors") + self.page_errors
        return [re.sub(r"\x1b\[[0-9;]*m", "", text) for text in found if not any(known in text for known in HARMLESS)]

    def figures(self) -> list["FigureView"]:
        """Return the live figures on the page, in order."""
        views = [view for view in self.page.evaluate(VIEWS) if view["figure"]]
        nodes = self.page.locator(".lu-figure")
        return [FigureView(self, n, nodes.nth(n), view["id"], view["stored"]) for n, view in enumerate(views)]

    def dark(self, dark: bool = True) -> None:
        """Switch to the dark or the light theme and wait until it is there."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        there = "theme => document.body.dataset.jpThemeName === theme"
        self.page.wait_for_function(there, arg=name, polling=POLL)

    def resize(self, width: int, height: int = 1000) -> None:
        """Make the window `width` x `height` CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("width => window.innerWidth === width", arg=width, polling=POLL)

    def photograph(self, folder: Path) -> list[Path]:
        """Save the whole notebook as pictures page_00.png, page_01.png, ... of one window's height each."""
        panel = self.page.locator(".jp-NotebookPanel:visible").first
        paths, top, end = [], 0, None
        while end is None or top < end:
            end = self.page.evaluate(SCROLL, top)
            paths.append(folder / f"page_{len(paths):02}.png")
            panel.screenshot(path=paths[-1])
            top += self.page.evaluate("() => lab.panel.content.outerNode.clientHeight") - 40
        return paths


SCROLL = """async top => {
  const outer = lab.panel.content.outerNode;
  outer.scrollTop = top;
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  const last = lab.panel.content.widgets.at(-1).node;
  return last.getBoundingClientRect().bottom - outer.getBoundingClientRect().top + outer.scrollTop;
}"""
# The sentence of a figure: a locator would take many times as long to find it, and texts are read all the time.
LINE = "number => document.querySelectorAll('.lu-figure')[number].querySelector('.lu-line').textContent"
# A canvas's colours, and whether they are more than a few.
DRAWN = """canvas => {
  const { buffer } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  return new Uint32Array(buffer).some(color => seen.add(color).size > 8);
}"""
# Waits until number, sentence and every pixel on the page are those of the kernel's newest frame, and the kernel has
# nothing left to do. (A question keeps it busy for a moment longer than its answer takes.) A slider's last move may
# leave the page a moment after the kernel became idle: it would be on its way before the answer to the question comes.
# Gives a digest of the pixels.
SETTLE = r"""async ([figure, view, seconds]) => {
  const words = text => text.trim().split(/\s+/).join(' ');
  const pixels = (context, { width, height }) => context.getImageData(0, 0, width, height).data;
  const decode = async (frame, type) => {
    const data = await (await fetch(`data:${type};base64,${frame}`)).arrayBuffer();
    const { image } = await new ImageDecoder({ data, type }).decode();
    const [width, height] = [image.displayWidth, image.displayHeight];
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.drawImage(image, 0, 0);
    image.close();
    return [width, height, new Uint32Array(pixels(pen, { width, height }).buffer)];
  };
  const node = document.querySelectorAll('.lu-figure')[figure];
  const [canvas, line] = [node.querySelector('.lu-card canvas'), node.querySelector('.lu-line')];
  const number = () => Number(canvas.dataset.frame);
  const end = performance.now() + 1000 * seconds;
  const busy = () => lab.kernel.status !== 'idle' || lab.open.size > 0;
  const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
  const rest = async () => { while (busy() && performance.now() < end) await pause(2); };
  for (;;) {
    await rest();
    const shown = number();
    const [id, text, coarse, frame, mime] = await lab.ask(`(lambda it: [it.frame_id, it.text, it.coarse,
      __import__('base64').b64encode(it.frame).decode(), it.mime])(${view})`);
    await rest();
    const there = () => number() === id && shown === id && !busy() && words(line.textContent) === words(text);
    if (there() && !coarse) {
      const [width, height, wanted] = await decode(frame, mime);
      const seen = pixels(canvas.getContext('2d'), canvas);
      const same = new Uint32Array(seen.buffer);
      if (there() && canvas.width === width && canvas.height === height
          && same.every((color, i) => color === wanted[i])) {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seen));
        return [line.textContent, `${width}x${height} ${[...digest].map(byte => byte.toString(16)).join(' ')}`];
      }
    }
    if (performance.now() > end)
      throw new Error(`a figure did not come to rest in ${seconds} s: frame ${number()} of ${id}, `
        + `"${line.textContent}", "${text}"`);
    await pause(20);
  }
}"""


class FigureView:
    """One live figure on the page; what it shows is read from the page, what it should show from the kernel."""

    def __init__(self, notebook: Notebook, number: int, node: Locator, widget_id: str, stored: str):
        self.notebook, self.number, self.node, self.widget_id, self.stored = notebook, number, node, widget_id, stored
        self.canvas = node.locator(".lu-card canvas")
        self.python = f"__import__('ipywidgets').widgets.widget._instances[{widget_id!r}].children[0]"

    @property
    def text(self) -> str:
        """The sentence below the picture."""
        return self.notebook.page.evaluate(LINE, self.number)

    @property
    def frame(self) -> int:
        """The number of the frame on the canvas."""
        return int(self.canvas.get_attribute("data-frame"))

    def is_drawn(self) -> bool:
        """Tell whether the canvas shows more than a blank card."""
        return self.canvas.evaluate(DRAWN)

    def truth(self) -> dict[str, Any]:
        """What the kernel has sent last: frame_id, text, failed."""
        names = ("frame_id", "text", "failed", "playing")
        return self.notebook.ask(f"{{n: getattr({self.python}, n) for n in {names!r}}}")

    def settle(self) -> tuple[str, str]:
        """Wait until the figure shows the kernel's newest frame, and the kernel has nothing left to do.

        Return the sentence and a digest of the pixels that are on the page then: the same pixels have the same one.
        """
        return tuple(self.notebook.page.evaluate(SETTLE, [self.number, self.python, ANSWER]))

    def screenshot(self, path: Path) -> None:
        """Save the figure with its sentence and controls."""
        self.node.screenshot(path=path)


def section(notebook: NotebookNode, title: str) -> NotebookNode:
    """Keep the first code cell (the set-up) and the section whose heading contains `title`."""

    def level(cell: NotebookNode) -> int:
        found = re.match(r"(#+) ", cell.source) if cell.cell_type == "markdown" else None
        return len(found[1]) if found else 99

    cells = notebook.cells
    first_lines = [cell.source.split("\n")[0].lower() for cell in cells]
    starts = [n for n, cell in enumerate(cells) if level(cell) < 99 and title.lower() in first_lines[n]]
    if not starts:
        raise ValueError(f"no heading contains {title!r}")
    start = starts[0]
    end = next((n for n in range(start + 1, len(cells)) if level(cells[n]) <= level(cells[start])), len(cells))
    first = next(n for n, cell in enumerate(cells) if cell.cell_type == "code")
    kept = ([] if start <= first < end else [cells[first]]) + cells[start:end]
    return nbformat.from_dict({**notebook, "cells": kept})


def main(arguments: list[str] | None = None) -> int:
    """Run a notebook in JupyterLab, save pictures of its pages and live figures, and print what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.lab", description=main.__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--width", type=int, default=1600, help="of the window, in CSS pixels")
    parser.add_argument("--height", type=int, default=1000)
    parser.add_argument("--density", type=float, default=1, help="device pixels for each CSS pixel")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--section", help="only the set-up cell and the section with this in its heading")
    options = parser.parse_args(arguments)
    content = nbformat.read(options.notebook, as_version=4)
    if options.section:
        content = section(content, options.section)
    options.out.mkdir(parents=True, exist_ok=True)
    with Lab() as lab:
        window = {"width": options.width, "height": options.height, "density": options.density}
        notebook = lab.open(content, dark=options.dark, **window).run_all()
        for number, figure in enumerate(notebook.figures()):
            figure.screenshot(options.out / f"figure_{number:02}.png")
            print(f"figure_{number:02}.png: {figure.text}")
        for path in notebook.photograph(options.out):
            print(path.name)
        errors = notebook.errors()
    print(*errors, sep="\n", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
