"""The picture of the key at work, for the README."""
