"""What a person does in the side panel, as short methods."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.ui.lab import SECOND, Lab


class Panel:
    """The side panel of one page. Times are in seconds."""

    def __init__(self, lab: Lab) -> None:
        self.lab, self.page = lab, lab.page

    @property
    def node(self) -> Locator:
        """The panel as a whole."""
        return self.page.locator("#open-interpreter-panel")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.node.locator("textarea.jp-OpenInterpreter-field")

    @property
    def tasks(self) -> Locator:
        """Every task of the shown chat, in order."""
        return self.node.locator(".jp-OpenInterpreter-task")

    @property
    def last(self) -> Locator:
        """The task that was said last."""
        return self.tasks.last

    @property
    def rows(self) -> Locator:
        """The cells of the last task."""
        return self.last.locator(".jp-OpenInterpreter-cell")

    @property
    def ending(self) -> Locator:
        """How the last task ended, in words; not there where it ended well."""
        return self.last.locator(".jp-OpenInterpreter-endingWords")

    @property
    def question(self) -> Locator:
        """The card that asks for an answer."""
        return self.node.locator(".jp-OpenInterpreter-approval")

    @property
    def options(self) -> Locator:
        """What is offered while a name or a command is typed."""
        return self.node.locator(".jp-OpenInterpreter-suggestions [role=option]")

    @property
    def chips(self) -> Locator:
        """What goes along with the text."""
        return self.node.locator(".jp-OpenInterpreter-chip")

    @property
    def line(self) -> Locator:
        """What the field tells of what was just done, or could not be done."""
        return self.node.locator(".jp-OpenInterpreter-lineHolder")

    def open(self) -> None:
        """Show the panel and wait until it can be written in."""
        self.lab.begin("open-interpreter:show-panel")
        expect(self.field).to_be_visible(timeout=60 * SECOND)

    def write(self, text: str) -> None:
        """Put words into the field, in place of those that are there."""
        self.field.fill(text)

    def say(self, text: str) -> None:
        """Write words and send them."""
        self.write(text)
        self.field.press("Enter")

    def ask(self, text: str, seconds: float = 60) -> None:
        """Say words that begin a task, and wait for its end."""
        before = self.tasks.count()
        self.say(text)
        self.ended(before + 1, seconds)

    def ended(self, count: int, seconds: float = 60) -> None:
        """Wait until there are so many tasks and none runs."""
        expect(self.tasks).to_have_count(count, timeout=seconds * SECOND)
        expect(self.last.locator(".jp-OpenInterpreter-ending")).to_be_visible(timeout=seconds * SECOND)
        expect(self.button("Stop")).to_have_count(0)

    def button(self, label: str) -> Locator:
        """A button of the panel, by its name."""
        return self.node.get_by_role("button", name=label, exact=True)

    def stop(self) -> None:
        """Press Stop below the field."""
        self.node.locator(".jp-OpenInterpreter-stop").click()

    def answer(self, label: str) -> None:
        """Press a button of the card that asks."""
        self.question.get_by_role("button", name=label, exact=True).click()

    def more(self, label: str) -> None:
        """Choose an entry of the panel's own menu."""
        self.button("More").click()
        self.page.get_by_role("menuitem", name=label).click()
