"""The series in the browser alone: the site is built as make builds it, and opened in a real browser.

First as it is published, with Pyodide's CDN out of reach: everything but Pyodide comes from the site. Then with Pyodide
served by the site, as in a school without internet: a kernel starts and runs what needs no numpy. What needs numpy
can't be run without the CDN.
"""

import functools
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import nbformat.v4 as make
import own_pyodide
import pytest
from packaging.requirements import Requirement
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright
from serving import served

from tools import browser, lite_page, pins
from tools.addresses import ROOT, address, at_cell, install
from tools.exercises import METADATA
from tools.lab.page import FLAGS
from tools.lab.scripts import script
from tools.lab.waiting import POLL, wait_until
from tools.lite import KERNEL, LOCK, canonical

SCHOOL = "school.test"  # this machine under a name: unlike 127.0.0.1 no "secure context" without https
CDN = "https://cdn.jsdelivr.net/pyodide/"
SITE = Path(f"{sys.prefix}-site")
PYTHON = SITE / "bin" / "python"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
ABSENT = {"contourpy", "cycler", "fonttools", "kiwisolver", "matplotlib", "numpy", "pillow", "pyparsing",
          "python-dateutil", "pytz"}  # fmt: skip


class Sites(NamedTuple):
    """The site as it is published, the one that serves Pyodide itself, and what make said of that one."""

    published: Path
    served: Path
    said: str


def build(out: Path, *options: str | Path) -> str:
    command = [PYTHON, "-m", "tools.lite", "--out", out, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Sites:
    """Build both into the same folder, one after the other: the second must keep nothing of the first."""
    folder = tmp_path_factory.mktemp("lite")
    pyodide = own_pyodide.make(folder / "pyodide", SITE / "assets/node_modules/pyodide", PYTHON)
    said = build(folder / "out", "--pyodide", pyodide)
    served = Path(shutil.copytree(folder / "out", folder / "served"))
    build(folder / "out")
    return Sites(folder / "out", served, said)


def kernel_settings(site: Path) -> dict:
    data = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    return data["litePluginSettings"][f"{KERNEL}:kernel"]


def locked(site: Path) -> dict[str, dict]:
    return json.loads((site / LOCK).read_text(encoding="utf-8"))["packages"]


def test_every_build_knows_where_pyodide_is(sites):
    version = json.loads((ROOT / "assets" / "package.json").read_text(encoding="utf-8"))["dependencies"]["pyodide"]
    for site, folder, real in (
        (sites.published, f"{CDN}v{version}/full/", f"{CDN}v{version}/full/pyodide.mjs"),
        (sites.served, "./static/pyodide/", "./pyodide/pyodide.mjs"),
    ):
        settings = kernel_settings(site)
        assert settings["loadPyodideOptions"]["indexURL"] == folder
        assert f"const PYODIDE = '{real}';" in (site / "static" / "python.mjs").read_text(encoding="utf-8")
        assert settings["pyodideUrl"] == "./static/python.mjs"
    assert not (sites.published / "static" / "pyodide").exists()
    assert (sites.served / "static/pyodide/pyodide.asm.wasm").exists()


def test_a_folder_without_all_of_pyodide_is_noticed(sites):
    lacking = re.search(r"lacks (.*): the notebooks can't run", sites.said)
    assert lacking and set(lacking[1].split(", ")) == ABSENT


def test_the_lock_file_names_everything_with_its_digest(sites):
    for site in (sites.published, sites.served):
        packages = locked(site)
        settings = kernel_settings(site)
        assert settings["disablePyPIFallback"] and set(settings["loadPyodideOptions"]["packages"]) <= set(packages)
        for name, package in packages.items():
            file = (site / LOCK).parent / package["file_name"]
            if "://" in package["file_name"]:
                assert site == sites.published and package["file_name"].startswith(CDN)
            elif file.exists():
                assert hashlib.sha256(file.read_bytes()).hexdigest() == package["sha256"], name


def test_versions_are_within_the_ranges(sites):
    packages = locked(sites.published)
    for line in pins.requirements(()):
        wanted = Requirement(line)
        assert packages[canonical(wanted.name)]["version"] in wanted.specifier, line


def test_the_wheel_holds_the_whole_package(sites):
    (wheel,) = (sites.published / "pypi").glob("lectureutils-*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "lectureutils").rglob("*") if path.is_file()}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == {name for name in package if "__pycache__" not in name}


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        named = f"--host-resolver-rules=MAP {SCHOOL} 127.0.0.1"
        yield playwright.chromium.launch(executable_path=browser.find(), headless=True, args=[*FLAGS, named])


def foreign(asked: list[str]) -> set[str]:
    here = ("http://127.0.0.1:", f"http://{SCHOOL}:", "data:", "blob:")
    return {url for url in asked if not url.startswith(here)}


def opened(context: BrowserContext, url: str, asked: list[str]) -> Page:
    """Open a page that can reach loopback alone, and note every address that it asks for."""
    context.on("request", lambda request: asked.append(request.url))
    context.route(lambda url: bool(foreign([url])), lambda route: route.abort())
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(url)
    return page


FETCHED = """async path => {
  const bytes = await (await fetch(path)).arrayBuffer();
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}"""


def test_the_published_site_shows_the_notebooks_and_asks_nobody_but_pyodides_cdn(sites, chromium):
    asked = []
    with served(sites.published) as base, chromium.new_context() as context:
        page = opened(context, f"{base}/lab/index.html?path=01_linear_classifier.ipynb", asked)
        page.locator(".jp-DirListing-item").nth(len(NOTEBOOKS) - 1).wait_for()
        names = page.locator(".jp-DirListing-itemName").all_inner_texts()
        assert sorted(names) == NOTEBOOKS
        picture = page.locator(".jp-NotebookPanel .jp-RenderedImage img").first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth; }") > 300

        index = page.evaluate("async path => (await fetch(path)).json()", f"{base}/pypi/all.json")
        (release,) = index["lectureutils"]["releases"].values()
        digest = page.evaluate(FETCHED, f"{base}/pypi/{release[0]['url']}")
        assert digest == release[0]["digests"]["sha256"] == locked(sites.published)["lectureutils"]["sha256"]
        wait_until(lambda: foreign(asked), "the kernel did not ask for Pyodide")
        wait_until(lambda: "could not be loaded" in page.locator("#lu-python").inner_text(), "nobody says so")
        versions = "async () => { const { fingerprint } = await import('./copies.js'); return fingerprint; }"
        assert page.evaluate(f"async given => ((f) => given.map(f))(await ({versions})())",
                             [json.loads((ROOT / "notebooks" / name).read_text("utf-8"))["cells"] for name in NOTEBOOKS]
                             ) == list(lite_page.given(ROOT / "notebooks").values())  # fmt: skip
    assert foreign(asked) == {kernel_settings(sites.published)["loadPyodideOptions"]["indexURL"] + "pyodide.mjs"}


def test_the_beginning_of_a_notebook_can_be_read_before_jupyterlab_is_there(sites, chromium):
    with served(sites.published) as base, chromium.new_context() as context:
        context.route("**/bundle.js*", lambda route: None)  # it never comes
        page = opened(context, f"{base}/lab/index.html?path=03_regularization.ipynb", [])
        page.get_by_role("heading", name="Fitting well is not the same").wait_for()
        assert page.locator("#lu-opening svg").count() > 2 and "$" not in page.locator("#lu-opening").inner_text()
        said = page.locator("#lu-opening .lu-loading")
        wait_until(
            lambda: re.match(r"JupyterLab is loading: [\d.]+ of 8\.0 MB", said.inner_text()), "how much is not said"
        )


def test_a_link_to_a_cell_opens_its_notebook_there(sites, chromium):
    notebook = json.loads((ROOT / "notebooks" / "01_linear_classifier.ipynb").read_text(encoding="utf-8"))
    number = max(number for number, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
    there = at_cell("lab/index.html?path=01_linear_classifier.ipynb", notebook["cells"][number]["id"])
    with served(sites.published) as base, chromium.new_context() as context:
        page = opened(context, f"{base}/{there}", [])
        cell = page.locator(f".jp-NotebookPanel .jp-Cell[data-windowed-list-index='{number}'].jp-mod-active")
        cell.wait_for()
        wait_until(lambda: cell.evaluate("it => it.getBoundingClientRect().top < innerHeight"), "it is far below")


SAVE = """async ([name, text]) => {
  await jupyterapp.restored;
  const { contents } = jupyterapp.serviceManager;
  const { content } = await contents.get(name, { content: true });
  const code = content.cells.filter(({ cell_type }) => cell_type === 'code');
  code[0].outputs = [{ output_type: 'stream', name: 'stdout', text: 'it ran' }];
  if (text) code[0].source = text;
  await contents.save(name, { type: 'notebook', format: 'json', content });
}"""
FIRST_CODE = """async name => {
  const { content } = await jupyterapp.serviceManager.contents.get(name, { content: true });
  return content.cells.filter(({ cell_type }) => cell_type === 'code').map(it => [it.source].flat().join(''))[0];
}"""


def fulfil(notebook: dict, route: Route) -> None:
    route.fulfill(json=notebook)


def test_a_new_version_takes_the_place_of_a_copy_in_which_nothing_was_written(sites, chromium):
    changed, run_only = "05_gradient_descent.ipynb", "06_what_goes_wrong.ipynb"
    newer = {}
    for name in (changed, run_only):
        newer[name] = json.loads((ROOT / "notebooks" / name).read_text("utf-8"))
        next(it for it in newer[name]["cells"] if it["cell_type"] == "code")["source"] = "print('newer')"
    with served(sites.published) as base, chromium.new_context() as context:
        page = opened(context, f"{base}/lab/index.html?path={changed}", [])
        page.wait_for_function("() => window.jupyterapp", polling=POLL)
        page.evaluate(SAVE, [changed, "print('mine')"])
        page.evaluate(SAVE, [run_only, ""])
        about = json.loads((sites.published / "static" / "about.json").read_text("utf-8"))
        about["given"] |= {name: lite_page.fingerprint(notebook) for name, notebook in newer.items()}
        context.route("**/static/about.json", lambda route: route.fulfill(json=about))
        for name, notebook in newer.items():
            context.route(f"**/files/{name}*", functools.partial(fulfil, notebook))
        page.goto(f"{base}/lab/index.html?path={changed}&again")
        page.wait_for_function("() => window.jupyterapp", polling=POLL)
        page.evaluate("() => jupyterapp.restored")
        assert page.evaluate(FIRST_CODE, run_only) == "print('newer')"
        assert page.evaluate(FIRST_CODE, changed) == "print('mine')"
        page.get_by_text(f"There is a new version of {changed}").wait_for()
        page.get_by_role("button", name="Get the new one").click()
        page.locator(".jp-NotebookPanel:visible .jp-CodeCell", has_text="newer").wait_for()
        assert page.evaluate(FIRST_CODE, changed) == "print('newer')"
        assert page.evaluate(FIRST_CODE, f"my_{changed}") == "print('mine')"


IMPORTS = """
import ast, importlib, pathlib, sys, lectureutils
named = set()
for path in pathlib.Path(lectureutils.__file__).parent.rglob("*.py"):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            named.add(node.module)
for name in sorted(named):
    if name.split(".")[0] in sys.stdlib_module_names:
        importlib.import_module(name)
        print(name)
"""
RUN = """
from lectureutils.asked import current_run
run = current_run()
print(bool(run.cell and run.request))
"""
WIDGET = """
import anywidget
class Hello(anywidget.AnyWidget):
    _esm = "export default { render: ({ el }) => { el.textContent = 'drawn by anywidget'; } }"
Hello()
"""
PROBE = [
    f"{install(address())}\nimport sys", "print(sys.platform)",
    "from lectureutils import environment\nenvironment.check()", IMPORTS, RUN,
    "import ipywidgets\nipywidgets.IntSlider(7, description='a slider')", WIDGET,
]  # fmt: skip
OUTPUTS = "() => lab.panel.content.widgets.map(cell => cell.model.outputs.toJSON())"
OPEN = """async content => {
  await jupyterapp.restored;
  await jupyterapp.serviceManager.contents.save('probe.ipynb', { type: 'notebook', format: 'json', content });
  await jupyterapp.commands.execute('docmanager:open', { path: 'probe.ipynb' });
}"""
RUN_ALL = """() => {
  const panel = jupyterapp.shell.currentWidget;
  window.lab = { panel, kernel: panel.sessionContext.session.kernel };
  jupyterapp.commands.execute('notebook:run-all-cells');
}"""


def test_a_kernel_starts_from_the_site_itself_and_runs_what_needs_no_numpy(sites, chromium):
    cells = [make.new_code_cell(code) for code in PROBE]
    asked = []
    with served(sites.served) as base, chromium.new_context() as context:
        page = opened(context, f"{base.replace('127.0.0.1', SCHOOL)}/lab/index.html", asked)
        page.wait_for_function("() => window.jupyterapp", polling=POLL)
        assert not page.evaluate("isSecureContext")
        page.evaluate(OPEN, make.new_notebook(metadata=METADATA, cells=cells))
        page.wait_for_function(script("ready"), polling=POLL)
        page.evaluate(RUN_ALL)
        page.wait_for_function(script("ran"), polling=POLL)
        line, platform, report, modules, run, *_ = page.evaluate(OUTPUTS)
        assert line == []
        assert platform[0]["text"] == "emscripten\n"
        said = report[0]["data"]["text/plain"]
        assert said.startswith("3 thing(s) to mend")
        assert set(re.findall(r"- (\w+) is missing", said)) == {"numpy", "matplotlib", "pillow"}
        assert [output["output_type"] for output in modules] == ["stream"]
        assert {"threading", "importlib", "dataclasses"} <= set(modules[0]["text"].split())
        assert run[0]["text"] == "True\n"
        page.locator(".widget-slider .widget-label", has_text="a slider").wait_for()
        page.locator(".jp-OutputArea-output", has_text="drawn by anywidget").wait_for()
    assert foreign(asked) == set()
