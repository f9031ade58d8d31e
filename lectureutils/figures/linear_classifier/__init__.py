"""The figures of notebook 01, each in the file that is named like it: blend, own_picture, plane, scores, templates,
unroll.

What they are made of: score_bars.
"""
