"""The figures of notebook 07, each in the file that is named like it: cell, convolution, features, fold, forward,
layers, neuron, regions, spike, zigzag.

What they are made of: architectures, pieces.
"""
