"""The figures of notebook 06: what is drawn equals what is computed here by other means."""
