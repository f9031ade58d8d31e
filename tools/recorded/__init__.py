"""Recorded figures: what a live figure shows at every place of its controls, played from plain files on any page."""
