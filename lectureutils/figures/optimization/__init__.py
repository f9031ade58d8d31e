"""The figures of notebook 04: one class in each file that is named like it, its helpers beside it."""
