"""The figures of notebook 00, each in the file that is named like it: line."""
