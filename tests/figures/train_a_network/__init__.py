"""What the figures of notebook 10 draw and say."""
