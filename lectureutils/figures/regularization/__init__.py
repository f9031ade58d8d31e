"""The figures of notebook 03, each in the file that is named like it: contour, halves, lambda_, paths, polynomial,
templates_over_lambda.

What they are made of: error_curves, fits.
"""
