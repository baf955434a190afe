"""Two colleagues on one draft: a save that was overtaken is put together with what is stored.

A *state* is what one form edits, as plain data by name (see `core.merging`). A form carries the
state that it was made from; a save holds only while that is still what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_field_value,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import merging
from wagtail_contracts.contracts.core.merging import MINE, MISSING, THEIRS, Merge, State
from wagtail_contracts.contracts.errors import Overtaken
from wagtail_contracts.contracts.flows import announcing, openings
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.given import note_files
from wagtail_contracts.contracts.flows.indexing import index
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.openings import Sent
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.encryption import open_text


def stored(working: Any) -> Any:
    """The contract or page as it is stored, which an instance made of a revision is not.

    A page's draft is its newest revision; a contract's is its row.
    """
    if isinstance(working, Contract):
        return working if working.is_row else Contract.objects.get(pk=working.pk)
    return working.get_latest_revision_as_object()


def state_of(working: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a contract or template page has under these names, e-mail addresses readable."""
    wanted = set(names)
    state = {
        field.name: _read(working, field) for field in working._meta.fields if field.name in wanted
    }
    for relation in get_all_child_relations(working):
        if (name := relation.get_accessor_name()) in wanted:
            state[name] = _opened(_plain([_row(row) for row in getattr(working, name).all()]))
    for field in get_all_child_m2m_relations(working):
        if field.name in wanted:
            state[field.name] = [other.pk for other in getattr(working, field.name).all()]
    return state


def state_in(form: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a valid form would store."""
    return state_of(form.save(commit=False), names)


def nothing_of(state: State) -> dict[str, Any]:
    """A beginning for a form that can't say what it began with: all that differs is a conflict."""
    kinds = (list, dict)
    return {
        name: type(part)() if isinstance(part, kinds) else MISSING for name, part in state.items()
    }


def rebuilt(working: Any, state: State) -> Any:
    """The contract or page as it would be with this state; nothing is saved."""
    kept = {name: part for name, part in state.items() if part is not MISSING}
    if isinstance(working, Contract) and "body" in kept:
        places = {entry["id"]: place for place, entry in enumerate(working.outline)}
        known = (block for block in kept["body"] if block["id"] in places)
        kept["body"] = sorted(known, key=lambda block: places[block["id"]])
    content = {name: _write(working, name, part) for name, part in kept.items()}
    return working.with_content_json({**working.serializable_data(), **content})


def moved_on(working: Any, basis: State) -> bool:
    """Whether something else is stored now than what a form began with."""
    return not merging.same(state_of(working, basis), dict(basis))


def overtaken(working: Any, sent: Sent) -> bool:
    """Whether a post would undo what another form saved, or a newer post of its own.

    The row is held meanwhile: an autosave that is stored between two looks would seem another's.
    """
    with transaction.atomic():
        return _is_overtaken(_locked(working), sent)


@contextmanager
def holding(working: Any, made: Any, sent: Sent, *, by: Actor) -> Iterator[None]:
    """Let a form save `made`, the row held until it did. Raises Overtaken.

    By its words a contract is found as soon as it is saved.
    """
    with transaction.atomic():
        held = _locked(working)
        if _is_overtaken(held, sent):
            raise Overtaken(_("Somebody saved meanwhile."))
        openings.sign(made, sent, openings.last(held, sent))
        yield
        if isinstance(made, Contract):
            keep_draft(made)
        if isinstance(held, Contract):
            index(held)


@transaction.atomic
def merge(working: Any, sent: Sent, mine: State, choices: Mapping[str, str], *, by: Actor) -> Any:
    """Put `mine` together with what is stored, and save it unless somebody must choose.

    Returns the Merge; with conflicts in it nothing was saved. What was given up stays in the
    history as a revision of its own.
    """
    held = _locked(working)
    basis = _basis(sent, openings.last(held, sent))
    made = merging.merge(basis, mine, state_of(held, basis), choices)
    if made.conflicts:
        return made

    user = staff(by)
    if THEIRS in choices.values():
        rebuilt(held, mine).save_revision(user=user, log_action=True, clean=False)
    _save(held, rebuilt(held, made.state), user)

    if isinstance(held, Contract):
        keep_draft(Contract.objects.get(pk=held.pk))
        note_files(rebuilt(held, made.state), by=by)
        announcing.record(held, events.DRAFT_MERGED, _told(made, choices), by=by)
    return made


def _is_overtaken(held: Any, sent: Sent) -> bool:
    saved = openings.last(held, sent)
    return openings.is_late(sent, saved) or moved_on(held, _basis(sent, saved))


def _basis(sent: Sent, saved: Any) -> State:
    return state_of(saved.as_object(), sent.began) if saved else sent.began


def _locked(working: Any) -> Any:
    """The contract's row, or the newest revision of a page, whose row is held."""
    if isinstance(working, Contract):
        return Contract.objects.lock(working.pk)
    row = Page._base_manager.select_for_update(of=("self",)).get(pk=working.pk)
    return row.get_latest_revision_as_object()


def _save(held: Any, made: Any, user: Any) -> None:
    if isinstance(held, Contract):
        made.save()
    elif not held.live:
        made.save(clean=False)
    made.save_revision(user=user, log_action=True, clean=False)


def _told(made: Merge, choices: Mapping[str, str]) -> dict[str, Any]:
    return {
        "merged": ["/".join(path) for path in [*made.mine, *made.theirs]],
        **{
            side: sorted(key.split("@")[0] for key, chosen in choices.items() if chosen == side)
            for side in (MINE, THEIRS)
        },
    }


def _is_stream(working: Any, name: str) -> bool:
    fields = {field.name: field for field in working._meta.concrete_fields}
    return isinstance(fields.get(name), StreamField)


def _read(working: Any, field: Any) -> Any:
    value = get_field_value(field, working)
    return json.loads(value) if isinstance(field, StreamField) else _plain(value)


def _row(row: Any) -> dict[str, Any]:
    """A child row as modelcluster stores it, with those below it."""
    found: dict[str, Any] = (
        row.serializable_data()
        if isinstance(row, ClusterableModel)
        else get_serializable_data_for_fields(row)
    )
    return found


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _write(working: Any, name: str, part: Any) -> Any:
    return json.dumps(part) if _is_stream(working, name) else part


def _opened(value: Any) -> Any:
    """Ciphertext is another one each time, so that only the text can be compared."""
    if isinstance(value, list):
        return [_opened(part) for part in value]
    if not isinstance(value, dict):
        return value
    row = "pk" in value
    return {
        name: open_text(part) if row and isinstance(part, str) else _opened(part)
        for name, part in value.items()
    }
