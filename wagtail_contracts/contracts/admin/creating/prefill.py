"""A new contract filled in by the address of its first step, as other systems link to it.

    ?template=5&title=Lease&party.tenant.name=Kari+Nordmann&value.start=2027-02-01

Whatever the address says is judged as if it was typed; what can't be used is left out and named.
Sensitive values are refused: addresses are written into the logs of servers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.creating.parties import PartyForm
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.errors import AnswersRefused

TEMPLATE, TITLE, PARTY, VALUE = "template", "title", "party", "value"
LONGEST = 120  # characters of a title
SENTENCES = {
    "unknown": gettext_lazy("The address has “%(key)s”, which this form does not know."),
    "twice": gettext_lazy("The address has “%(key)s” more than once."),
    "sensitive": gettext_lazy("“%(label)s” is sensitive and never taken from an address."),
    "file": gettext_lazy("“%(label)s” is a file, and never taken from an address."),
    "computed": gettext_lazy("“%(label)s” is computed, not filled in."),
    "theirs": gettext_lazy("“%(label)s” is filled in by another party, not here."),
    "title": gettext_lazy("The title in the address is too long."),
    "faulty": gettext_lazy("“%(label)s”: %(problem)s"),
}
Definitions = Sequence[Mapping[str, Any]]


@dataclass
class Prefill:
    """What a draft begins with, and a sentence for each part of the address that is of no use.

    `told` is what is of use, as (label, what the address says).
    """

    title: str = ""
    parties: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def complain(self, code: str, **words: Any) -> None:
        """Name what can't be used."""
        self.problems.append(str(SENTENCES[code]) % words)


def read(query: QueryDict, roles: Definitions, fields: Definitions) -> Prefill:
    """What an address fills in; `fields` are those of all parties."""
    made, known = Prefill(), {item["key"]: item for item in fields}
    for key, said in _once(query, made):
        kind, _dot, rest = key.partition(".")
        if key == TITLE:
            _title(made, said)
        elif kind == VALUE and rest in known:
            _value(made, known[rest], said, roles)
        elif kind != PARTY or not _party(made, rest, said, roles):
            made.complain("unknown", key=key)
    return made


def _once(query: QueryDict, made: Prefill) -> Iterator[tuple[str, str]]:
    for key, found in query.lists():
        if len(found) > 1:
            made.complain("twice", key=key)
        elif key != TEMPLATE:
            yield key, found[0]


def _title(made: Prefill, said: str) -> None:
    if len(said) > LONGEST:
        made.complain("title")
    elif said.strip():
        made.title = said.strip()
        made.told.append((_("Title"), made.title))


def _value(made: Prefill, item: Mapping[str, Any], said: str, roles: Definitions) -> None:
    own = {role["key"] for role in roles if role["own"]}
    definition = canonical_field(item)
    key, label = definition["key"], definition["label"]
    if not definition["role"]:
        made.complain("computed", label=label)
    elif definition["sensitive"]:
        made.complain("sensitive", label=label)
    elif definition["role"] not in own:
        made.complain("theirs", label=label)
    elif definition["kind"] == "file":  # whoever knows a digest has not given the file
        made.complain("file", label=label)
    else:
        try:
            made.values[key] = contracts.read_values([definition], {key: said})[key]
            made.told.append((label, said))
        except AnswersRefused as refusal:
            made.complain("faulty", label=label, problem=refusal.problems[key])


def _party(made: Prefill, rest: str, said: str, roles: Definitions) -> bool:
    """Whether there is such a part of such a party."""
    key, _dot, part = rest.partition(".")
    role = next((role for role in roles if role["key"] == key), None)
    known = PartyForm(kind=role["kind"]).fields.keys() if role else set()
    if role is None or part not in known - {"address"}:  # which has several parts
        return False
    form = PartyForm({**made.parties.get(key, {}), part: said}, kind=role["kind"])
    label = form.fields[part].label
    for problem in form.errors.get(part, ()):
        made.complain("faulty", label=label, problem=problem)
    if part not in form.errors:
        made.parties.setdefault(key, {})[part] = form.cleaned_data[part]
        made.told.append((f"{role['label']}: {label}", said))
    return True
