"""Files that were filled in: whose they are, who may fetch them, whether they may be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import readiness, trees
from wagtail_contracts.contracts.errors import AnswersRefused, NotReady
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.flows.exhibiting import leaves_room
from wagtail_contracts.contracts.flows.filing import use_files
from wagtail_contracts.contracts.flows.missing import MESSAGES as OBSTACLES
from wagtail_contracts.contracts.flows.reading import MESSAGES
from wagtail_contracts.contracts.flows.seeing import seen
from wagtail_contracts.contracts.models import (
    AnswerFile,
    Contract,
    ContractVersion,
    Participant,
    StoredFile,
)
from wagtail_contracts.contracts.models.files import FACTS

Values = Mapping[str, Any]


@transaction.atomic
def note_files(contract: Contract, *, by: Actor) -> None:
    """Note which files a contract of ours names, in its text and in our own side's data fields."""
    use_files(contract.body, contract.workspace, in_templates=False, by=by)
    note_answers(contract, by=by)


def note_answers(contract: Contract, *, first: Contract | None = None, by: Actor) -> None:
    """Those of our own side's data fields alone, inside a transaction.

    Of files that `by` knows, or that were given for this contract or the `first` one. One that
    nobody gave can't be sent.
    """
    own = contract.own_roles
    for item in contract.fields:
        value = contract.values.get(item["key"])
        if item["kind"] == "file" and item.get("role") in own and value:
            rows = _known(by, contract, first).filter(**{fact: value[fact] for fact in FACTS})
            if file := rows.order_by("-pk").first():
                AnswerFile.objects.get_or_create(file=file, contract=contract, participant=None)


def answered_file(user: Any, digest: str, *, by: Actor) -> StoredFile | None:
    """A file that was filled in to a contract, if `user` may read it there; a sensitive one, too.

    What was given, and not yet sent, nobody reads.
    """
    contracts = permissions.visible(user)
    rows = AnswerFile.objects.filter(file__digest=digest, contract__in=contracts)
    for row in rows.select_related("file", "contract__workspace").order_by("pk"):
        for content in _contents(row.contract, digest):
            if digest in _digests(seen(row.contract, content, user, by=by)):
                return row.file
    return None


def insist_on_given(participant: Participant, version: ContractVersion, values: Values) -> None:
    """Each file among new values was given by this participant. Raises AnswersRefused."""
    kinds = {item["key"]: item["kind"] for item in version.whole["fields"]}
    before = trees.values_by_key(version.whole)
    problems = {
        key: problem
        for key, value in values.items()
        if kinds.get(key) == "file" and value not in (None, before.get(key))
        if (problem := _problem(participant, value))
    }
    if problems:
        raise AnswersRefused(problems)


def insist_on_sealable(before: trees.Content, content: trees.Content) -> None:
    """All files fit into one sealed file. Raises AnswersRefused, at those that are new."""
    found = [str(OBSTACLES[code]) % words for code, words in readiness.too_large(content)]
    if not found and not leaves_room(content):
        found = [str(OBSTACLES["sealed_size"]) % {"most": readiness.LARGEST_INSIDE >> 20}]
    if found:
        had = trees.answered_files(before)
        now = trees.answered_files(content).items()
        raise AnswersRefused({key: found[0] for key, file in now if file != had.get(key)})


def _known(by: Actor, *contracts: Contract | None) -> QuerySet[StoredFile]:
    given = AnswerFile.objects.filter(contract__in=[each for each in contracts if each])
    user = staff(by)
    mine = StoredFile.objects.known_to(user) if user else StoredFile.objects.none()
    return StoredFile.objects.filter(Q(answers__in=given) | Q(pk__in=mine.values("pk")))


def _problem(participant: Participant, value: Mapping[str, Any]) -> str:
    facts = {fact: value[fact] for fact in FACTS}
    rows = StoredFile.objects.filter(answers__participant=participant, **facts)
    if not rows.exists():
        return str(MESSAGES["file_gone"])
    return "" if rows.usable().exists() else str(MESSAGES["file_waits"])


def _contents(contract: Contract, digest: str) -> Iterator[dict[str, Any]]:
    """The texts of a contract that may name a file: the working copy, and its versions."""
    with suppress(NotReady):
        yield compose(contract)
    versions = contract.versions.filter(exhibits__file__digest=digest).order_by("-number")
    yield from (version.content for version in versions)


def _digests(content: trees.Content) -> set[str]:
    return {file["digest"] for file in trees.answered_files(content).values()}
