"""The figures of notebook 02: one class in each file that is named like it, its helpers beside it."""
