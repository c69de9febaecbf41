"""Plain words in a notebook become cells that run in the live kernel. Importing this does nothing but name things."""

__version__ = "0.1.0"
