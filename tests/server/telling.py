"""What tests say and set up again and again."""

from __future__ import annotations


def code(*lines: str) -> str:
    """A reply's block of code."""
    return "```python\n" + "\n".join(lines) + "\n```\n"


def fresh(page, lab, kernel_of, path, *cells, name="python3", language="python"):
    """A notebook of these sources, open in the page, with the kernel of that path."""
    made = cells or ("x = 1",)
    lab.notebook(path, *((f"a{number}", source) for number, source in enumerate(made, 1)))
    return page.open(path, kernel_of(path, name), language)
