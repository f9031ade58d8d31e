"""The 24 questions: four of each topic."""

from tools.exam import backpropagation, classifier, descent, losses, networks, regularization
from tools.exam.draw import KINDS, Question

TOPICS = {
    "The linear classifier": classifier, "Loss functions": losses, "Regularization": regularization,
    "Optimization": descent, "Networks": networks, "Backpropagation": backpropagation,
}  # fmt: skip
MINUTES = {"compute": 8, "explain": 8, "mistake": 10, "transfer": 10}

QUESTIONS = tuple(
    Question(topic, kind, MINUTES[kind], getattr(module, kind)) for topic, module in TOPICS.items() for kind in KINDS
)


def chosen(names: list[str]) -> list[Question]:
    """Give the questions with these names or topics, as in losses-explain or losses; all of them by default.

    Raises ValueError for a name that no question has.
    """
    known = {question.name: question for question in QUESTIONS}
    for name in names:
        if not any(name in (each, each.partition("-")[0]) for each in known):
            raise ValueError(f"no question {name!r}; there are: {', '.join(known)}")
    return [it for it in QUESTIONS if not names or {it.name, it.name.partition("-")[0]} & set(names)]
