"""How the class voted: the hands counted in the room before and after the talk, in a deck's votes-*.csv."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

COLUMNS = ("id", "question", "letter", "choice", "right", "before", "after")
MOST = 100_000
CSS = """
.vote td { vertical-align: middle } .vote td:last-child { width: 45% } .vote small { margin-left: .4em }
.vote i { display: inline-block; height: .8em; border: 1px solid; box-sizing: border-box }
.vote .before { background: repeating-linear-gradient(45deg, #9aa0a6 0 4px, transparent 4px 8px) }
.vote .after { background: #0072b2 }
"""


@dataclass(frozen=True)
class Vote:
    """A question's votes: for each choice its letter and text, whether it is right, and the hands before and after."""

    name: str
    question: str
    choices: tuple[tuple[str, str, bool, int, int], ...]

    def share(self, after: bool) -> float | None:
        """Return the share of right votes in a round; None where nobody voted."""
        counts = [choice[3 + after] for choice in self.choices]
        right = sum(choice[3 + after] for choice in self.choices if choice[2])
        return right / sum(counts) if sum(counts) else None


def read(paths: Iterable[Path]) -> tuple[list[Vote], list[str]]:
    """Read saved votes; return them by the questions' names, and a sentence for each file that is none.

    Votes on the same question from several files, of two classes for example, are added up.
    """
    found: dict[str, dict[str, list]] = {}
    asked, troubles = {}, []
    for path in sorted(paths):
        try:
            for row in _rows(path):
                kept = found.setdefault(row["id"], {}).setdefault(
                    row["letter"], [row["choice"], row["right"] != "", 0, 0]
                )
                kept[2] += _count(row["before"])
                kept[3] += _count(row["after"])
                asked[row["id"]] = row["question"]
        except (OSError, ValueError, csv.Error) as error:
            troubles.append(f"{path.name}: no votes of a deck: {error}")
    votes = [Vote(name, asked[name], tuple((letter, *kept) for letter, kept in sorted(choices.items())))
             for name, choices in sorted(found.items())]  # fmt: skip
    return votes, troubles


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"its columns are {reader.fieldnames}, expected {', '.join(COLUMNS)}")
        rows = list(reader)
    for row in rows:
        if None in row.values() or None in row:
            raise ValueError("a row has not as many fields as the table has columns")
        for column in ("before", "after"):
            _count(row[column])
    return rows


def _count(text: str) -> int:
    number = int(text or 0)
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} hands")
    return number


def section(votes: Sequence[Vote]) -> str:
    """Return the part of the page that shows the votes, each question with two bars a choice; empty without votes."""
    if not votes:
        return ""
    return f"<style>{CSS}</style><h2>How the class voted</h2>" + "".join(_shown(vote) for vote in votes)


def _shown(vote: Vote) -> str:
    totals = [sum(choice[3 + after] for choice in vote.choices) for after in (0, 1)]
    rows = "".join(
        f"<tr><td>{escape(letter)} {escape(text)}{' <b>★</b>' if right else ''}</td><td class='b'>"
        + "<br>".join(_bar(kind, count, total)
                      for kind, count, total in zip(("before", "after"), counts, totals, strict=True) if total)
        + "</td></tr>"
        for letter, text, right, *counts in vote.choices
    )  # fmt: skip
    return (f"<h3>{escape(vote.name)}: {escape(vote.question)}</h3><p>{escape(told(vote))}</p>"
            f'<table class="vote"><tbody>{rows}</tbody></table>')  # fmt: skip


def _bar(kind: str, count: int, total: int) -> str:
    share = count / total
    return f'<i class="{kind}" style="width: {70 * share:.0f}%"></i><small>{count} {kind}, {share:.0%}</small>'


def told(vote: Vote) -> str:
    """Say in a sentence how a vote went."""
    rounds = []
    for after, when in enumerate(("before", "after")):
        share = vote.share(bool(after))
        if share is not None:
            rounds.append(
                f"{sum(choice[3 + after] for choice in vote.choices)} votes {when} the talk, {share:.0%} right"
            )
    return "; ".join(rounds) + "." if rounds else "No votes."
