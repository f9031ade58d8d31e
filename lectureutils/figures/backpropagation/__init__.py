"""The figures of notebook 08, each in the file that is named like it: both_ways, branch, formula, gate, kink, stepper.

What they are made of: graph_picture, parse, walk.
"""
