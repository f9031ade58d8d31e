"""The figures of notebook 07: what is drawn equals what is computed here by other means."""
