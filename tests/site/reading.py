"""Reads the pages of a built site: what each one links to, which anchors it has, and what its pictures say."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("embed", "src")}


@dataclass
class Element:
    """A start tag: its name and attributes, and the ids of the elements around it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


@dataclass
class Page:
    """One page of the site."""

    path: Path
    root: Path
    elements: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def anchors(self) -> set[str]:
        return {element.attributes["id"] for element in self.elements if "id" in element.attributes} | {"", "top"}

    def all(self, tag: str, css_class: str | None = None) -> list[Element]:
        return [it for it in self.elements if it.tag == tag and (css_class is None or it.has_class(css_class))]

    def links(self) -> list[str]:
        """Give every address that the page names."""
        found = (element.attributes.get(name) for element in self.elements for name in ("href", "src"))
        return [address for address in found if address is not None]

    def loads(self) -> list[str]:
        """Give the addresses that a browser fetches without being asked."""
        return [element.attributes[name] for element in self.elements for name in ("src", "href")
                if name in element.attributes
                and ((element.tag, name) in LOADED or element.tag == "link" and _fetched(element))]  # fmt: skip

    def target(self, address: str) -> tuple[Path, str]:
        """Give file and anchor that a link within the site leads to."""
        parts = urlsplit(address)
        start = self.root if parts.path.startswith("/") else self.path.parent
        path = (start / unquote(parts.path).lstrip("/")).resolve() if parts.path else self.path
        return (path / "index.html" if path.is_dir() else path), unquote(parts.fragment)


def _fetched(element: Element) -> bool:
    kinds = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}
    return bool(kinds & set(element.attributes.get("rel", "").split()))


def is_local(address: str) -> bool:
    """Tell whether an address is one of a file beside the page."""
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


class _Reader(HTMLParser):
    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self, page: Page):
        super().__init__()
        self.page, self.open = page, []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        around = tuple(name for _tag, name in self.open if name)
        element = Element(tag, {name: value or "" for name, value in attributes}, around)
        self.page.elements.append(element)
        if tag not in self.VOID:
            self.open.append((tag, element.attributes.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if any(it[0] == tag for it in self.open):
            while self.open.pop()[0] != tag:
                pass


def read(path: Path, root: Path) -> Page:
    """Read one page."""
    page = Page(path, root)
    _Reader(page).feed(path.read_text(encoding="utf-8"))
    return page
