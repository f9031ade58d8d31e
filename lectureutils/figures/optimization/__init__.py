"""The figures of notebook 04, each in the file that is named like it: dimension, least_squares, numerical_gradient,
random_search, step_size, surface.

What they are made of: measured, norm_loss.
"""
