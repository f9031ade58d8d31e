"""The figures of notebook 05: what is drawn equals what is computed here by other means."""
