"""Builds the notebooks, the pins and the data files; not shipped with the package."""
