"""A markdown text in its blocks: paragraphs, lists, tables, formulas, headings."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark").enable("table")
KINDS = {"bullet_list_open": "list", "ordered_list_open": "list", "table_open": "table", "html_block": "html"}


@dataclass
class Block:
    """A paragraph, list, table, formula or heading of a text."""

    kind: str
    text: str


def blocks(source: str) -> list[Block]:
    """Cut a markdown text into its blocks."""
    lines = source.split("\n")
    starts = [token for token in PARSER.parse(source) if token.level == 0 and token.map and token.nesting >= 0]
    return [_block(token.type, "\n".join(lines[slice(*token.map)]).strip()) for token in starts]


def _block(token: str, text: str) -> Block:
    if token == "paragraph_open":
        return Block("math" if text.startswith("$$") else "prose", text)
    return Block("heading" if token == "heading_open" else KINDS.get(token, "other"), text)


def items(text: str) -> list[str]:
    """Cut a list into its items."""
    return re.split(r"\n(?=[-*] |\d+\. )", text)
