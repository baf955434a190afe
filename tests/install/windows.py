"""What a numbered step of a tutorial says is done in a browser, word by word.

The words that are understood, in the order in which a step has them:

    <http://…>                     open the address
    follow the link                open the last address that a terminal showed
    In a private window            in a browser that knows nothing; In the first window: back
    part *Name*                    what follows is in this part of the page, or of the part before
    `value` as *Label*             write it there, or choose it from a list
    the code as *Label*            the six digits that a terminal showed
    **Name**                       press the button or follow the link
    Reload … a link **Name**       reload until it is there
    **Name**, … as `file`          press it and keep the file
    “words”                        the page says so
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, expect

WORDS = re.compile(
    r"<(?P<address>http[^>]+)>"
    r"|(?P<link>follow the link)"
    r"|(?P<window>In a private window|In the first window)"
    r"|part \*(?P<part>[^*]+)\*"
    r"|(?:`(?P<value>[^`]+)`|(?P<code>the code)) as \*(?P<label>[^*]+)\*"
    r"|Reload [^*]*\*\*(?P<until>[^*]+)\*\*"
    r"|\*\*(?P<kept>[^*]+)\*\*[^*`]* as `(?P<file>[^`]+)`"
    r"|\*\*(?P<press>[^*]+)\*\*"
    r"|“(?P<says>[^”]+)”"
)
SECONDS = 90


class Windows:
    """A browser with an ordinary and a private window."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.open: dict[str, Page] = {}
        self.page = self._window("In the first window")

    def _window(self, name: str) -> Page:
        if name not in self.open:
            self.open[name] = self.browser.new_page()
            self.open[name].set_default_timeout(SECONDS * 1000)
        return self.open[name]

    def follow(self, step: str, said: str, folder: Path) -> None:
        """Do what the step says; `said` is what the last command said, `folder` where files go."""
        found = list(WORDS.finditer(step))
        if not found:
            raise ValueError("This step says nothing to do.")
        scope: Page | Locator = self.page
        for word in found:
            named = {key: value for key, value in word.groupdict().items() if value is not None}
            scope = self._do(named, scope, said, folder) or scope

    def _do(self, word: dict[str, str], scope: Any, said: str, folder: Path) -> Any:
        match word:
            case {"window": name}:
                self.page = self._window(name)
                return self.page
            case {"part": name}:
                return part(scope, name)
            case {"code": _, "label": label}:
                write(scope, label, re.findall(r"\b\d{6}\b", said)[-1])
            case {"value": value, "label": label}:
                write(scope, label, value)
            case {"address": address}:
                self._go(address)
            case {"link": _}:
                self._go(re.findall(r"http://\S+", said)[-1])
            case _:
                self._press(word, folder)
        return None

    def _press(self, word: dict[str, str], folder: Path) -> None:
        match word:
            case {"until": name}:
                self._wait_for(name)
            case {"kept": name, "file": file}:
                with self.page.expect_download() as download:
                    pressable(self.page, name).click()
                download.value.save_as(folder / file)
            case {"press": name}:
                pressable(self.page, name).click()
                self.page.wait_for_load_state()
            case {"says": words}:
                expect(self.page.get_by_text(words).first).to_be_visible(timeout=SECONDS * 1000)

    def _go(self, address: str) -> None:
        """Open it, also if the server has only just been started."""
        ends = time.monotonic() + SECONDS
        while True:
            try:
                self.page.goto(address)
            except Error as error:
                if "ERR_CONNECTION_REFUSED" not in error.message or time.monotonic() > ends:
                    raise
                time.sleep(0.5)
            else:
                return

    def _wait_for(self, name: str) -> None:
        ends = time.monotonic() + SECONDS
        while not pressable(self.page, name).is_visible():
            if time.monotonic() > ends:
                raise TimeoutError(f"There is no “{name}” after {SECONDS} seconds.")
            self.page.wait_for_timeout(500)
            self.page.reload()


def part(scope: Page | Locator, name: str) -> Locator:
    """A part of a page that has this name."""
    region = scope.get_by_role("region", name=name, exact=True)
    return region.or_(scope.get_by_role("group", name=name, exact=True)).first


def pressable(page: Page, name: str) -> Locator:
    """A button or a link that has this name."""
    button = page.get_by_role("button", name=name, exact=True)
    return button.or_(page.get_by_role("link", name=name, exact=True)).first


def write(scope: Page | Locator, label: str, value: str) -> None:
    """Fill in a field, or choose from a list."""
    field = scope.get_by_label(re.compile(rf"^\W*{re.escape(label)}\b")).first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)
