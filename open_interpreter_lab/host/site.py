"""What all tasks of a server share: the pages, the files, the kernels, and what was answered for each kernel's life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from open_interpreter import assembly
from open_interpreter.core.settings import Settings

from ..chats.queue import Queue
from ..desks import Desks, moved_path
from ..files.papers import Papers
from ..kernels import Witnesses
from .kernel import Known
from .late import Late
from .notebook import Notebook

if TYPE_CHECKING:
    from open_interpreter.safety.policy import Memory, Policy


Key = tuple[str, int, str]
"""A kernel's id, which of its lives, and the notebook's path."""


class Policies:
    """What the person has answered, for each kernel, life of it, and notebook; gone with that life."""

    def __init__(self) -> None:
        self._memories: dict[Key, Memory] = {}

    def of(self, key: Key, settings: Settings, directory: Callable[[], str]) -> Policy:
        """The policy for a task that begins now; `directory` tells where its cells run."""
        from open_interpreter.safety.paths import looking_in

        for stale in [each for each in self._memories if each[0] == key[0] and each[1] != key[1]]:
            del self._memories[stale]

        def look(path: str) -> Literal["new", "there", "outside"]:
            return looking_in(Path(directory() or "."))(path)

        policy = assembly.open_policy(settings)
        memory = self._memories.setdefault(key, policy.memory)
        return replace(policy, memory=memory, look=look)

    def forget(self, memory: Memory) -> None:
        """The kernel was lost: what was answered for it and what was known of its names is void."""
        from open_interpreter.safety.known import Known

        memory.modes.clear()
        memory.known = Known()

    def rename(self, old: str, new: str) -> None:
        """A notebook has another path."""
        self._memories = {
            (kernel, life, moved_path(path, old, new)): kept for (kernel, life, path), kept in self._memories.items()
        }


@dataclass(eq=False)
class Site:
    """One for a server."""

    desks: Desks
    papers: Papers
    witnesses: Witnesses
    contents: Any
    settings: Callable[..., Settings]
    """The settings; with a mapping, with these options of a task on top, which only tighten the mode."""
    queue: Queue = field(default_factory=Queue)
    policies: Policies = field(default_factory=Policies)
    known: dict[str, Known] = field(default_factory=dict)
    """What each chat, by its id, has seen last of its kernel."""
    late: Late = field(default_factory=Late)
    written: dict[str, str] = field(default_factory=dict)
    """The notebooks whose files we have written while no page wrote them, with the file's time of change then."""

    def note(self, notebook: Notebook) -> None:
        """Remember what was written, for pages that have loaded the file before."""
        if notebook.modified:
            self.written[notebook.path] = notebook.modified

    def folder(self, path: str) -> str:
        """Where the notebook of this path lies on this machine; empty where the contents are elsewhere."""
        root = getattr(self.contents, "root_dir", "")
        if not isinstance(root, str) or not root:
            return ""
        folder = Path(root) / PurePosixPath(path).parent
        return str(folder) if folder.is_dir() else ""
