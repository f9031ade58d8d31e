"""The figures of notebook 10, each in the file that is named like it: own_digit, playground, symptom, training.

What they are made of: answer_maps, curves, loss_history, patience, plane_points.
"""
