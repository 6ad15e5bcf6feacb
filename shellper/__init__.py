"""shellper: plain English in, the right shell command on your own prompt, from a small model on your machine."""

__version__ = "0.1.0"
