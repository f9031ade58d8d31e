"""Instant checks for the exercises of the notebooks.

`checks.<name>(answer)` answers with one line: right, not attempted yet, or what went wrong. There is one
module per notebook; every exercise declared in one of them is found here under its own name.
"""

from types import ModuleType

from . import (
    backprop_through_layers,
    backpropagation,
    gradient_descent,
    linear_classifier,
    loss_functions,
    neural_networks,
    optimization,
    regularization,
    start_here,
    train_a_network,
    what_goes_wrong,
)
from .engine import Exercise, exercise
from .explain import any_of, near
from .own_engine import gaps, run_layer, run_training
from .verdict import Verdict

__all__ = ["EXERCISES", "Exercise", "Verdict", "any_of", "exercise", "gaps", "near", "run_layer", "run_training"]


def collect(*modules: ModuleType) -> dict[str, Exercise]:
    """Return the exercises of the modules by name; raises ValueError when a name comes twice."""
    found = {}
    for module in modules:
        mine = {name: item for name, item in vars(module).items() if isinstance(item, Exercise)}
        if twice := found.keys() & mine.keys():
            raise ValueError(
                f"{module.__name__}: got exercises that exist already, expected new names. "
                f"Rename {', '.join(sorted(twice))}."
            )
        found |= mine
    return found


# A new notebook adds its module here.
EXERCISES = collect(
    start_here,
    linear_classifier,
    loss_functions,
    optimization,
    regularization,
    gradient_descent,
    neural_networks,
    what_goes_wrong,
    backpropagation,
    backprop_through_layers,
    train_a_network,
)


def __getattr__(name: str) -> Exercise:
    """Return the exercise called `name`; raise AttributeError that lists the names there are."""
    if name in EXERCISES:
        return EXERCISES[name]
    raise AttributeError(f"there is no check called {name!r}, expected one of {', '.join(EXERCISES)}")


def __dir__() -> list[str]:
    return sorted([*globals(), *EXERCISES])
