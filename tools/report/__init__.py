"""Which mistakes did a class make? Runs the checks of the exercises on the notebooks that students handed in.

`handins` finds the notebooks, `run` gives each a process of its own, in which `apart` shuts the door and `answers` runs
the cells that the exercises need. `table` keeps and counts what the checks said, `page` draws it, with the `votes` that
were counted in the room, and `marks` writes it for a learning platform.
"""
