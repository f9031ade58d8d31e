"""What the figures of several notebooks share: handles, landscapes, pictures, and how numbers become words."""
