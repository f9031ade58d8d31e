"""What the live figures draw and say, a folder for each notebook as in the package."""
