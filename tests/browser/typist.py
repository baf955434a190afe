"""Typing planted values into whatever a page takes: its inputs are found by looking at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import uploads
from tests.security.planting import ASKED_FOR, EMAIL, PHONE, WAYS, known_as, wanted

FREE = ", ".join(
    f"{kind}:not([disabled]):not([readonly])"
    for kind in (
        *(f"input[type={kind}]" for kind in ("text", "email", "tel", "url")),
        *("input:not([type])", "textarea"),
    )
)
RICH = ".public-DraftEditor-content[contenteditable=true]"
# Forms that post, with what they take; an input may stand outside of its form.
FORMS = """(free) => [...document.forms]
  .map((form, place) => [place, form, [...form.elements].filter((one) => one.matches(free))])
  .filter(([place, form, taken]) => form.method === 'post' && taken.length)
  .map(([place, form, taken]) => [place, taken.map((one) => one.name)])"""
# What belongs to a form is marked; what is folded away is opened.
MARK = """(place) => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  [...document.forms[place].elements].forEach((one) => { one.dataset.planted = ''; });
}"""
WRONG = "[aria-invalid=true], .error-message, .wc-error, .messages .error"
FAULTY = """(place) => [...document.forms[place].elements].filter((one) => one.name &&
  (one.matches('[aria-invalid=true]') ||
   one.closest('.w-field__wrapper')?.querySelector('.error-message')))
  .map((one) => one.name)"""
# What has to be chosen beside the words: what is named, else the first there is; a number, a day.
CHOOSE = """([place, day, named]) => {
  const parts = [...document.forms[place].elements];
  for (const one of parts) {
    const beside = parts.filter((other) => other.type === 'radio' && other.name === one.name);
    const said = named[one.name];
    const open = said === undefined && !beside.some((other) => other.checked);
    if (one.type === 'radio' && (open || one.value === said)) one.click();
    if (one.type === 'checkbox' && one.required && !one.checked) one.click();
    if (one.type === 'number') one.value = said === undefined ? one.value || 2 : said;
    if (one.type === 'date' && !one.value) one.value = day;
    if (one.type === 'datetime-local' && said) one.value = said;
    if (one.type === 'password') one.value = 'password';
    if (one.matches('select') && (said !== undefined || !one.value)) {
      const first = [...one.options].findIndex((option) => option.value);
      if (said === undefined) one.selectedIndex = first;
      else one.value = said;
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}"""
# What a form takes that somebody types: numbered, and looked at in one go.
LOOK = """([place, free]) => [...document.forms[place].elements]
  .filter((one) => one.matches(free))
  .map((one, number) => {
    one.dataset.free = number;
    const most = one.maxLength < 0 ? 10000 : one.maxLength;
    const type = one.getAttribute('type') || '';
    return { number, name: one.name, type, most, stood: one.value, seen: one.checkVisibility() };
  })"""
HIDDEN = """(one, words) => {
  one.value = words;
  one.dispatchEvent(new Event('input', { bubbles: true }));
}"""
KEPT = """([words, times]) => [...document.querySelectorAll('input[type=hidden]')]
  .filter((one) => one.value.includes(words)).length >= times"""
SUBMIT = ", ".join(
    f"{kind}[data-planted]:visible:enabled"
    for kind in ("button[type=submit]", "button:not([type])", "input[type=submit]")
)
NUMBER = PHONE.removeprefix("+")  # where an amount is wanted
DAYS = ("deadline", "closes_on")
LATER = str(timezone.now().date() + timedelta(days=40))
FILE: Any = {
    "name": f"{EMAIL}.pdf",
    "mimeType": "application/pdf",
    "buffer": uploads.saying("Terms"),
}
SAVE = "Control+s"
KEYS = (SAVE,)
ROUNDS = 5
Kind = frozenset[str]


@dataclass
class Typist:
    """Somebody at a browser; `typed` are inputs by door, `refused` what no form wanted."""

    page: Page
    typed: dict[str, set[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def at(
        self, door: str, address: str, *, press: str = "", then: str = "", **chosen: str
    ) -> None:
        """Type into each kind of form of a page, and send it.

        `press` and `then` name buttons, `chosen` what is chosen beside the words.
        """
        self.page.goto(address)
        if urlsplit(self.page.url).path != urlsplit(address).path:
            self.refused.append(f"{door}: leads to {self.page.url}")
            return
        for number, kind in enumerate(self._forms()):
            if number:
                self.page.goto(address)
            self.typed.setdefault(door, set()).update(kind)
            if not self._sent(kind, press, chosen) or (then and not self._pressed(then)):
                self.refused.append(f"{door}: {sorted(kind)}")

    def open(self, landing: str) -> None:
        """Follow a personal link."""
        self.page.goto(landing)
        self.page.get_by_role("button", name="Open the contract").click()
        self.page.wait_for_url(lambda there: "/c/" in there and not there.endswith(landing))

    def press(self, address: str, button: str) -> None:
        """Send a page that takes no words."""
        self.page.goto(address)
        if not self._pressed(button):
            self.refused.append(f"{address}: {button}")

    def _forms(self) -> dict[Kind, int]:
        """Where the first form of each kind stands among all."""
        found: dict[Kind, int] = {}
        for place, names in self.page.evaluate(FORMS, FREE):
            if kind := frozenset(known_as(name) for name in names if wanted(name)):
                found.setdefault(kind, place)
        return found

    def _sent(self, kind: Kind, press: str, chosen: dict[str, str]) -> bool:
        """Type the first way into all, and the next one into what was refused, until it is taken.

        What takes no words at all is left as it stood. What was taken stands there once more.
        """
        rounds: dict[str, int] = {}
        stood: dict[str, str] = {}
        for _round in range(ROUNDS):
            place = self._forms().get(kind)
            if place is None:
                return False
            self._fill(place, stood, rounds, chosen)
            if self._pressed(press):
                return True
            place = self._forms().get(kind, place)
            for name in self.page.evaluate(FAULTY, place):
                rounds[name] = rounds.get(name, 0) + 1
        return False

    def _fill(
        self, place: int, stood: dict[str, str], rounds: dict[str, int], chosen: dict[str, str]
    ) -> None:
        self.page.evaluate(MARK, place)
        for one in self.page.evaluate(LOOK, [place, FREE]):
            name = one["name"]
            before = stood.setdefault(name, chosen.get(name, one["stood"]))
            if wanted(name) and (name in rounds or not rounds):
                text = _words(one, before, rounds.get(name, 0))
                by_hand = one["seen"] and name not in DAYS
                self._type(f"[data-free='{one['number']}']", text, by_hand=by_hand)
        if not rounds:
            self._fill_rich()
        for file in self.page.locator("input[type=file][required][data-planted]").all():
            file.set_input_files(FILE)
        self.page.evaluate(CHOOSE, [place, LATER, chosen])

    def _type(self, where: str, text: str, *, by_hand: bool) -> None:
        """A calendar that opens over what it fills in is let be."""
        if by_hand:
            self.page.locator(where).fill(text)
        else:
            self.page.locator(where).evaluate(HIDDEN, text)

    def _fill_rich(self) -> None:
        """An editor keeps what was typed a moment later, where the form takes it from."""
        visible = [one for one in self.page.locator(RICH).all() if one.is_visible()]
        for one in visible:
            one.focus()
            expect(one).to_be_focused()
            self.page.keyboard.insert_text(WAYS[0])
        self.page.wait_for_function(KEPT, arg=[WAYS[0], len(visible)])

    def _pressed(self, name: str) -> bool:
        buttons = self.page.locator(SUBMIT)
        with self.page.expect_navigation(wait_until="domcontentloaded") as gone:
            if name in KEYS:
                self.page.keyboard.press(name)
            elif name:
                self.page.get_by_role("button", name=name).first.click(no_wait_after=True)
            else:
                buttons.first.click(no_wait_after=True)
        answer = gone.value
        fine = answer.status < 400 or answer.request.redirected_from is not None
        return fine and self.page.locator(WRONG).count() == 0


def _words(one: dict[str, Any], stood: str, number: int) -> str:
    """What is tried at this turn; what takes no words at all is left as it stood."""
    contact = [value for kind, value in ASKED_FOR.items() if one["name"].endswith(kind)]
    by_type = {"email": [EMAIL], "tel": [PHONE]}.get(one["type"])
    day = [WAYS[0], LATER] if one["name"] in DAYS else None
    said: list[str] = contact or by_type or day or [*WAYS, NUMBER]
    return (said[number] if number < len(said) else stood)[: one["most"]]
