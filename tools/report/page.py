"""Draw a page for the lecturer: how each exercise went, which mistakes were made how often, and what to say to each.

It names no student, so it may be shown to the class. It is one file that needs nothing beside it.
"""

import io
from collections.abc import Sequence
from html import escape

import matplotlib
from matplotlib.figure import Figure

from lectureutils import style
from tools.report.table import Tally

# What a bar is made of: the words, the verdicts, whether a mistake has a name, colour and hatch.
PARTS = (
    ("right", ("right",), style.GREEN, ""),
    ("a mistake with a name", ("wrong", True), style.ORANGE, "///"),
    ("wrong, without a name", ("wrong", False), style.RED, "xx"),
    ("an error, or never ends", ("broken", "stopped"), style.PURPLE, "\\\\"),
    ("not attempted", ("todo", "missing"), style.PALE, ""),
)
OTHERS_SHOWN = 5

CSS = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
figure { margin: 1rem 0; overflow-x: auto } svg { max-width: 100%; height: auto; background: #fff }
table { border-collapse: collapse; width: 100% } td, th { padding: .2rem .5rem; text-align: left; vertical-align: top }
td.n { text-align: right; width: 3rem; font-variant-numeric: tabular-nums } td.b { width: 30% }
.bar { height: 1em; margin-top: .25em; background: #e69f00; border: 1px solid #6b6b6b; box-sizing: border-box }
h2 { margin-top: 2.5rem }
"""


def page(counted: Sequence[Tally], students: int, troubles: int, voted: str = "") -> str:
    """Return the page as HTML: a picture of all exercises, then each with the bars of its mistakes.

    `voted` is the part that shows how the class voted (`votes.section`).
    """
    said = f"{students} students handed something in." + (
        f" Of {troubles} files something is to be said: see <code>troubles.txt</code>." if troubles else ""
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>Which mistakes did the class make?</title><style>{CSS}</style></head><body>",
        f"<h1>Which mistakes did the class make?</h1><p>{said} No name stands on this page.</p>",
    ]
    if counted:
        parts += [f'<figure role="img" aria-label="{escape(_in_words(counted))}">{overview(counted)}</figure>']
    parts += [_exercise(tally) for tally in counted]
    return "\n".join([*parts, voted, "</body></html>\n"])


def shares(tally: Tally) -> list[int]:
    """Return how many students each part of an exercise's bar stands for, in the order of PARTS."""
    named = tally.verdicts["wrong"] - sum(count for _, count in tally.unnamed)
    wrong = {True: named, False: tally.verdicts["wrong"] - named}
    return [
        wrong[verdicts[1]] if verdicts[0] == "wrong" else sum(tally.verdicts[verdict] for verdict in verdicts)
        for _, verdicts, _, _ in PARTS
    ]


def overview(counted: Sequence[Tally]) -> str:
    """Draw one bar for each exercise, of all who handed its notebook in; return it as SVG."""
    with style.settings(1.0), matplotlib.rc_context({"svg.hashsalt": "report"}):
        fig = Figure(figsize=(9, 1.4 + 0.34 * len(counted)), layout="constrained")
        axes = fig.subplots()
        left = [0] * len(counted)
        for part, (words, _, color, hatch) in enumerate(PARTS):
            width = [shares(tally)[part] for tally in counted]
            axes.barh(range(len(counted)), width, left=left, height=0.7, label=words, color=color, hatch=hatch,
                      edgecolor=style.INK, linewidth=0.6)  # fmt: skip
            left = [a + b for a, b in zip(left, width, strict=True)]
        axes.set_yticks(range(len(counted)), [tally.task.label for tally in counted])
        axes.set(xlabel="students", title="How each exercise went", ylim=(len(counted) - 0.5, -0.5))
        fig.legend(loc="outside lower center", ncols=len(PARTS), fontsize=9)
        file = io.StringIO()
        fig.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue().partition("<svg")[1] + file.getvalue().partition("<svg")[2]


def _in_words(counted: Sequence[Tally]) -> str:
    return "; ".join(
        f"{tally.task.label}: "
        + ", ".join(f"{count} {words}" for count, (words, *_) in zip(shares(tally), PARTS, strict=True) if count)
        for tally in counted
    )


def _exercise(tally: Tally) -> str:
    task, most = tally.task, max((count for _, count in tally.mistakes), default=1)
    how = ", ".join(f"{count} {words}" for count, (words, *_) in zip(shares(tally), PARTS, strict=True) if count)
    rows = "".join(
        f'<tr><td class="n">{count}</td><td class="b"><div class="bar" style="width: {100 * count / most:.0f}%">'
        f"</div></td><td>{escape(mistake)}</td></tr>"
        for mistake, count in tally.mistakes
    )
    head = "<tr><th>students</th><th></th><th>the mistake, and what to say about it</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else "<p>No mistake with a name.</p>"
    others = "".join(f"<li>{count} × {escape(said)}</li>" for said, count in tally.unnamed[:OTHERS_SHOWN])
    more = len(tally.unnamed) - OTHERS_SHOWN
    others += f"<li>and {more} others, in mistakes.csv</li>" if more > 0 else ""
    folded = f"<details><summary>What else the check said</summary><ul>{others}</ul></details>" if others else ""
    return (
        f"<h2>{escape(task.chapter[:2])} {escape(task.title)}</h2>"
        f"<p><code>checks.{escape(task.name)}</code>. Of {tally.students}: {escape(how)}.</p>{table}{folded}"
    )
