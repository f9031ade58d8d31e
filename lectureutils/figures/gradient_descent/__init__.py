"""The figures of notebook 05: one class in each file that is named like it, its helpers beside it."""
