"""A notebook in JupyterLite, driven as tools.lab drives one in JupyterLab."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tools.addresses import ROOT
from tools.lab.page import Notebook
from tools.lab.scripts import script

START, RUN = 300, 600  # seconds: a busy machine takes ten times as long as a free one
PROBE = ROOT / "tests" / "browser" / "probe.py"
# The questions of the browser tests, in a kernel that can't see this folder.
TAUGHT = """
import os, sys, types
os.environ["LECTUREUTILS_CAPTIONS"] = "1"  # as in the build
probe = sys.modules["tests.browser.probe"] = types.ModuleType("probe")
exec({code!r}, vars(probe))
for name in ("tests", "tests.browser"):
    sys.modules[name] = types.ModuleType(name)
del probe, name
"""


class InBrowser(Notebook):
    """A notebook whose kernel runs in the page."""

    def _prepare(self) -> None:
        self.page.wait_for_function(script("ready"), timeout=1000 * START, polling=100)
        self.page.evaluate(script("tap"))
        self.page.evaluate(f"() => {{ lab.ask = {script('ask_printed')}; }}")
        self.page.evaluate("() => { jupyterapp.shell.collapseLeft(); }")

    def teach(self) -> None:
        """Let the kernel know what the tests ask it."""
        assert self.run(TAUGHT.format(code=PROBE.read_text("utf-8"))) == []

    def run(self, code: str) -> list[dict]:
        """Run some code in the kernel and give its outputs."""
        return self.page.evaluate(RUN_CODE, code)

    def outputs(self) -> dict[str, list[dict]]:
        """Give the outputs of each code cell, by its id."""
        return self.page.evaluate(OUTPUTS)


RUN_CODE = """async code => {
  const outputs = [], asked = lab.kernel.requestExecute({ code, store_history: false });
  asked.onIOPub = ({ header: { msg_type }, content }) => {
    if (/stream|error|display_data|execute_result/.test(msg_type)) outputs.push(content);
  };
  await asked.done;
  return outputs;
}"""
OUTPUTS = """() => Object.fromEntries(lab.panel.content.widgets.filter(({ model }) => model.type === 'code')
  .map(({ model }) => [model.id, model.outputs.toJSON()]))"""


@contextlib.contextmanager
def opened(chromium: Browser, base: str, name: str) -> Iterator[InBrowser]:
    """Open a notebook of the site at `base`, in a profile of its own, and wait until its kernel is idle."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1000})
    context.set_default_timeout(60_000)
    page, address = context.new_page(), f"{base}/lab/index.html?path={name}"
    page.goto(address)
    with InBrowser(page, address, dark=False) as notebook:
        yield notebook


STAND_IN = "<rp>"  # what JupyterLab shows once a view is lost: lectureutils/live/saved.py


def told(outputs: list[dict]) -> list[str]:
    """Give what outputs say in words: streams, results and displays as text, errors by name."""
    said = []
    for output in outputs:
        if output["output_type"] == "stream":
            said.append(text(output["text"]))
        elif output["output_type"] == "error":
            said.append(f"{output['ename']}: {output['evalue']}")
        else:
            said.append(text(output["data"].get("text/plain") or output["data"].get("text/html", "")))
    return [it for it in said if it and not it.startswith(STAND_IN)]


def text(lines: str | list[str]) -> str:
    """Join a text of nbformat, with one space between its words."""
    return " ".join("".join(lines).split())


def built(name: str) -> dict:
    """Read a built notebook."""
    return json.loads(Path(ROOT, "notebooks", name).read_text("utf-8"))
