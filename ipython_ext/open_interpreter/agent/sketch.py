"""A sketch of one cell: asked, written piece by piece, and shown. Nothing of it runs, and nothing half is left."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from ..context.render import messages
from ..core.cells import Cell
from ..core.conversation import Conversation, Request, Task
from ..core.errors import ProviderError, UsageError
from ..core.events import CellGrew, CellOpened, Event, Wrote
from ..core.protocols import Provider
from ..core.settings import Settings
from ..core.sketches import Sketched
from ..core.snapshot import Snapshot
from .draft import Draft

_NO_CELL = "The model answered without a cell. Say more exactly what the cell is to do."
_NO_TEXT = "Say what the cell is to do."


def sketch_task(source: str, text: str, language: str) -> Task:
    """The task of a sketch: to rewrite this source, or to write a cell where it is empty. Raises UsageError."""
    if not text.strip():
        raise UsageError(_NO_TEXT)
    target = Cell("", source, language) if source.strip() else None
    return Task(text.strip(), target=target, command="sketch")


async def sketch(
    provider: Provider, snapshot: Snapshot, settings: Settings, task: Task
) -> AsyncGenerator[Sketched, None]:
    """The first cell of the reply while it is written, and at the end either whole or with the trouble told.

    Closing it early closes the model's stream.
    """
    talk = Conversation(task)
    draft = Draft(1, snapshot.language, None)
    drawing = _Drawing(task.target.source if task.target else "")
    request = Request(messages(talk, snapshot, provider.profile, settings), talk, snapshot)
    try:
        async with aclosing(_stream(provider, request, draft)) as events:
            async for event in events:
                if drawing.hear(event):
                    yield drawing.so_far
    except ProviderError as error:
        draft.trouble = str(error)
    draft.end()
    yield drawing.end(draft)


async def _stream(provider: Provider, request: Request, draft: Draft) -> AsyncGenerator[Event, None]:
    stream = provider.stream(request)
    try:
        async for delta in stream:
            for event in draft.hear(delta):
                yield event
            if draft.over:
                return
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()


class _Drawing:
    """The one cell that counts, and the prose around it."""

    def __init__(self, before: str) -> None:
        self._before = before
        self._id: str | None = None
        self._pieces: list[str] = []
        self._prose: list[str] = []

    @property
    def so_far(self) -> Sketched:
        """The sketch as it stands."""
        return Sketched("".join(self._pieces), "".join(self._prose).strip())

    def hear(self, event: Event) -> bool:
        """Take in an event of the draft; whether something of it is to be seen."""
        if isinstance(event, CellOpened) and self._id is None:
            self._id = event.id
        elif isinstance(event, CellGrew) and event.id == self._id:
            self._pieces.append(event.text)
            return True
        elif isinstance(event, Wrote):
            self._prose.append(event.text)
            return bool(event.text.strip())
        return False

    def end(self, draft: Draft) -> Sketched:
        """The whole cell of a draft that has ended, or the old source with the reason why there is none."""
        if draft.cells:
            return Sketched(draft.cells[0].source, draft.prose, done=True)
        declined = draft.trouble or _NO_CELL
        prose = "" if draft.prose == declined else draft.prose
        return Sketched(self._before, prose, done=True, trouble=declined)
