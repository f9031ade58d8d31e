"""The site to read, built by the command that make uses: whole on the disk first, then in a real browser.

Nothing here leaves the machine: a page that asks another host for anything fails.
"""

import ast
import gzip
import json
import re
import subprocess
import sys
from html import escape, unescape
from pathlib import Path
from urllib.parse import parse_qs

import handmade
import nbformat
import pytest
from moving import standing_still, wake
from playwright.sync_api import sync_playwright
from reading import is_local, read
from serving import served

from tools import browser
from tools.addresses import ROOT, address, launches, site
from tools.cells import question
from tools.glossary import glossary, plain
from tools.home import KINDS, OPENING
from tools.lab.page import FLAGS, violations

PYTHON = Path(f"{sys.prefix}-site", "bin", "python")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MODULES = sorted((ROOT / "lectureutils").rglob("*.py"))
LIVE = ROOT / "lectureutils" / "live"
RECORDED = ["00_start_here/line", "/".join(OPENING)]
LOOKED_AT = ["index", "notebooks/00_start_here", "docs/api/lectureutils.losses", "docs/errata"]
names = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the site as make does, with a few figures recorded, into a folder of its own; a warning is an error."""
    folder = tmp_path_factory.mktemp("pages")
    subprocess.run([sys.executable, "-m", "tools.recorded", "--only", RECORDED[0], "--out", folder / "recordings"],
                   cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    add_by_hand(folder / "recordings", RECORDED[1])
    out = folder / "site"
    done = subprocess.run([PYTHON, "-m", "tools.site", "--out", out, "--recordings", folder / "recordings"],
                          cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def add_by_hand(recordings: Path, name: str) -> None:
    """Put a recording made by hand in the place of a notebook's figure: the notebook need not run for it."""
    stem, word = name.split("/")
    made = f"figures.{word.capitalize()}Figure("
    (cell,) = [it for it in cells(ROOT / "notebooks" / f"{stem}.ipynb", "code") if made in "".join(it["source"])]
    picture = next(number for number, output in enumerate(cell["outputs"]) if "image/png" in output.get("data", {}))
    handmade.write(recordings, handmade.sample() | {"figure": name})
    index = json.loads((recordings / "index.json").read_text(encoding="utf-8"))
    index[stem] = [{"figure": name, "cell": cell["id"], "output": picture}]
    (recordings / "index.json").write_text(json.dumps(index), encoding="utf-8")


@pytest.fixture(scope="module")
def pages(built):
    found = [read(path, built) for path in built.rglob("*.html") if "_static" not in path.parts]
    return {page.name.removesuffix(".html"): page for page in found}


def cells(notebook: Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def sentences(notebook: Path) -> list[str]:
    """Give the sentence beside each picture that a notebook holds."""
    shown = [output["data"] for cell in cells(notebook, "code") for output in cell["outputs"] if "data" in output]
    return ["".join(data["text/plain"]) for data in shown if "image/png" in data]


# On the disk


def test_every_link_within_the_site_leads_somewhere(pages):
    broken = []
    for page in pages.values():
        for link in filter(is_local, page.links()):
            path, anchor = page.target(link)
            name = path.relative_to(page.root).as_posix() if path.is_relative_to(page.root) else "outside"
            if name == "lite/lab/index.html":  # JupyterLite, which is built on its own
                there = (ROOT / "notebooks" / link.split("?path=")[1]).is_file()
            elif name.startswith(
                tuple(f"{kind}/" for kind in KINDS.values())
            ):  # made by tools.slides and tools.handout
                there = (ROOT / "notebooks" / f"{path.stem}.ipynb").is_file()
            elif path.suffix == ".html" and name.removesuffix(".html") in pages:
                there = anchor in pages[name.removesuffix(".html")].anchors
            else:
                there = name != "outside" and path.is_file()
            if not there:
                broken.append(f"{page.name}: {link}")
    assert broken == []


def test_no_page_fetches_anything_from_another_host(pages):
    foreign = [(page.name, link) for page in pages.values() for link in page.loads() if not is_local(link)]
    assert [it for it in foreign if not it[1].startswith("data:")] == []


def test_links_to_other_hosts_start_with_https(pages):
    for page in pages.values():
        outward = [link for link in page.links() if not is_local(link)]
        assert [link for link in outward if not link.startswith(("https://", "data:", "mailto:"))] == [], page.name


def test_every_picture_has_a_text_alternative(pages):
    for page in pages.values():
        for picture in page.all("img"):
            assert picture.attributes.get("alt", "").strip(), f"{page.name}: {picture.attributes}"


@names
def test_a_figure_shows_its_picture_and_its_sentence(pages, built, notebook):
    page = pages[f"notebooks/{notebook.stem}"]
    figures, wanted = page.all("figure"), [" ".join(it.split()) for it in sentences(notebook)]
    pictures = [it for it in page.all("img") if it.attributes["src"].startswith(f"../figures/{notebook.stem}/")]
    assert [picture.attributes["alt"] for picture in pictures] == wanted
    assert len({picture.attributes["src"] for picture in pictures}) == len(figures) == len(wanted)
    text = page.path.read_text(encoding="utf-8")
    assert re.findall("<figcaption>(.*?)</figcaption>", text) == [escape(it, quote=False) for it in wanted]
    assert text.count('<a href="#live">Make it move</a>') == len(pictures)
    names = [figure.attributes["data-figure"] for figure in figures if figure.has_class("lu-recorded")]
    assert names == [name for name in RECORDED if name.startswith(notebook.stem)]
    assert all((built / "recordings" / f"{name}{kind}").stat().st_size for name in names for kind in (".js", ".gif"))


def test_a_page_has_the_picture_that_is_sent_around_with_its_address(pages, built):
    for name in ("index", *(f"notebooks/{path.stem}" for path in NOTEBOOKS)):
        about = {it.attributes.get("property"): it.attributes.get("content", "") for it in pages[name].all("meta")}
        assert about["og:title"] and len(about["og:description"]) > 60, name
        assert (built / about["og:image"].removeprefix(site(address()))).stat().st_size > 5_000, name
        assert about["og:image:alt"], name


@names
def test_a_question_is_there_to_be_answered_and_its_code_is_not(pages, notebook):
    page = pages[f"notebooks/{notebook.stem}"]
    text = page.path.read_text(encoding="utf-8")
    asked = [found for cell in nbformat.read(notebook, as_version=4).cells if (found := question(cell))]
    assert len(page.all("form", "lu-question")) == len(asked) > 0
    for one in asked:
        assert f"<b>Predict first.</b> {escape(one.text, quote=False)}</legend>" in text
        assert all(f"<span>{escape(choice, quote=False)}</span></label>" in text for choice in one.choices)
        assert all(f"<span>{escape(reason, quote=False)}</span></p>" in text for reason in one.choices.values())
    assert '<span class="n">predict</span><span class="p">(' not in text and "it holds the answer" not in text


@names
def test_what_is_folded_in_the_notebook_is_folded_here(pages, notebook):
    page = pages[f"notebooks/{notebook.stem}"]
    folds = page.all("details")
    code = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    hidden = [cell for cell in code if cell.metadata.get("jupyter", {}).get("source_hidden") and not question(cell)]
    text = "".join("".join(cell["source"]) for cell in cells(notebook, "markdown"))
    assert len([fold for fold in folds if fold.has_class("hide")]) == len(hidden)
    ours = [fold for fold in folds if not fold.has_class("hide") and not fold.has_class("lu-reasons")]
    assert len(ours) == text.count("<details>")
    assert not [fold for fold in folds if "open" in fold.attributes]


@names
def test_python_in_the_page_knows_its_cells(pages, built, notebook):
    """Each code cell of the notebook, as it is written there, by the name that it has in the page."""
    told = json.loads((built / "python" / f"{notebook.stem}.json").read_text(encoding="utf-8"))
    code = cells(notebook, "code")
    assert [(it["id"], it["source"]) for it in told] == [(cell["id"], "".join(cell["source"])) for cell in code]
    assert {it["kind"] for it in told} == {"setup", "question", "code"}
    asked = [
        cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code" and question(cell)
    ]
    assert [it["id"] for it in told if it["kind"] == "question"] == [cell.id for cell in asked]
    there = pages[f"notebooks/{notebook.stem}"].all("div", "cell")
    assert [it["id"] for it in told if not any(node.has_class(f"tag_lu-{it['id']}") for node in there)] == []
    sections = [it["section"] for it in told]
    assert sections == sorted(sections) and sections[-1] > 2


@names
def test_a_notebook_opens_live_in_three_places(pages, notebook):
    """Below the title and in the bar at the top; JupyterLite is a part of this site, so its link stays within."""
    page = pages[f"notebooks/{notebook.stem}"]
    ways = launches(address(), f"notebooks/{notebook.name}").values()
    wanted = [way.replace(site(address()), "../") for way in ways]
    below_the_title = [it.attributes["href"] for it in page.all("a") if "live" in it.inside]
    assert below_the_title == wanted
    in_the_bar = [it.attributes["href"] for it in page.all("a", "dropdown-item") if it.attributes["href"] in wanted]
    assert in_the_bar == wanted


@names
def test_each_section_asks_for_its_mistakes_with_the_place_filled_in(pages, notebook):
    text = pages[f"notebooks/{notebook.stem}"].path.read_text(encoding="utf-8")
    titles = [
        unescape(re.sub("<.*?>", "", it)).strip("#\uf0c1 ")
        for it in re.findall(r"<h2>(.*?)<a class=\"headerlink", text)
    ]
    links = [unescape(it) for it in re.findall(r'<p class="lu-report"><a href="([^"]+)">Report a mistake</a>', text)]
    assert len(links) == len(titles) > 3
    for title, link in zip(titles, links, strict=True):
        start, _, query = link.partition("?")
        asked = {key: value for key, (value,) in parse_qs(query, strict_parsing=True).items()}
        assert start == f"{address()}/issues/new" and asked["title"].startswith(f"{notebook.stem}: ")
        assert f"Page: notebooks/{notebook.stem}\n" in asked["body"]
        assert f"Source: notebooks/src/{notebook.stem}.py\n" in asked["body"] and "\nSection: " in asked["body"]
        assert "$" in asked["title"] or "\\" in title or asked["title"].removeprefix(f"{notebook.stem}: ") == title


def test_a_term_shows_its_sentence_where_it_was_explained_before_and_leads_to_the_glossary(pages):
    entries = {term.anchor: term for term in glossary().values()}
    assert {it for it in pages["docs/glossary"].anchors if it.startswith("term-")} == set(entries)
    for path in NOTEBOOKS:
        text = pages[f"notebooks/{path.stem}"].path.read_text(encoding="utf-8")
        shown = re.findall(
            r'<a class="lu-term" href="../docs/glossary.html#([^"]+)" data-says="([^"]*)">([^<]+)</a>', text
        )
        explained = re.findall(
            r'<strong id="(term-[^"]+)"><a class="lu-explained" href="../docs/glossary.html#\1">', text
        )
        assert set(explained) == {anchor for anchor, term in entries.items() if term.stem == path.stem}
        assert len(shown) > 5 or path.stem < "02"
        for anchor, said, word in shown:
            term = entries[anchor]
            assert unescape(said) == plain(term.said) and word.lower() in (term.word.lower(), f"{term.word.lower()}s")
            assert term.stem < path.stem or text.index(f'id="{anchor}"') < text.index(f'#{anchor}" data-says')


def test_notebooks_stand_in_their_order(pages):
    stems = [path.stem for path in NOTEBOOKS]
    for n, stem in enumerate(stems):
        (after,) = [it.attributes["href"] for it in pages[f"notebooks/{stem}"].all("a", "right-next")]
        before = [it.attributes["href"] for it in pages[f"notebooks/{stem}"].all("a", "left-prev")]
        if n + 1 < len(stems):
            assert after == f"{stems[n + 1]}.html"
        assert before == [f"{stems[n - 1]}.html" if n else "../index.html"]


def public(path: Path) -> list[str]:
    """Give the full names of the functions and classes that a module defines with a docstring."""
    module = ".".join(part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__")
    found = [it for it in ast.parse(path.read_text(encoding="utf-8")).body
             if isinstance(it, ast.FunctionDef | ast.ClassDef)]  # fmt: skip
    return [f"{module}.{it.name}" for it in found if not it.name.startswith("_") and ast.get_docstring(it)]


def test_the_reference_has_everything_that_is_public(pages):
    """Each function and class has its place; of lectureutils.live, which is one page, what the package offers."""
    anchors = {anchor for name, page in pages.items() if name.startswith("docs/api/") for anchor in page.anchors}
    listed = "".join(page.path.read_text(encoding="utf-8") for name, page in pages.items() if "/api/" in name)
    wanted = [name for path in MODULES if path.parent.name != "live" for name in public(path)]
    offered = re.findall(r'^    "(\w+)",$', (LIVE / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE)
    defined = {name.split(".")[-1] for path in LIVE.glob("*.py") for name in public(path)}
    wanted += [f"lectureutils.live.{name}" for name in offered if name in defined]
    exercises = {name for name in wanted if f'">{name.split(".")[-1]}</span></code>: ' in listed}
    assert len(wanted) > 200 and set(wanted) - exercises <= anchors, sorted(set(wanted) - exercises - anchors)


# In a browser


@pytest.fixture(scope="module")
def origin(built):
    with served(built) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def window(origin):
    """Open one window for all tests: what it has loaded once it need not load again. It finds no host but this one."""
    nobody = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.get(), headless=True, args=[*FLAGS, nobody])
        window, wrong = chromium.new_page(base_url=origin), []
        window.on("request", lambda request: is_foreign(request.url, origin) and wrong.append(f"asks {request.url}"))
        window.on("response", lambda answer: answer.status >= 400 and wrong.append(f"{answer.status} {answer.url}"))
        window.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        window.on("console", lambda said: said.type == "error" and wrong.append(f"console: {said.text}"))
        yield window, wrong
        chromium.close()


def is_foreign(url: str, origin: str) -> bool:
    return not url.startswith((origin, "data:", "blob:"))


@pytest.fixture
def reader(window):
    """Give the window, as a new reader's; afterwards it has asked no other host, missed no file, and met no error."""
    page, wrong = window
    page.set_viewport_size({"width": 1300, "height": 900})
    page.emulate_media(color_scheme="light")
    yield page
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    met, wrong[:] = wrong[:], []
    assert met == []


@names
def test_formulas_are_drawn(reader, notebook):
    """The page brings them along: seen, in the colour of the text, and as MathML for those who listen."""
    reader.goto(f"notebooks/{notebook.stem}.html")
    wanted = reader.locator("span.math, div.math")
    source = "".join("".join(cell["source"]) for cell in cells(notebook, "markdown"))
    assert (wanted.count() > 0) == bool(re.search(r"\$[^$]+\$", source))
    faults = wanted.evaluate_all("""found => found.filter(it => {
      const [drawing, listened] = [it.querySelector('svg > g'), it.querySelector('mjx-assistive-mml')];
      const glyphs = [...it.querySelectorAll('use')].map(use => document.querySelector(use.getAttribute('xlink:href')));
      return !(drawing.getBBox().width > 0 || !it.checkVisibility()) || !listened.querySelector('math')
        || listened.getBoundingClientRect().width > 1 || !glyphs.every(glyph => glyph?.matches('.lu-glyphs path'));
    }).map(it => it.outerHTML)""")
    assert faults == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1366, "light")])
def test_a_recorded_figure_moves(reader, width, scheme):
    reader.set_viewport_size({"width": width, "height": 800})
    reader.emulate_media(color_scheme=scheme)
    reader.goto("notebooks/00_start_here.html")
    assert standing_still(reader, reader.locator("figure.lu-recorded")) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_page_opens_with_a_figure_that_plays(reader):
    reader.goto("index.html")
    opening = reader.locator("figure.lu-recorded")
    assert wake(reader, opening) == "ready"
    reader.wait_for_function("figure => figure.querySelector('figcaption').textContent.includes('step is 5')",
                             arg=opening.element_handle())  # fmt: skip
    assert opening.get_by_role("button", name="Play").is_visible()


def test_a_figure_has_a_page_of_its_own(reader, built):
    reader.goto(f"figures/{RECORDED[0]}.html")
    assert standing_still(reader, reader.locator("figure.lu-recorded")) == []
    notebook = reader.get_by_role("link", name="00 Start here").get_attribute("href")
    assert (built / "figures" / RECORDED[0]).parent.joinpath(notebook).resolve().exists()


@pytest.mark.parametrize(("width", "there"), [(1366, "beside"), (390, "below")])
def test_on_its_page_a_figure_has_its_controls_beside_it_where_there_is_room(window, built, width, there):
    page = window[0].context.browser.new_page(viewport={"width": width, "height": 657})
    page.goto((built / "figures" / f"{RECORDED[0]}.html").as_uri())
    assert wake(page, page.locator("figure.lu-recorded")) == "ready"
    card, panel = (page.locator(name).bounding_box() for name in (".lu-card", ".lu-panel"))
    assert (panel["x"] >= card["x"] + card["width"]) == (there == "beside")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_question_can_be_answered(reader):
    reader.goto("notebooks/00_start_here.html")
    question = reader.locator("form.lu-question").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Reveal").click()
    assert question.get_by_role("status").inner_text().strip()


def test_answers_are_remembered_in_this_browser_and_one_button_forgets_them(reader):
    reader.goto("notebooks/00_start_here.html")
    row = reader.locator("table.lu-map tr[data-notebook='00_start_here']")
    forget = reader.get_by_role("button", name="Forget my answers")
    assert "0 of 1 question" in row.inner_text() and "3 exercises" in row.inner_text() and forget.is_hidden()
    assert "go on here" in row.inner_text()
    question = reader.locator("form.lu-question").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Reveal").click()
    said = question.get_by_role("status").inner_text()
    reader.reload()
    question = reader.locator("form.lu-question").first
    reader.wait_for_function("said => document.querySelector('form.lu-question [role=status]').innerText === said",
                             arg=said)  # fmt: skip
    assert question.get_by_role("radio").first.is_checked()
    assert "1 of 1 question" in row.inner_text() and "go on here" not in row.inner_text()
    onward = reader.locator("table.lu-map").get_by_role("link", name="go on here")
    assert onward.get_attribute("href") == "01_linear_classifier.html"
    forget.click()
    assert "0 of 1 question" in row.inner_text()
    reader.reload()
    assert not question.get_by_role("radio").first.is_checked() and question.get_by_role("status").inner_text() == ""


def test_the_site_works_from_a_disk_and_without_scripts(window, built):
    """A copy on a stick: figures move; where no script may run, picture and sentence stand there, and the way on."""
    page = window[0].context.browser.new_page()
    page.goto((built / "notebooks" / "00_start_here.html").as_uri())
    assert standing_still(page, page.locator("figure.lu-recorded")) == []
    page.close()
    page = window[0].context.browser.new_page(java_script_enabled=False)
    page.goto((built / "notebooks" / "00_start_here.html").as_uri())
    figure = page.locator("figure.lu-recorded")
    assert figure.locator("img").is_visible() and figure.locator("figcaption").inner_text().startswith("The line")
    assert page.get_by_role("link", name="Make it move").first.is_visible()
    page.close()


def test_a_wrong_formula_is_named(tmp_path):
    """The build ends with the formula that MathJax can't read, and with what is wrong about it."""
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "tools.formulas"]\nhtml_math_renderer = "drawn"\n'
        'myst_enable_extensions = ["dollarmath"]', encoding="utf-8")  # fmt: skip
    (source / "index.md").write_text("# A page\n\n$x^2$ and $\\frac{1}{2$\n", encoding="utf-8")
    done = subprocess.run([PYTHON, "-m", "sphinx", "-q", source, out], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert r"Missing close brace in the formula \frac{1}{2" in done.stderr


def test_every_icon_has_a_picture(reader):
    """The theme names Font Awesome's icons; those on our pages are drawn by icons.css."""
    for name in LOOKED_AT:
        reader.goto(f"{name}.html")
        named = reader.locator("[class*='fa-']").evaluate_all(
            "all => all.map(it => [it.className, getComputedStyle(it).maskImage.startsWith('url(\"data:image/svg')])"
        )
        assert len(named) > 5 and [icon for icon, drawn in named if not drawn] == [], name
    reader.locator(".article-header-buttons .fa-github").wait_for()


def test_a_question_looks_like_text_with_a_choice_a_line(reader):
    reader.goto("notebooks/08_backpropagation.html")
    looks = reader.locator("form.lu-question").evaluate_all("""forms => forms.map(it => {
      const size = what => getComputedStyle(what).fontSize;
      const tops = [...it.querySelectorAll('label')].map(label => label.getBoundingClientRect().top);
      return [size(it.querySelector('legend')) === size(it), new Set(tops).size === tops.length];
    })""")
    assert looks and all(look == [True, True] for look in looks)


# Kilobytes, compressed as hosts do it, of all that a page loads but its pictures and recordings.
MOST = 150


@pytest.mark.parametrize("name", ["index", *(f"notebooks/{path.stem}" for path in NOTEBOOKS)])
def test_a_page_is_light(reader, built, name):
    """Pages took a megabyte, most of it for icons and formulas. What is asked for counts, even if in the cache.

    Pictures and recordings come when they are near the window.
    """
    reader.goto(f"{name}.html", wait_until="networkidle")
    asked = reader.evaluate("""['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
      .filter(it => it.name.startsWith('http')).map(it => new URL(it.name).pathname.slice(1))""")
    texts = {it for it in asked if not it.endswith((".png", ".webp")) and not it.startswith("recordings/")}
    weighed = {it: len(gzip.compress((built / it).read_bytes())) for it in texts}
    assert len(weighed) > 5 and sum(weighed.values()) < 1000 * MOST, sorted(weighed.items(), key=lambda it: -it[1])


# A word of each notebook's own text, by its number. The index keeps stems: "landscap".
WORDS = {"00": "projector", "01": "photograph", "02": "outlier", "03": "celsius", "04": "blindfold", "05": "plateau",
         "06": "landscape", "07": "membrane", "08": "downstream", "09": "rectangle", "10": "patience"}  # fmt: skip


@names
def test_search_knows_each_notebook_by_a_word_of_its_own(built, notebook):
    text = (built / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    word = WORDS[notebook.stem[:2]]
    found = [index["terms"][stem] for stem in (word, word[:-1]) if stem in index["terms"]]
    assert found, f"the index does not know {word!r}"
    places = [index["docnames"][at] for at in (found[0] if isinstance(found[0], list) else found)]
    assert f"notebooks/{notebook.stem}" in places


def test_search_finds_the_softmax(reader):
    reader.goto("index.html")
    reader.keyboard.press("Control+k")
    reader.keyboard.type("softmax")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search.html?q=softmax*")
    found = reader.locator("#search-results li a")
    found.first.wait_for()
    reader.get_by_text("Search finished").wait_for()
    targets = found.evaluate_all("links => links.map(it => it.getAttribute('href').split(/[?#]/)[0])")
    assert {"notebooks/02_loss_functions.html", "docs/api/lectureutils.losses.html"} <= set(targets)
    reader.goto("search.html?q=zzyzx")
    reader.get_by_text("did not match any documents").wait_for()
    assert found.count() == 0


WHITE = "rgb(255, 255, 255)"


def background(page, selector: str) -> str:
    return page.locator(selector).first.evaluate("it => getComputedStyle(it).backgroundColor")


def test_the_switch_makes_it_dark_and_pictures_stay_white(reader):
    reader.goto("notebooks/02_loss_functions.html")
    assert background(reader, "body") == WHITE
    reader.get_by_role("button", name="Color mode").locator("visible=true").click()
    reader.get_by_role("button", name="Dark", exact=True).locator("visible=true").click()
    dark = background(reader, "body")
    assert max(map(int, re.findall(r"\d+", dark))) < 60
    assert background(reader, "figure img") == WHITE
    reader.goto("docs/errata.html")
    assert background(reader, "body") == dark, "the next page forgets it"


@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(reader, name, scheme):
    reader.emulate_media(color_scheme=scheme)
    reader.goto(f"{name}.html")
    assert reader.locator("html").get_attribute("data-theme") == scheme
    assert [(it["id"], it["help"], [node["html"][:200] for node in it["nodes"]][:5])
            for it in violations(reader) if it["impact"] in ("serious", "critical")] == []  # fmt: skip


@pytest.mark.parametrize("name", LOOKED_AT)
def test_no_page_scrolls_sideways_on_a_narrow_screen(reader, name):
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{name}.html")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_setup_cell_s_long_line_wraps(reader):
    reader.goto("notebooks/01_linear_classifier.html")
    wide = "cells => cells.map(cell => cell.scrollWidth - cell.clientWidth)"
    assert reader.locator("div.cell.tag_setup div.cell_input pre").evaluate_all(wide) == [0]


def test_text_stands_below_a_picture_and_not_beside_it(reader):
    reader.set_viewport_size({"width": 900, "height": 1000})
    reader.goto("notebooks/01_linear_classifier.html")
    beside = """figure => {
      const next = figure.closest('.cell').nextElementSibling;
      return next && next.getBoundingClientRect().top < figure.getBoundingClientRect().bottom;
    }"""
    figures = reader.locator("figure").all()
    assert len(figures) > 3
    assert [n for n, figure in enumerate(figures) if figure.evaluate(beside)] == []
