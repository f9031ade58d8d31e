"""Wrong answers as students write them, and right ones in an unusual style, for every exercise of the notebooks."""
