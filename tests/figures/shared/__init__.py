"""What the figures of several notebooks share."""
