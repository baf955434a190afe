"""The texts of the example site's templates, as stored streams."""

import uuid
from typing import Any

Entry = dict[str, Any]


def entry(kind: str, /, **value: Any) -> Entry:
    """One stored stream entry."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value: Any) -> Entry:
    """One stored entry of a list."""
    return entry("item") | {"value": value}


def chip(key: str) -> str:
    """A data field or a party inside running text."""
    return f'<span data-contract-field="{key}">{key}</span>'


def reference(block: Entry) -> str:
    """The number of a block inside running text."""
    return chip(f"clause.{block['id']}")


def heading(text: str, level: int = 1) -> Entry:
    """A locked heading."""
    return entry("heading", policy="locked", level=str(level), text=text)


def clause(heading: str, *texts: str, level: int = 1, policy: str = "locked") -> Entry:
    """A numbered clause."""
    text = "".join(f"<p>{part}</p>" for part in texts)
    place = {"policy": policy, "level": str(level), "style": "", "start": None}
    return entry("clause", **place, heading=heading, text=text)


def kept_clause(name: str, version: int, *, level: int = 1, policy: str = "locked") -> Entry:
    """A clause of the library, by its name there, with one of its wordings; 1 is the first."""
    place = {"policy": policy, "level": str(level), "style": "", "start": None}
    return entry("library", **place, clause=name, taken=version)


def definition(term: str, meaning: str, *, numbered: bool = False, level: int = 1) -> Entry:
    """What a word means, locked, as a clause of its level if it is numbered."""
    place = {"policy": "locked", "level": str(level), "style": "", "start": None}
    return entry("definition", **place, numbered=numbered, term=term, text=f"<p>{meaning}</p>")


def text(*texts: str, policy: str = "locked") -> Entry:
    """Running text without a number."""
    return entry("text", policy=policy, text="".join(f"<p>{part}</p>" for part in texts))


def listing(*texts: str, ordered: bool = False, policy: str = "locked") -> Entry:
    """A list."""
    place = {"level": "1", "style": "", "start": None}
    items = [item({**place, "text": part}) for part in texts]
    return entry("list", policy=policy, ordered=ordered, items=items)


def table(caption: str, *rows: tuple[str, ...], policy: str = "locked") -> Entry:
    """A table whose first row is its header."""
    made = [item({"cells": [item(cell) for cell in row]}) for row in rows]
    return entry(
        "table", policy=policy, caption=caption, header_row=True, header_column=False, rows=made
    )


def products(
    title: str, *rows: Entry, role: str = "", months: int | None = None, **more: Any
) -> Entry:
    """A product table in kroner; `role` chooses, and the quantities are the senders'."""
    usual = {"policy": "editable", "columns": ["quantity"], "currency": "NOK"}
    made = {"title": title, "role": role, "months": months, "rows": list(rows)}
    return entry("products", **{**usual, **made, **more})


def product(name: str, price: str, **more: Any) -> Entry:
    """A row of a product table: one, once, with 25 % VAT, unless told otherwise."""
    usual = {"quantity": "1", "unit": "", "vat": "25", "period": "once", "choice": "fixed"}
    return item({**usual, "name": name, "price": price, **more})


def alternatives(
    *wordings: tuple[str, str, str],
    policy: str = "editable",
    level: int = 1,
    others: bool = False,
) -> Entry:
    """A clause with wordings, each with a name, a heading and a text; the first one holds."""
    place = {"policy": policy, "level": str(level), "style": "", "start": None}
    made = [
        item({"name": name, "heading": heading, "text": f"<p>{text}</p>"})
        for name, heading, text in wordings
    ]
    return entry("alternatives", **place, wordings=made, others=others, chosen="")


def group(title: str, *blocks: Entry, policy: str = "locked") -> Entry:
    """Blocks that stand together; those within have no policy."""
    free = [{**block, "value": _free(block["value"])} for block in blocks]
    return entry("group", policy=policy, title=title, blocks=free)


def shown_if(block: Entry, key: str, operator: str, value: str = "", kind: str = "") -> Entry:
    """The block under a condition, as the pickers store it."""
    test = {"key": key, "operator": operator, "kind": kind, "currency": "", "value": value}
    condition = {"join": "all", "tests": [test], "expression": ""}
    return {**block, "value": {**block["value"], "condition": condition}}


def _free(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name != "policy"}


def image(file: Any, alt: str, caption: str, *, width: str = "full") -> Entry:
    """A picture that was uploaded."""
    return entry(
        "image",
        policy="locked",
        file=file,
        alt=alt,
        decorative=False,
        caption=caption,
        width=width,
    )


def video(title: str, file: Any, captions: Any, transcript: str) -> Entry:
    """A video that was uploaded, with captions and a transcript."""
    nowhere: dict[str, Any] = {"embed": None, "without": ""}
    kept = {"file": file, "captions": captions, "transcript": transcript}
    return entry("video", policy="locked", title=title, **kept, **nowhere)


def exhibit(file: Any, title: str) -> Entry:
    """A PDF that belongs to the contract."""
    return entry("exhibit", policy="locked", title=title, file=file)


def columns(*texts: str, policy: str = "locked") -> Entry:
    """Texts beside each other."""
    return entry("columns", policy=policy, texts=[item(f"<p>{text}</p>") for text in texts])


def bilingual(
    heading: str, text: str, other_heading: str, other_text: str, *, policy: str = "locked"
) -> Entry:
    """A clause in both languages."""
    place = {"policy": policy, "level": "1", "style": "", "start": None}
    sides = {"heading": heading, "text": f"<p>{text}</p>"}
    others = {"other_heading": other_heading, "other_text": f"<p>{other_text}</p>"}
    return entry("bilingual", **place, **sides, **others)


def page_break(policy: str = "locked") -> Entry:
    """Where a new page begins."""
    return entry("page_break", policy=policy)


def party_details(title: str, *roles: str, policy: str = "locked") -> Entry:
    """Who the parties are: these, or all."""
    return entry("party_details", policy=policy, title=title, roles=[item(role) for role in roles])


def place(key: str, policy: str = "locked") -> Entry:
    """Where a data field stands in a block of its own."""
    return entry("field_place", policy=policy, key=key)


def area(title: str, empty: str = "None.", **more: Any) -> Entry:
    """Where the sender may add clauses."""
    return entry("area", policy="editable", title=title, empty=empty, **more, blocks=[])


def signatures(title: str) -> Entry:
    """Where the signatures stand."""
    return entry("signatures", policy="locked", title=title)


def role(key: str, label: str, *, own: bool = False, kind: str = "organisation") -> Entry:
    """A role of a party; all of its signatories sign."""
    return entry("role", key=key, label=label, own=own, kind=kind, rule="all", count=None)


def field(kind: str, key: str, label: str, role: str, **more: Any) -> Entry:
    """A definition of a data field, required unless told otherwise."""
    none = None if kind in ("number", "money", "date") else ""
    value = {"key": key, "label": label, "role": role, "default": none}
    value |= {"required": True, "help": ""}
    return entry(kind, **{**value, **more})


def shared(name: str) -> Entry:
    """A set of definitions that templates share, by its name."""
    return entry("shared") | {"value": name}


def computed(
    key: str, label: str, result: str, shape: str = "", *keys: str, currency: str = "", **more: Any
) -> Entry:
    """A definition of a data field whose value is made from others."""
    formula = {"shape": shape, "keys": [item(each) for each in keys], "number": None, "unit": ""}
    formula |= {"expression": "", **more}
    value = {"key": key, "label": label, "help": "", "result": result, "currency": currency}
    return entry("computed", **value, formula=formula)


def option(key: str, text: str) -> Entry:
    """An option of a choice."""
    return item({"key": key, "text": text})
