"""What stands on a button is no verse: in Norwegian at most 1.4 times as long as in English."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.house.laws import HOUSE

FOLDER = HOUSE / "signing/templates/wagtail_contracts/signing/public"
BUTTON = re.compile(r"<(?:button|a)\b[^>]*\bwc-btn\b.*?</(?:button|a)>", re.DOTALL)
WORDS = re.compile(
    r'\{% translate "([^"]+)"(?: context "[^"]+")? %\}'
    r"|\{% blocktranslate[^%]*%\}(.+?)\{% endblocktranslate %\}"
)
SHORT = 12  # characters: below, one word more breaks no button


def labels():
    """The strings on the buttons of the outsiders' pages, as a catalogue has them."""
    found = set()
    for path in FOLDER.glob("*.html"):
        for button in BUTTON.findall(path.read_text()):
            shown = re.sub(r"<span class=\"wc-hidden\">.*?</span>", "", button)
            for plain, block in WORDS.findall(shown):
                found.add(plain or re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block))
    return found


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_button_is_much_longer_than_in_english(language):
    place = HOUSE / f"signing/locale/{language}/LC_MESSAGES/django.po"
    messages = [message for message in read_po(place.open("rb")) if not message.fuzzy]
    said = {message.id: message.string for message in messages if message.id}
    known = sorted(label for label in labels() if said.get(label))

    long = {
        label: said[label] for label in known if len(said[label]) > 1.4 * max(len(label), SHORT)
    }
    assert long == {}
    assert len(known) > 20
