"""Words and contracts: frozen values and two protocols, on the standard library alone.

Nothing here reads a file, opens a socket or knows Jupyter. Every other room may import this one and it imports none.
"""
