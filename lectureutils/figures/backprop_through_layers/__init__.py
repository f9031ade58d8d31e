"""The figures of notebook 09, each in the file that is named like it: depth, layer, network_backward,
own_engine, shapes, two_losses, vectorized.

What they are made of: blocks, small_network, wires.
"""
