"""What the figures of notebook 03 draw and say."""
