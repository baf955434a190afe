"""Strategies: canonical values, stored streams of a contract, and answers."""

import json
import unicodedata
from html import escape

from hypothesis import settings
from hypothesis import strategies as st

from example_site import contents as streams
from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import answers

steady = settings(deadline=None)  # a busy machine is no fault


def nfc(text):
    return unicodedata.normalize("NFC", text)


letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=20).map(nfc)
keys = st.from_regex(canonical.KEY, fullmatch=True)
numbers = st.integers(-canonical.LARGEST, canonical.LARGEST)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)

# -- streams ------------------------------------------------------------------------------------

TARGET = "00000000-0000-4000-8000-000000000000"  # what a reference leads to
CHIPS = (
    *("price", "start", "support", "supplier.name", "customer.people", "contract.title"),
    *("supplier.organisation_number", "customer.address"),
    f"clause.{TARGET}",
)
prose = st.text(st.sampled_from("abc æøåÆØÅ é<>&\"'–… \u00a0\u0301\u0627"), min_size=1, max_size=12)
chips = st.sampled_from(CHIPS).map(streams.chip)
run = st.one_of(
    prose.map(escape),
    prose.map(lambda text: f"<b>{escape(text)}</b>"),
    prose.map(lambda text: f"<i><b>{escape(text)}</b></i>"),
    chips,
    chips.map(lambda chip: f"<b>{chip}</b>"),
    prose.map(lambda text: f'<a href="https://example.com/a?b=1&amp;c=2">x{escape(text)}</a>'),
    st.just("<br/>"),
)
lines = st.lists(run, min_size=1, max_size=4).map("".join).map(lambda text: f"ord {text}")
paragraphs = st.lists(lines, min_size=1, max_size=2)
levels = st.sampled_from("1234")
styles = st.sampled_from(("", "1.1", "1.", "1)", "(a)", "A.", "i.", "(I)", "§ 1", "Article I"))
starts = st.none() | st.integers(1, 99)
counts = {"level": levels, "style": styles, "start": starts}


def with_list(paragraphs, items):
    inside = "".join(f"<li>{item}</li>" for item in items)
    text = "".join(f"<p>{part}</p>" for part in paragraphs)
    return f"{text}<ol>{inside}</ol>" if items else text


rich = st.builds(with_list, paragraphs, st.lists(lines, max_size=2))
tags = st.sampled_from(
    [f"<{tag}>" for tag in ("p", "b", "i", "ol", "ul", "li", "br/", "/p", "/b", "/i", "/ol", "/ul")]
    + ["</li>", "<ol><li>", "</li></ol>", '<a href="https://a.example">', "</a>", "&#x301;", "&lt;"]
)
markup = st.lists(tags | prose.map(escape) | chips, max_size=12).map("".join)
policies = st.sampled_from(("locked", "editable", "optional"))


def block(kind, **parts):
    return st.fixed_dictionaries({"policy": policies, **parts}).map(
        lambda value: streams.entry(kind, **value)
    )


items = st.lists(
    st.fixed_dictionaries({**counts, "style": styles | st.just("•"), "text": lines}).map(
        streams.item
    ),
    min_size=1,
    max_size=4,
)
cells = st.lists((lines | st.just("")).map(streams.item), min_size=1, max_size=3)
rows = st.lists(cells.map(lambda made: streams.item({"cells": made})), min_size=1, max_size=3)
titles = st.text(st.sampled_from("abæø <&"), max_size=10).map(lambda text: f"Tittel {text}")
columns = st.lists(rich.map(streams.item), min_size=2, max_size=3)
roles = st.lists(st.sampled_from(("supplier", "customer")).map(streams.item), max_size=2)
flags = st.booleans()
free = st.one_of(
    block("heading", level=levels, text=lines),
    block("clause", **counts, heading=lines | st.just(""), text=rich),
    block("definition", **counts, numbered=flags, term=lines, text=rich),
    block("text", text=rich),
    block("list", ordered=flags, items=items),
    block("table", caption=titles, header_row=flags, header_column=flags, rows=rows),
    block("columns", texts=columns),
    block("page_break"),
)


def without_policy(entry):
    return {**entry, "value": {k: v for k, v in entry["value"].items() if k != "policy"}}


area = {**counts, "title": titles | st.just(""), "numbered": flags, "empty": titles | st.just("")}
blocks = st.one_of(
    free,
    block("field_place", key=st.sampled_from(("price", "start", "support"))),
    block("party_details", title=titles | st.just(""), roles=roles),
    block("bilingual", **counts, heading=lines, text=rich, other_heading=lines, other_text=rich),
    block("area", **area, blocks=st.lists(free.map(without_policy), max_size=2)),
    block("signatures", title=titles),
)


def pointed(body):
    """The body, whose references lead to its first block."""
    return json.loads(json.dumps(body).replace(TARGET, body[0]["id"] if body else TARGET))


bodies = st.lists(blocks, max_size=6).map(pointed)

# -- answers ------------------------------------------------------------------------------------

COUNTRY = ("organisation_number", "phone", "address", "national_id")
OPTIONS = [{"key": "office", "content": []}, {"key": "extended", "content": []}]
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]).filter(
        lambda letter: not answers.CONTROL.search(letter)
    ),
    min_size=1,
    max_size=30,
).map(lambda text: nfc(" ".join(text.split())))
decimals = st.decimals(-(10**13), 10**13, places=4)
amounts = st.decimals(0, 10**13, places=2)
answer = {
    "text": words.filter(bool),
    "long_text": st.lists(words, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool),
    "number": decimals.map(lambda number: canonical.decimal(number, 4)),
    "money": amounts.map(
        lambda amount: {"amount": canonical.decimal(amount, 2), "currency": "NOK"}
    ),
    "date": st.dates().map(canonical.day),
    "email": st.sampled_from(("kari@kunde.example", "o.n+x@a-b.example.no")),
    "choice": st.sampled_from(("office", "extended")),
    "yes_no": st.booleans(),
    "multiple": st.sampled_from((["office"], ["extended"], ["office", "extended"])),
    "organisation_number": st.sampled_from(("974760673", "923609016")),
    "iban": st.sampled_from(("NO9386011117947", "DE89370400440532013000")),
    "phone": st.sampled_from(("+4722123456", "+46812345678", "+442079460958")),
    "national_id": st.just("15108695088"),
    "url": st.sampled_from(("https://kunde.example", "http://a.kunde.example:8080/b?c=d#e")),
    "period": st.fixed_dictionaries(
        {"number": st.integers(1, 9999), "unit": st.sampled_from(("day", "week", "month", "year"))}
    ),
    "address": st.fixed_dictionaries(
        {
            "street": st.lists(words.filter(bool), min_size=1, max_size=4),
            "postcode": st.sampled_from(("0155", "9999")),
            "city": words.filter(bool),
            "country": st.sampled_from(("NO", "DK")),
        }
    ),
    "file": st.fixed_dictionaries(
        {
            "name": words.filter(bool).map(lambda word: f"{word}.pdf"),
            "digest": st.sampled_from(("ab" * 32, "0" * 64)),
            "size": st.integers(1, 10 << 20),
            "media_type": st.just("application/pdf"),
            "pages": st.integers(1, 500),
        }
    ),
}


def field(kind):
    """The definition of a field of this kind."""
    return {
        "key": "asked",
        "kind": kind,
        "label": "Asked",
        "help": "",
        "role": "customer",
        "required": True,
        "sensitive": False,
        "currency": "NOK" if kind == "money" else None,
        "max_length": None,
        "minimum": None,
        "maximum": None,
        "decimals": None,
        "country": "NO" if kind in COUNTRY else None,
        "accepts": ["application/pdf", "image/jpeg", "image/png"] if kind == "file" else [],
        "largest": 10 << 20 if kind == "file" else None,
        "expression": None,
        "options": OPTIONS if kind in ("choice", "multiple") else [],
    }
