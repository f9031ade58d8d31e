"""Predict, then reveal: a question the reader answers before the notebook does.

Committing to an answer first makes the explanation stick. The reason for the chosen answer appears first, then the
right one with its own. Without a kernel the question and its choices read as plain text, and the answer stays hidden.
"""

from collections.abc import Mapping, Sequence
from html import escape
from string import ascii_lowercase
from typing import Any

import ipywidgets

from lectureutils import progress
from lectureutils.asked import current_run
from lectureutils.live import saved, shown
from lectureutils.live.assets import PageWidget
from lectureutils.sealed import unseal


class _Keys(PageWidget):
    """Show nothing, and keep the keys of the question that it stands in from being commands of JupyterLab."""

    script = "question.js"


class Predict:
    """Show a question with its choices; reveal a reason for each one once the reader has chosen."""

    def __init__(self, question: str, choices: Mapping[str, str], answer: str):
        if answer not in choices:
            raise ValueError(f"the answer {answer!r} is not among the choices: {', '.join(map(repr, choices))}")
        self.question, self.reasons, self.answer = question, dict(choices), answer
        self.choice = ipywidgets.RadioButtons(
            options=list(choices), value=None, layout={"width": "auto"}, tooltip=question
        )
        self.reveal = ipywidgets.Button(description="Reveal", tooltip="Reveal the answer", disabled=True)
        self.outcome = ipywidgets.HTML()
        self.choice.observe(self._on_choice, "value")
        self.reveal.on_click(self._on_reveal)
        asked = ipywidgets.HTML(f"<b>Predict first.</b> {escape(question)}")
        keys = _Keys(layout={"display": "none"})
        self.widget = ipywidgets.VBox([asked, self.choice, self.reveal, self.outcome, keys])
        self.widget.add_class("lu-predict")
        self._made_by = current_run()
        self._remember()

    def _remember(self) -> None:
        """Show the choice that the reader made another day, with its reasons."""
        before = progress.done()[progress.QUESTIONS].get(self.question, {}).get("last") if self._made_by else None
        if before in self.reasons:
            self.choice.value = before
            self._show_outcome(before)

    def _on_choice(self, _change: Any) -> None:
        self.reveal.disabled = self.choice.value is None
        self.outcome.value = ""

    def _on_reveal(self, _button: Any) -> None:
        chosen = self.choice.value
        if chosen is None:  # a click can't get here without a choice, a script can
            self.outcome.value = "Choose an answer first."
        else:
            self._show_outcome(chosen)
            if self._made_by:
                progress.note_answer(self.question, chosen)

    def _show_outcome(self, chosen: str) -> None:
        right = f"<b>✓ Right: {escape(self.answer)}.</b> {escape(self.reasons[self.answer])}"
        wrong = f"<b>✗ Your answer: {escape(chosen)}.</b> {escape(self.reasons[chosen])}<br>"
        self.outcome.value = right if chosen == self.answer else wrong + right

    def __str__(self) -> str:
        letters = "  ".join(f"({letter}) {text}" for letter, text in zip(ascii_lowercase, self.reasons, strict=False))
        return f"Predict first. {self.question}  {letters}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown.keep(self._made_by, self)
        saved.leave(str(self), saved.ANSWER)
        return {**(self.widget._repr_mimebundle_() or {}), "text/plain": str(self)}


def predict(question: str, choices: Mapping[str, str] | Sequence[str], answer: str = "", sealed: str = "") -> Predict:
    """Ask a question before its answer is shown.

    `choices` maps each choice to the reason why it is right or wrong; `answer` is the right choice. In a built
    notebook `choices` are words alone, and reasons and answer are `sealed`: not every place folds a notebook's code.
    Raises ValueError when `answer` is not one of the choices, or what is sealed is not whole.
    """
    if isinstance(choices, Mapping):
        return Predict(question, choices, answer)
    reasons, answer = unseal(sealed)
    return Predict(question, dict(zip(choices, reasons, strict=True)), answer)
