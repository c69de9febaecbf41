"""The host in a live IPython kernel: the magics, the cells that they fill, and the record of what ran.

Everything here runs on the kernel's main thread. What is private to ipykernel is touched in `nested` alone.
"""
