"""A picture from a file, for `--image`."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

from open_interpreter.context.files import working_directory
from open_interpreter.core.conversation import Image
from open_interpreter.core.errors import UsageError

LARGEST = 20_000_000
"""Bytes; the servers' own limits lie between 5 and 20 MB."""


def read_image(path: str) -> Image:
    """The picture in this file. Raises UsageError where it is none, is not there, or is over 20 MB."""
    mime = mimetypes.guess_type(path)[0] or ""
    file = Path(path).expanduser()
    if not file.is_file():
        raise UsageError(f"--image {path}: there is no such file in {working_directory() or 'the working directory'}.")
    if mime not in ("image/png", "image/jpeg", "image/gif", "image/webp"):
        raise UsageError(f"--image {path}: models read PNG, JPEG, GIF and WebP pictures.")
    if file.stat().st_size > LARGEST:
        raise UsageError(f"--image {path}: {file.stat().st_size / 1e6:.0f} MB are too many; the limit is 20 MB.")
    return Image(mime, base64.b64encode(file.read_bytes()).decode())
