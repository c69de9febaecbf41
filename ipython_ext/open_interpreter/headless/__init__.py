"""The host over a notebook file: executes it with no screen, prompt cells included.

`client` is our front end without a browser: it carries out a kernel's edits (docs/wire.md) on the notebook in memory.
`run`, the nbconvert preprocessor and the papermill engine are thin wrappers of it; `host` is the library's own kernel.
"""
