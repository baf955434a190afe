"""One contract more, made of the rows of a pattern: with keys, names, digests and trail of its own.

What a flow would have made otherwise for it (numbers, digests, the chain of its trail, salts) is
made here by the same functions of the cellar; everything else is copied.
"""

from __future__ import annotations

import json
import re
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tests.bench.many.patterns import Row, Tables
from wagtail_contracts import canonical, chain, encryption
from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.contracts.core import searching
from wagtail_contracts.contracts.models import (
    ApprovalRequest,
    Contract,
    ContractTag,
    ContractVersion,
    Listing,
    Participant,
    Party,
    SearchText,
    Tag,
)
from wagtail_contracts.outbox.models import Message

HEX = re.compile(r"[0-9a-f]{64}")
KEYS = {"contract": Contract, "participant": Participant, "version": ContractVersion}


@dataclass
class Place:
    """Where the copies go: a workspace, who owns and who approves them, its tags and folders."""

    workspace: int
    owner: int
    code: str
    tags: dict[int, int]
    folders: dict[int, int]
    rule: int
    approver: int


@dataclass
class Keys:
    """The next free primary key of each table."""

    last: dict[type[models.Model], int] = field(default_factory=dict)

    def next(self, model: type[models.Model]) -> int:
        """One more."""
        if model not in self.last:
            self.last[model] = model._base_manager.aggregate(most=models.Max("pk"))["most"] or 0
        self.last[model] += 1
        return self.last[model]


class Copy:
    """One copy of a pattern; `made` holds its rows by table."""

    def __init__(self, pattern: Tables, number: int, place: Place, keys: Keys) -> None:
        self.pattern, self.number, self.place = pattern, number, place
        self.pks: dict[tuple[type[models.Model], Any], Any] = {}
        self.words: dict[str, str] = {}
        self._find_keys(keys)
        self._find_words()
        self._find_digests()
        named = sorted(map(re.escape, self.words), key=len, reverse=True)
        self._named = re.compile("|".join(named))
        self.made: Tables = {
            model: [self._row(model, row) for row in rows] for model, rows in pattern.items()
        }
        self._commit()
        self._chain()
        self._index()

    def said(self, text: str) -> str:
        """A text of the pattern with the names and digests of this copy."""
        return self._named.sub(lambda found: self.words[found[0]], text)

    # -- what is its own ------------------------------------------------------------------------

    def _find_keys(self, keys: Keys) -> None:
        for model, rows in self.pattern.items():
            key: Any = model._meta.pk
            for row in rows:
                if not key.remote_field:
                    self.pks[model, row[key.column]] = keys.next(model)

    def _find_words(self) -> None:
        for model, rows in self.pattern.items():
            for column in model._meta.local_concrete_fields if model is not Disclosure else ():
                if column.unique and not column.primary_key:
                    for row in rows:
                        self._rename(column, row[column.column])
        [contract] = self.pattern[Contract]
        self.words[contract["number"]] = f"{self.place.code}-2026-{self.number}"
        self.words[contract["title"]] = f"{contract['title']} no {self.number}"
        self._find_names()

    def _find_names(self) -> None:
        for party in self.pattern[Party]:
            if party["role"] != "supplier":
                self.words[party["name"]] = f"Kunde{self.number} {party['name']}"
        for person in self.pattern[Participant]:
            if not person["user_id"]:
                self.words[person["name"]] = f"Kari{self.number} Nordmann"

    def _rename(self, column: Any, value: Any) -> None:
        if isinstance(value, uuid.UUID):
            self.words[value.hex] = uuid.uuid4().hex
        elif isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}(-own)?", value):
            self.words.setdefault(value[:32], uuid.uuid4().hex)
        elif isinstance(value, str) and value:
            fresh = secrets.token_hex(32) if HEX.fullmatch(value) else secrets.token_urlsafe(16)
            self.words[value] = fresh[: column.max_length or None]

    def _find_digests(self) -> None:
        """Those of offers, contents and versions, each after what it is made of."""
        for row in self.pattern.get(ContractVersion, []):
            named = re.compile("|".join(map(re.escape, sorted(self.words, key=len, reverse=True))))

            def said(text: str) -> str:
                return named.sub(lambda found: self.words[found[0]], text)  # noqa: B023

            record = json.loads(row["record"])
            offer = canonical.digest_bytes(canonical.CONTRACT_OFFER, said(row["offer"]).encode())
            self.words[record["content"]["offer"]] = offer
            content = json.loads(said(json.dumps(record["content"], ensure_ascii=False)))
            content["offer"] = offer
            digest = canonical.digest(canonical.CONTRACT_CONTENT, content)
            self.words[row["content_digest"]] = digest
            whole = {**json.loads(said(row["record"])), "content": content}
            encoded = canonical.encode({**whole, "content_digest": digest})
            self.words[row["digest"]] = canonical.digest_bytes(canonical.CONTRACT_VERSION, encoded)

    # -- rows -----------------------------------------------------------------------------------

    def _row(self, model: type[models.Model], row: Row) -> Row:
        made = {}
        for column in model._meta.local_concrete_fields:
            value = row[column.column]
            target: Any = column.related_model if column.remote_field else model
            if column.primary_key or column.remote_field:
                value = self.pks.get((target, value), value)
            elif isinstance(value, bytes | memoryview) and column.unique:
                value = secrets.token_bytes(len(value))
            elif isinstance(value, uuid.UUID):
                value = uuid.UUID(self.words.get(value.hex, value.hex))
            elif isinstance(value, str) and not value.startswith(encryption.MARK):
                value = self.said(value)
            made[column.column] = value
        return self._fitted(model, made)

    def _fitted(self, model: type[models.Model], row: Row) -> Row:
        fits: dict[type[models.Model], Callable[[Row], None]] = {
            Contract: self._fit_contract,
            ContractTag: lambda tag: tag.update(tag_id=self.place.tags[tag["tag_id"]]),
            Listing: self._fit_listing,
            Participant: self._fit_person,
            ApprovalRequest: self._fit_request,
            Message: self._fit_message,
        }
        if fit := fits.get(model):
            fit(row)
        if "object_id" in row:
            row["object_id"] = str(self.pks[Contract, int(row["object_id"])])
        return row

    def _fit_contract(self, row: Row) -> None:
        row.update(workspace_id=self.place.workspace, owner_id=self.place.owner)

    def _fit_listing(self, row: Row) -> None:
        row["folder_id"] = self.place.folders.get(row["folder_id"])

    def _fit_person(self, row: Row) -> None:
        if row["user_id"]:
            row["user_id"] = self.place.owner
        else:
            row["email"] = encryption.seal_text(f"kari{self.number}@kunde{self.number}.example")

    def _fit_request(self, row: Row) -> None:
        [rule] = json.loads(row["rules"])
        rule["rule"], rule["steps"][0]["who"] = self.place.rule, self.place.approver
        owner = self.place.owner
        row.update(rules=json.dumps([rule]), barred=json.dumps([owner]), asked_by_id=owner)

    def _fit_message(self, row: Row) -> None:
        told = json.loads(row["keys"])
        for name, model in KEYS.items():
            if name in told:
                told[name] = self.pks.get((model, told[name]), told[name])
        row["keys"] = json.dumps(told)

    # -- what is made of other rows ---------------------------------------------------------------

    def _commit(self) -> None:
        """Salts of its own, and what they commit to."""
        for row in self.made.get(Disclosure, []):
            salt, value = secrets.token_bytes(32), encryption.open_text(row["value"])
            fresh = canonical.commitment(salt, value)
            self.words[row["commitment"]] = fresh
            row.update(commitment=fresh, salt=encryption.seal_text(salt.hex()))

    def _chain(self) -> None:
        """Each trail anew from its beginning, with the commitments of before."""
        named = re.compile("|".join(map(re.escape, sorted(self.words, key=len, reverse=True))))
        heads = {trail["id"]: chain.genesis(trail["key"]) for trail in self.made[Trail]}
        names = {trail["id"]: trail["key"] for trail in self.made[Trail]}
        for old, event in zip(self.pattern[Event], self.made[Event], strict=True):
            record = json.loads(named.sub(lambda found: self.words[found[0]], old["record"]))
            content = {key: record[key] for key in ("at", "by", "commitments", "data", "name")}
            key = event["trail_id"]
            link = chain.link(names[key], heads[key], content)
            heads[key] = chain.Head(heads[key].length + 1, link.digest)
            event.update(record=link.record, digest=link.digest)
        for trail in self.made[Trail]:
            trail.update(length=heads[trail["id"]].length, head=heads[trail["id"]].digest)

    def _index(self) -> None:
        """Its words, as the flow makes them of its rows."""
        [row], [old] = self.made[SearchText], self.pattern[SearchText]
        [contract] = self.made[Contract]
        names = [contract["number"], contract["title"]]
        for party in self.made[Party]:
            names += [party["name"], *searching.identifiers(party["organisation_number"])]
        for person in self.made[Participant]:
            told = searching.address(encryption.open_text(person["email"]))
            names += [person["name"], encryption.keyed_digests(told)[0]]
        tags = Tag.objects.filter(pk__in=[tag["tag_id"] for tag in self.made.get(ContractTag, [])])
        names += tags.order_by("pk").values_list("name", flat=True)
        row["names"] = searching.stored(names)
        gone = set(old["names"].split())
        row["words"] = searching.stored(
            [row["names"], *(w for w in old["words"].split() if w not in gone)]
        )
