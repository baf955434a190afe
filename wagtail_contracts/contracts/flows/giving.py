"""A participant fills in a file: judged, counted, and part of the draft of their answers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import answers, trees
from wagtail_contracts.contracts.core.fields import files
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.errors import AnswersRefused, UploadRefused
from wagtail_contracts.contracts.flows.answering import fields_ever, open_version
from wagtail_contracts.contracts.flows.filing import Upload, drop, keep_file
from wagtail_contracts.contracts.flows.reading import MESSAGES, sentence
from wagtail_contracts.contracts.models import (
    AnswerDraft,
    AnswerFile,
    Contract,
    Participant,
    StoredFile,
)
from wagtail_contracts.errors import Refusal

MOST, MOST_BYTES = 40, 100 << 20  # of one participant, those of all versions too
LARGEST, AT_ONCE = sorts.LARGEST, 100 << 20  # bytes of one file, and of all that are sent at once


def asks_for_files(participant: Participant) -> bool:
    """Whether a participant may come to fill in a file."""
    version = participant.party.contract.current_version
    fields = fields_ever(participant, version.whole).values() if version else ()
    return any(field["kind"] == "file" for field in fields)


def give_file(participant: Participant, key: str, upload: Upload, *, by: Actor) -> str:
    """Keep a file for a data field; what then stands in its input.

    Raises WrongState, AnswersRefused; then nothing is kept. Call it outside a transaction.
    """
    field = _field(participant, key)
    try:
        files.insist_on_fit(field, sorts.named(str(upload.name)), upload.size or 0)
        _make_room(participant, upload.size or 0, by=by)
        file = keep_file(upload, sort=sorts.ANSWER, by=by)
    except answers.Wrong as wrong:
        raise AnswersRefused({key: sentence(field, wrong)}) from wrong
    except UploadRefused as refused:
        raise AnswersRefused({key: str(refused)}) from refused
    try:
        return _given(participant, key, file, by=by)
    except Refusal:
        drop([file], by=by)
        raise


@transaction.atomic
def _given(participant: Participant, key: str, file: StoredFile, *, by: Actor) -> str:
    contract = Contract.objects.lock(participant.party.contract_id)
    open_version(contract)
    try:
        _insist_on_room(participant, file.size)
    except UploadRefused as refused:
        raise AnswersRefused({key: str(refused)}) from refused

    AnswerFile.objects.create(file=file, contract=contract, participant=participant)
    draft, _new = AnswerDraft.objects.get_or_create(participant=participant)
    draft.values = {**draft.values, key: files.line(file.facts())}
    draft.save()
    return str(draft.values[key])


def _field(participant: Participant, key: str) -> trees.Node:
    version = open_version(participant.party.contract)
    field = fields_ever(participant, version.whole).get(key)
    if field is None or field["kind"] != "file":
        raise AnswersRefused({key: str(MESSAGES["unknown"])})
    return field


def _make_room(participant: Participant, size: int, *, by: Actor) -> None:
    """Forget what was replaced or taken away, but only where it is in the way."""
    try:
        _insist_on_room(participant, size)
    except UploadRefused:
        drop(StoredFile.objects.filter(answers__participant=participant), by=by)
        _insist_on_room(participant, size)


def _insist_on_room(participant: Participant, size: int) -> None:
    kept = StoredFile.objects.filter(answers__participant=participant)
    sizes = list(kept.values_list("size", flat=True))
    if len(sizes) >= MOST or sum(sizes) + size > MOST_BYTES:
        raise UploadRefused(_("There is no room for more files in this contract."))
