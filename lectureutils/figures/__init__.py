"""The live figures of the series, one module a topic; each figure is one small class."""
