"""Typing planted values into whatever a page takes: its inputs are found by looking at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

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
# What has to be chosen beside the words: the first there is, a number, a day that is not near.
CHOOSE = """(place) => {
  const day = new Date(Date.now() + 40 * 86400000).toISOString().slice(0, 10);
  const parts = [...document.forms[place].elements];
  for (const one of parts) {
    const beside = parts.filter((other) => other.type === 'radio' && other.name === one.name);
    if (one.type === 'radio' && !beside.some((other) => other.checked)) one.click();
    if (one.type === 'checkbox' && one.required && !one.checked) one.click();
    if (one.type === 'number' && !one.value) one.value = 2;
    if (one.type === 'date' && !one.value) one.value = day;
    if (one.type === 'password') one.value = 'password';
    if (one.matches('select') && !one.value) {
      one.selectedIndex = [...one.options].findIndex((option) => option.value);
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}"""
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

    def at(self, door: str, address: str, *, press: str = "", then: str = "") -> None:
        """Type into each kind of form of a page, and send it; `press` and `then` name buttons."""
        self.page.goto(address)
        for number, kind in enumerate(self._forms()):
            if number:
                self.page.goto(address)
            self.typed.setdefault(door, set()).update(kind)
            if not self._sent(kind, press) or (then and not self._pressed(then)):
                self.refused.append(f"{door}: {sorted(kind)}")

    def _forms(self) -> dict[Kind, int]:
        """Where the first form of each kind stands among all."""
        found: dict[Kind, int] = {}
        for place, names in self.page.evaluate(FORMS, FREE):
            if kind := frozenset(known_as(name) for name in names if wanted(name)):
                found.setdefault(kind, place)
        return found

    def _sent(self, kind: Kind, press: str) -> bool:
        """Type the first way into all, and the next one into what was refused, until it is taken.

        What takes no words at all is left as it stood. What was taken stands there once more.
        """
        rounds: dict[str, int] = {}
        stood: dict[str, str] = {}
        for _round in range(ROUNDS):
            place = self._forms().get(kind)
            if place is None:
                return False
            self._fill(place, stood, rounds)
            if self._pressed(press):
                return True
            place = self._forms().get(kind, place)
            for name in self.page.evaluate(FAULTY, place):
                rounds[name] = rounds.get(name, 0) + 1
        return False

    def _fill(self, place: int, stood: dict[str, str], rounds: dict[str, int]) -> None:
        self.page.evaluate(MARK, place)
        free = ", ".join(f"{one}[data-planted]" for one in FREE.split(", "))
        for one in self.page.locator(free).all():
            name = str(one.get_attribute("name"))
            before = stood.setdefault(name, one.input_value())
            if wanted(name) and (name in rounds or not rounds):
                _type(one, before, rounds.get(name, 0))
        if not rounds:
            self._fill_rich()
        self.page.evaluate(CHOOSE, place)

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


def _type(one: Locator, stood: str, number: int) -> None:
    name = str(one.get_attribute("name"))
    contact = [value for kind, value in ASKED_FOR.items() if name.endswith(kind)]
    by_type = {"email": [EMAIL], "tel": [PHONE]}.get(one.get_attribute("type") or "")
    said = contact or by_type or [*WAYS, NUMBER]
    most = int(one.get_attribute("maxlength") or 10_000)
    text = (said[number] if number < len(said) else stood)[:most]
    if one.is_visible():
        one.fill(text)
    else:
        one.evaluate(HIDDEN, text)
