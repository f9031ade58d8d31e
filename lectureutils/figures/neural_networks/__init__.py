"""The figures of notebook 07, each in the file that is named like it: convolution, fold, forward, neuron, regions,
spike, zigzag.

What they are made of: pieces.
"""
