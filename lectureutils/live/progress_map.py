"""The map of what was done: each notebook with its exercises and questions, and where to go on.

It is a table that any page can show. Where something is remembered, a button below it forgets everything.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import ipywidgets

from lectureutils import progress
from lectureutils.asked import in_a_page

HERE = "go on here"


class Row(NamedTuple):
    """A notebook: its file's name and title, how much there is to do, and how much is done."""

    stem: str
    title: str
    exercises: int
    right: int
    questions: int
    answered: int

    @property
    def begun(self) -> bool:
        return bool(self.right or self.answered)

    @property
    def complete(self) -> bool:
        return self.right == self.exercises and self.answered == self.questions


def rows() -> list[Row]:
    """Return the notebooks in their order with what is remembered of each."""
    kept = progress.done()
    right = {name for name, entry in kept[progress.EXERCISES].items() if entry.get("right") is True}
    answered = set(kept[progress.QUESTIONS])
    return [
        Row(stem, told["title"], len(told["exercises"]), len(right & set(told["exercises"])),
            len(told["questions"]), len(answered & set(told["questions"])))
        for stem, told in progress.series().items()
    ]  # fmt: skip


def next_one(notebooks: list[Row]) -> Row | None:
    """Return the notebook to go on with: the last one begun if something is left of it, or else the next to do."""
    begun = [number for number, row in enumerate(notebooks) if row.begun]
    start = begun[-1] if begun else 0
    left = [row for row in [*notebooks[start:], *notebooks[:start]] if not row.complete]
    return left[0] if left else None


class ProgressMap:
    """Show the map; run its cell again, or any cell that shows it, to see what is new."""

    def __init__(self) -> None:
        self.rows = rows()
        self._links = progress.somebody_runs_a_cell()  # a page made of this notebook has no notebook beside it
        self._kind = "html" if in_a_page() else "ipynb"
        self.forget = ipywidgets.Button(description="Forget all", icon="trash", tooltip="Forget what I did so far")
        self.forget.add_class("lu-alone")
        self.forget.on_click(self._on_forget)
        self._display: Any = None

    def __repr__(self) -> str:
        return "\n".join(f"{line}: {exercises}, {questions}{f', {here}' if here else ''}"
                         for _, line, exercises, questions, here in self._told())  # fmt: skip

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{word}</th>" for word in ("notebook", "exercises", "questions", "next"))
        body = "".join(
            f'<tr data-notebook="{stem}"><td>{self._link(stem, title)}</td><td>{exercises}</td><td>{questions}</td>'
            f"<td>{f'<b>→ {here}</b>' if here else ''}</td></tr>"
            for stem, title, exercises, questions, here in self._told()
        )
        return f'<table class="lu-map"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _link(self, stem: str, title: str) -> str:
        return f'<a href="{stem}.{self._kind}">{escape(title)}</a>' if self._links else escape(title)

    def _told(self) -> Iterator[tuple[str, str, str, str, str]]:
        here = next_one(self.rows)
        for row in self.rows:
            yield (row.stem, row.title, _part(row.right, row.exercises, "exercise"),
                   _part(row.answered, row.questions, "question"), HERE if row is here else "")  # fmt: skip

    def _ipython_display_(self) -> None:
        from IPython.display import display

        bundle = self._bundle()
        self._display = display(bundle, raw=True, display_id=True)
        if any(row.begun for row in self.rows):
            display(self.forget)

    def _bundle(self) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    def _on_forget(self, _button: Any) -> None:
        progress.forget()
        self.rows = rows()
        self.forget.disabled = True
        if self._display:
            self._display.update(self._bundle(), raw=True)


def _part(number: int, of: int, what: str) -> str:
    return f"{number} of {of} {what}{'s' * (of != 1)}" if of else f"no {what}s"


def progress_map() -> ProgressMap:
    """Show what you have done in each notebook of the series, and where to go on."""
    return ProgressMap()
