"""The figures of notebook 05, each in the file that is named like it: ball, batch, batch_curves, mend, race, rate,
valley.

What they are made of: passes.
"""
