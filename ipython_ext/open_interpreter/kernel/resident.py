"""What of ours lives in a kernel: the record, the grants, the last tasks; and the story of one prompt cell."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal

from open_interpreter import assembly, configuration
from open_interpreter.core.cells import Outcome
from open_interpreter.core.conversation import Conversation, Exchange, Task
from open_interpreter.core.edits import METADATA_KEY, Insert, Remove, Settle
from open_interpreter.core.errors import ApprovalNeeded, TaskStopped, UsageError
from open_interpreter.core.events import Event, Executed, Finished
from open_interpreter.core.fingerprint import fingerprint
from open_interpreter.core.settings import Settings

from . import bridge, consent
from .host import KernelHost
from .images import read_image
from .interrupts import cancelling, check
from .memory import MadeTask, Memory
from .nested import Counts, parent_of
from .options import Prompt, read_prompt
from .ownership import digest, edited, owned, remnants
from .presence import Presence, presence_of
from .preview import preview_text
from .progress import Line, Progress
from .record import Recorder
from .stage import PlainStage, Stage


class Resident:
    """The object that a transformed prompt cell awaits: `get_ipython().open_interpreter`."""

    def __init__(self, shell: Any, traits: dict[str, object] | None = None) -> None:
        self.shell, self.traits = shell, traits or {}
        self.recorder = Recorder(shell)
        self.memory = Memory()
        self.counts: Counts | None = None
        self.transformer: Any = None
        self.hooks: list[Any] = []
        self._busy = False

    async def interpret(self, line: str, body: str) -> None:
        """Do what a prompt cell says. Raises our errors, which IPython shows as one line."""
        if self._busy:
            raise UsageError("A prompt cannot run inside another prompt's cell: ask in a cell of its own.")
        self._busy = True
        try:
            with cancelling():
                await self._prompt(read_prompt(line, body))
        finally:
            self._busy = False

    def settings(self, prompt: Prompt | None = None) -> Settings:
        """The settings for one prompt; a prompt's mode may only tighten."""
        call = {} if prompt is None else {k: v for k, v in prompt.values.items() if k in ("model", "base_url", "mode")}
        if prompt is not None and "max_turns" in prompt.values:
            call["max_turns"] = _number("--max-turns", prompt.values["max_turns"])  # type: ignore[assignment]
        return configuration.load_settings(call, traits=self.traits, magic=prompt is not None)

    def fingerprint(self, source: str) -> str:
        """The hash of a source's syntax tree, IPython's own syntax included."""
        return fingerprint(source, self.shell.transform_cell)

    async def _prompt(self, prompt: Prompt) -> None:
        parent = parent_of(self.shell)
        presence = presence_of(parent) if parent else Presence(attended=True)
        standing = owned(presence.place) if presence.place else ()
        if "preview" in prompt.flags:
            await self._preview(prompt, presence)
            return
        settled = bool(prompt.settled) and "fresh" not in prompt.flags
        if settled and prompt.settled == digest(prompt) and (standing or not presence.live):
            if standing and presence.place:
                bridge.offer(presence.place, tuple(cell.id for cell in standing))
            return
        if settled and not presence.live:
            raise TaskStopped(
                "The instruction has changed since its cells were made, and no front end is here to replace them: "
                "run this notebook in JupyterLab or with `open-interpreter run`, or take --settled out to ask again."
            )
        settings = self.settings(prompt)
        self._check_endpoint(prompt, attended=presence.attended)
        await self._run(prompt, settings, presence, parent)

    async def _preview(self, prompt: Prompt, presence: Presence) -> None:
        settings, conversation = self.settings(prompt), self._conversation(prompt)
        stage = PlainStage(self.shell, self.recorder, attended=False)
        host = KernelHost(self.shell, self.recorder, stage, presence.place)
        agent = assembly.open_agent(settings, host)
        print(preview_text(await agent.preview(conversation), settings.model))  # noqa: T201 - as was asked

    def _conversation(self, prompt: Prompt) -> Conversation:
        images = tuple(read_image(path) for path in prompt.images)
        assign = prompt.values.get("assign", "")
        if assign and (not assign.isidentifier() or keyword.iskeyword(assign)):
            raise UsageError(f"--as {assign}: this is no Python name.")
        task = Task(prompt.instruction, only=prompt.only, images=images, plan="plan" in prompt.flags, assign=assign)
        return Conversation(task, earlier=tuple(self.memory.exchanges))

    async def _run(self, prompt: Prompt, settings: Settings, presence: Presence, parent: dict[str, Any]) -> None:
        conversation = self._conversation(prompt)
        task = conversation.task
        stage = await self._stage(prompt, settings, presence, parent, task)
        if stage is None:
            self._keep(prompt, presence)
            return
        try:
            host = KernelHost(self.shell, self.recorder, stage, presence.place)
            agent = assembly.open_agent(settings, host, self._policy(settings, presence))
            events = assembly.logged(agent.run(conversation), configuration.home(), task)
            await self._follow(events, stage, Progress(settings.model, live=presence.live), task)
        finally:
            stage.close()
            self._remember(stage, presence, prompt, task)

    async def _follow(self, events: Any, stage: Stage, progress: Progress, task: Task) -> None:
        finished: Finished | None = None
        sources: dict[str, str] = {}
        trace: TracebackType | None = None
        counts = self.counts
        if counts is not None:
            counts.begin()
        try:
            async with aclosing(events) as stream:
                async for told in stream:
                    event = self._assigned(told, task)
                    await stage.hear(event)
                    progress.hear(event)
                    if isinstance(event, Executed):
                        trace = _trace(event.outcome)
                        if event.outcome.ok:
                            sources[event.cell.id] = event.cell.source
                    if isinstance(event, Finished):
                        finished = event
                    check()
        finally:
            if finished is None:
                progress.stop()
            if counts is not None:
                counts.end()
        if finished is not None:
            self._conclude(finished, task, sources, trace)

    def _assigned(self, event: Event, task: Task) -> Event:
        """The event as it was, but no good end where nothing has the name that `--as` asked for."""
        if not isinstance(event, Finished) or not event.ok or not task.assign or task.assign in self.shell.user_ns:
            return event
        return replace(event, ending="failed", reason=f"Nothing was assigned to {task.assign}: ask again.")

    def _conclude(self, finished: Finished, task: Task, sources: dict[str, str], trace: TracebackType | None) -> None:
        if finished.ok:
            code = "".join(f"\n```python\n{source}\n```" for source in sources.values())
            self.memory.exchanges.append(Exchange(task.instruction, f"{finished.answer}{code}"))
            return
        told = dict.fromkeys(part for part in (finished.answer, finished.reason) if part)
        message = "\n".join(told) or "The task did not end well."
        error = (ApprovalNeeded if finished.ending == "unanswered" else TaskStopped)(message)
        raise error.with_traceback(trace)  # so that %debug lands in the cell that failed

    async def _stage(
        self, prompt: Prompt, settings: Settings, presence: Presence, parent: dict[str, Any], task: Task
    ) -> Stage | None:
        place = presence.place
        if place is None:
            self._say_plain(parent)
            return PlainStage(self.shell, self.recorder, attended=presence.attended)
        standing = owned(place)
        changed = edited(standing, self.shell.transform_cell)
        if changed and not await self._may_replace(presence, changed):
            return None
        old = dict.fromkeys(cell.id for cell in (*standing, *remnants(place)))
        withdraw = self._withdrawal(tuple(old), presence)
        first_line, open_line = prompt.first_line(digest(prompt)), prompt.first_line("")
        scene = bridge.Scene(
            place, parent, task, settings.model, first_line, open_line, presence.attended, withdraw, self.fingerprint
        )
        return bridge.LiveStage(self.shell, self.recorder, scene, bridge.Line())

    async def _may_replace(self, presence: Presence, changed: tuple[str, ...]) -> bool:
        place = presence.place
        choice = await bridge.choose(place, changed) if presence.attended and place else None
        if choice is None:
            raise ApprovalNeeded(
                "Cells of this prompt were edited by hand and nobody can say whether to keep them: "
                "open the notebook in JupyterLab, or undo the edits."
            )
        if choice == "cancel":
            raise TaskStopped("Cancelled: the cells stand as they are.")
        return choice == "replace"

    def _withdrawal(self, ids: tuple[str, ...], presence: Presence) -> Callable[[], Remove | None]:
        """A function that gives, once, the edit that takes the old cells out."""
        left = [ids] if ids else []

        def withdraw() -> Remove | None:
            if not left:
                return None
            self.memory.removals += 1
            number = self.memory.removals
            self.memory.withdrawn |= dict.fromkeys(left.pop(), (presence.session, number))
            return Remove(ids, number)

        return withdraw

    def is_withdrawn(self, cell_id: str, presence: Presence) -> bool:
        """Whether this request was queued for a cell before a prompt replaced it."""
        session, number = self.memory.withdrawn.get(cell_id, ("", 0))
        return session == presence.session and presence.removed < number

    def undo(self) -> str:
        """Take back the cells of the last task; says what was done. Raises UsageError where there is nothing."""
        presence = presence_of(parent_of(self.shell))
        if not self.memory.tasks:
            raise UsageError("There is no task to take back in this kernel.")
        if presence.place is None:
            raise UsageError("Cells can be taken back only where our JupyterLab extension holds the notebook open.")
        here = {cell.id for cell in presence.place.cells}
        task = next((each for each in reversed(self.memory.tasks) if each.prompt in here), None)
        if task is None:
            raise UsageError("There is no task of this notebook to take back.")
        self.memory.tasks.remove(task)
        own = owned(replace(presence.place, prompt=task.prompt, task=task.id))
        theirs = edited(own, self.shell.transform_cell)
        kept = here - {cell.id for cell in own} | set(theirs)
        gone = tuple(each for each in task.ids if each not in kept)  # not here: made after this request was queued
        line = bridge.Line()
        line.send(Remove(gone))
        after = task.prompt
        for cell in task.replaced:
            mark = {"task": cell.task, "source_hash": cell.source_hash} if cell.source_hash else {"task": cell.task}
            kind: Literal["code", "markdown"] = "code" if cell.kind == "code" else "markdown"
            line.send(Insert(cell.id, after, kind, cell.source, {METADATA_KEY: mark}))
            after = cell.id
        line.send(Settle(task.prompt, task.first_line, task.before))
        line.close()
        cells = f"{len(gone)} cell{'s' if len(gone) != 1 else ''}"
        back = f", and the {len(task.replaced)} before are there again" if task.replaced else ""
        back += f"; {len(theirs)} that you edited stay" if theirs else ""
        return f"Taken back: {cells} of the last task{back}. Variables stay as they are."

    def _keep(self, prompt: Prompt, presence: Presence) -> None:
        """What the person has made of the cells stands for the prompt from now on."""
        if presence.place:
            line = bridge.Line()
            line.send(Settle(presence.place.prompt, prompt.first_line(digest(prompt)), presence.place.task))
            line.close()

    def _remember(self, stage: Stage, presence: Presence, prompt: Prompt, task: Task) -> None:
        place = presence.place
        if not isinstance(stage, bridge.LiveStage) or place is None:
            return
        made = stage.made
        ids = (*made.sources, *made.answers)
        replaced = tuple(cell for cell in owned(place) if cell.id in made.replaced)
        if ids:
            line = prompt.first_line(prompt.settled if replaced else "")
            self.memory.tasks.append(MadeTask(task.id, place.prompt, line, ids, replaced, place.task))

    def _policy(self, settings: Settings, presence: Presence) -> Any:
        path = presence.place.path if presence.place else ""
        if path not in self.memory.policies:
            self.memory.policies[path] = assembly.open_policy(self.settings())
        return self.memory.policies[path].under(settings.effective_mode)

    def _check_endpoint(self, prompt: Prompt, *, attended: bool) -> None:
        url = prompt.values.get("base_url", "")
        if not url or url in self.memory.confirmed or url == self.settings().base_url:
            return
        if not attended or not consent.confirm(
            f"This prompt sends what it sees to {url}, which you did not configure. Go on?"
        ):
            raise ApprovalNeeded(f"{url} is not configured and nobody agreed to it: use `%oi model` to configure it.")
        self.memory.confirmed.add(url)

    def _say_plain(self, parent: dict[str, Any]) -> None:
        if parent and not self.memory.told_plain:
            from IPython.display import display

            display(
                Line("No front end of Open Interpreter Lab holds this notebook: code is shown and run in this output.")
            )
        self.memory.told_plain = True


def _trace(outcome: Outcome) -> TracebackType | None:
    """Where the cell that just ran failed, as IPython has it for %debug."""
    return getattr(sys, "last_traceback", None) if outcome.status == "error" else None


def _number(option: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{option} is {text!r}: give a whole number.") from None
