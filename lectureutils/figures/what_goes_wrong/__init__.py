"""The figures of notebook 06, each in the file that is named like it: basins, diagnose, double_descent,
error_sources, inexact, product, saddles, signal.

What they are made of: error_split, learned.
"""
