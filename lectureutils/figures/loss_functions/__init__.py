"""The figures of notebook 02, each in the file that is named like it: loss_curve, mean_loss, outlier, probability,
rank, shares, trained.

What they are made of: values.
"""
