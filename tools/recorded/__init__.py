"""Recorded figures: each live figure as plain files that play without a kernel, on the site, in slides and handouts.

`python -m tools.recorded` runs the notebooks and records what their figures show. A figure's picture is a function of
its controls' values, so it is enough to move the controls and to keep what has changed in the picture. Figures whose
state is a history are recorded as runs. The browser's side lies in `player/`.
"""
