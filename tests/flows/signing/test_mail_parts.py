"""Both parts of every mail say the same, know whose it is, are small and fetch nothing."""

import re

import pytest

from tests import builders
from tests.public import markup
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.rendering import letters, samples
from wagtail_contracts.signing.rendering.mail import mail, with_link

FILLED = {
    "code": "123456",
    "minutes": 10,
    "file": "0" * 64,
    "verify": "https://example.com/verify/",
    "copy": letters.ATTACHED,
    "size": "120 KB",
    "who": "Åse Boss",
    "clause": "4",
    "n": 1,
    "reason": "nobody has this address there.",
    "message": "Here it is.\nClause 4 is new.",
    "at": "1 December 2026 at 12:00 (Europe/Oslo)",
    "titles": ["Hosting 2027", "Support 2027"],
    "said": "I withdraw from this contract.",
}
PROOF = "For your records: audit trail 0123, event 7, 4567."
CHOICES = "https://example.com/admin/account/"
LINK = "https://example.com/c/x/"
LARGEST = 30 << 10
WAYS = pytest.mark.parametrize(
    "more", [{"proof": PROOF}, {"choices": CHOICES}], ids=["out", "staff"]
)
# What a mail program would fetch, and where; what is meant for eyes alone has no words.
FETCHING = {"src", "srcset", "background", "poster", "data", "action", "formaction", "manifest"}
LOADING = {"link", "script", "style", "iframe", "object", "embed", "form", "base", "video", "audio"}
LOADS = re.compile(r"url\(|@import|image-set\(", re.IGNORECASE)


def made(contract, kind, **more):
    """The mail of a kind, with everything in it that any of its kind has."""
    letter = letters.letter(kind, letters.words(contract, **FILLED))
    if letter.button:
        letter = with_link(letter, LINK)
    return mail(letter, contract, "kari@customer.example", identity="m1", **more)


def words(text):
    return {word.rstrip(":") for word in text.split()}


def parts(letter):
    """Its text, and its markup as it would be read."""
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return letter.body, markup.read(content)


@WAYS
def test_each_fact_stands_in_both_parts_and_neither_fetches_anything(draft, more):
    contract = Contract.objects.get(pk=draft.pk)
    for kind in letters.LETTERS:
        letter = made(contract, kind, **more)
        text, page = parts(letter)
        assert words(text) - words(page.text) == set(), kind
        assert words(page.text) - words(f"{letter.subject} {text}") == set(), kind
        for tag, attributes in page.elements:
            assert tag not in LOADING, kind
            assert FETCHING & attributes.keys() == set(), (kind, tag)
            assert not LOADS.search(" ".join(attributes.values())), kind
        assert len(letter.message().as_bytes()) < LARGEST


@WAYS
def test_each_says_whose_it_is_about_which_contract_and_what_we_never_ask_for(draft, more):
    contract = Contract.objects.get(pk=draft.pk)
    for kind in letters.LETTERS:
        text, page = parts(made(contract, kind, **more))
        for said in (" ".join(text.split()), " ".join(page.text.split())):
            assert "Eksempel AS" in said, kind
            assert f"It is about contract {draft.number}." in said, kind
            assert "We never ask for a password or a card number." in said, kind
    assert len(letters.LETTERS) > 30


def test_a_sample_of_a_workspace_keeps_to_it_too(sales, sender):
    letter = samples.sample(sales, "invitation", "en", sender)
    text, page = parts(letter)
    assert words(page.text) - words(f"{letter.subject} {text}") == set()
    assert builders.actor(sender).label in text
