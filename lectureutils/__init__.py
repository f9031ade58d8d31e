"""Live figures, data and checks for an interactive lecture on losses, optimization and backpropagation.

Imports point one way: data -> losses -> gradients -> optim -> train -> plots -> live -> figures.
Importing the package defines things and does nothing else.
"""

__version__ = "0.1.0"
