"""What is missing before a contract may be sent, and what contradicts itself."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wagtail_contracts.contracts.core import computing, references, shown, trees
from wagtail_contracts.contracts.core.kinds import media

LARGEST = 100 << 20  # bytes of all files of a contract
LARGEST_INSIDE = 20 << 20  # bytes of those that travel in the sealed file, which has 25 MB at most
ASKED = ("organisation_number", "address")  # of a party, where the text says them
Problem = tuple[str, dict[str, Any]]


def problems(content: trees.Content, whole: trees.Content | None = None) -> list[Problem]:
    """(code, words for the sentence) of everything that stands in the way of sending.

    A reference may lead to what is hidden now and is in the `whole`.
    """
    found = [
        *_title(content),
        *_parties(content),
        *_references(content, whole or content),
        *_choosers(content),
        *_own_fields(content),
    ]
    found += _files(content)
    return list({(code, str(words)): (code, words) for code, words in found}.values())


def _files(content: trees.Content) -> Iterator[Problem]:
    """A block without its file, and files that are too large together."""
    for block in trees.blocks(content["body"]):
        if block["type"] in ("image", "exhibit") and not block["file"]:
            yield "no_file", {"name": block.get("title") or block.get("caption") or "…"}
    yield from too_large(content)


def too_large(content: trees.Content) -> Iterator[Problem]:
    """Files, of the text and filled in, that are too large together."""
    found = [file for block in trees.blocks(content["body"]) for file in media.files(block)]
    found += trees.answered_files(content).values()
    sizes = {file["digest"]: file["size"] for file in found}
    inside = {file["digest"] for file in found if file["media_type"] in media.SEALED}
    if sum(sizes.values()) > LARGEST:
        yield "files_size", {"most": LARGEST >> 20}
    if sum(sizes[digest] for digest in inside) > LARGEST_INSIDE:
        yield "sealed_size", {"most": LARGEST_INSIDE >> 20}


def _title(content: trees.Content) -> Iterator[Problem]:
    if not content["title"]:
        yield "title", {}
    if not content["body"]:
        yield "text", {}


def _parties(content: trees.Content) -> Iterator[Problem]:
    roles = Counter(party["role"] for party in content["parties"])
    if not any(party["own"] for party in content["parties"]):
        yield "own_party", {}
    if sum(not party["own"] for party in content["parties"]) < 1:
        yield "counterparty", {}
    for role, times in roles.items():
        if times > 1:
            yield "party_twice", {"role": role}
    for party in content["parties"]:
        yield from _party(party)


def _party(party: trees.Node) -> Iterator[Problem]:
    words = {"party": party["name"] or party["label"]}
    if not party["name"]:
        yield "party_name", {"party": party["label"]}
    signatories = [person for person in party["people"] if person["role"] == "signatory"]
    if not signatories and not (party["own"] and party["rule"]["kind"] == "none"):
        yield "signatory", words
    count = party["rule"]["count"]
    if party["rule"]["kind"] == "some" and not 1 <= (count or 0) <= len(signatories):
        yield "rule", {**words, "count": count or 0, "people": len(signatories)}
    if any(not person["name"] for person in party["people"]):
        yield "person_name", words


def _references(content: trees.Content, whole: trees.Content) -> Iterator[Problem]:
    fields, roles = trees.fields_by_key(content), trees.parties_by_role(content)
    cites = references.cites(whole)
    for key in sorted(trees.placed(content) - fields.keys()):
        yield "unknown_field", {"key": key}
    for node in trees.all_nodes(content):
        if node["type"] == "field" and node["key"] not in fields:
            yield "unknown_field", {"key": node["key"]}
        if node["type"] == "party":
            yield from _named(node, roles)
        if node["type"] == "reference" and node["block"] not in cites:
            yield "unknown_clause", {}
    for field in content["fields"]:
        if field["role"] not in roles and not computing.is_computed(field):
            told = {"label": field["label"], "role": field["role"]}
            yield ("field_role" if field["role"] else "nobody"), told


def _named(node: trees.Node, roles: dict[str, trees.Node]) -> Iterator[Problem]:
    """A party that the text names, and what it says of it."""
    party = roles.get(node["role"])
    if party is None:
        yield "unknown_party", {"role": node["role"]}
    elif node["part"] in ASKED and not shown.party(party, node["part"], "en"):
        yield f"party_{node['part']}", {"party": party["name"] or party["label"]}


def _choosers(content: trees.Content) -> Iterator[Problem]:
    """Who chooses products answers on the page of the other side."""
    parties = trees.parties_by_role(content)
    for block in trees.blocks(content["body"]):
        role = block["role"] if block["type"] == "products" else ""
        if role and (role not in parties or parties[role]["own"]):
            yield "chooser", {"title": block["title"]}


def _own_fields(content: trees.Content) -> Iterator[Problem]:
    own = {party["role"] for party in content["parties"] if party["own"]}
    for field in trees.unanswered(content):
        if field["role"] in own:
            yield "own_field", {"label": field["label"]}
