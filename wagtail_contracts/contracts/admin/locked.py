"""The form field and widget of the locked editor.

A hostile post can never change, move, drop, add or duplicate a block, whichever view built the
form: edit, autosave, preview or revert.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import BlockField, StreamBlockValidationError, StreamValue
from wagtail.blocks.base import get_error_json_data

from wagtail_contracts.contracts.admin.shown import Shown
from wagtail_contracts.contracts.blocks import areas, product_posts
from wagtail_contracts.contracts.blocks.packing import PackedBlockWidget
from wagtail_contracts.contracts.core import locks

logger = logging.getLogger(__name__)
MESSAGES = {
    "unreadable": gettext_lazy("The form was incomplete. Reload the page and try again."),
    "duplicated": gettext_lazy("%(name)s was sent twice."),
    "added": gettext_lazy("Blocks cannot be added to this contract."),
    "missing": gettext_lazy("%(name)s is missing."),
    "retyped": gettext_lazy("%(name)s cannot become another kind of block."),
    "removed": gettext_lazy("%(name)s cannot be left out."),
    "moved": gettext_lazy("%(name)s cannot be moved."),
    "incomplete": gettext_lazy("The form of %(name)s was incomplete. Reload the page."),
    "wording_unknown": gettext_lazy("%(name)s has no such wording."),
    **areas.MESSAGES,
    **product_posts.MESSAGES,
}
Problem = str | tuple[str, Mapping[str, Any]]  # a code, where it needs them with words
Problems = list[tuple[Problem, str | None]]


class LockedBlockWidget(PackedBlockWidget):
    """Shows a stream against its outline, and reads a post as data that proves nothing.

    `stream` is what the form's instance has, `shown` what locked blocks and chips read as.
    """

    def __init__(
        self, block: Any, outline: Sequence[locks.Entry], stream: Any = (), shown: Any = None
    ) -> None:
        super().__init__(block)
        self.outline = [entry for entry in outline if entry["type"] in block.child_blocks]
        self.entries = {entry["id"]: entry for entry in self.outline}
        self.stored = {child.id: child.value for child in stream or []}
        self.shown: Shown = Shown() if shown is None else shown

    # -- reading --------------------------------------------------------------------------------

    def value_from_datadict(self, data: Any, files: Any, name: str) -> StreamValue:
        """Build the stream from the outline; take from the post only what may differ."""
        posted: list[locks.Posted]
        found: Problems
        try:
            posted, wrong = self._read(data, files, name)
            found = [*locks.problems(self.outline, posted), *wrong]
        except Exception:  # blocks fail in many ways on hostile input; all mean the same
            logger.warning("Unreadable post for %s", name, exc_info=True)
            posted, found = [], [("unreadable", None)]
        arranged = [
            (entry["type"], self._kept(entry) if value is None else value, entry["id"])
            for entry, value in locks.arrange(self.outline, posted)
        ]
        value = StreamValue(self.block_def, arranged)
        value.problems = [self._message(code, id) for code, id in found]
        return value

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: an empty post is a forged one."""
        return False

    def _read(self, data: Any, files: Any, name: str) -> tuple[list[locks.Posted], Problems]:
        count = int(data[f"{name}-count"])
        if not 0 <= count <= len(self.outline) + 1:  # one too many is enough to be named
            raise ValueError(count)
        order = {place: int(data[f"{name}-{place}-order"]) for place in range(count)}
        posted: list[locks.Posted] = []
        wrong: Problems = []
        taken = self._taken()
        for place in sorted(order, key=lambda place: order[place]):
            prefix = f"{name}-{place}"
            id, kind = data[f"{prefix}-id"], data[f"{prefix}-type"]
            value, problems = self._value(data, files, f"{prefix}-value", (id, kind), taken)
            wrong += [(code, id) for code in problems]
            posted.append(locks.Posted(id, kind, bool(data[f"{prefix}-deleted"]), value))
        return posted, wrong

    def _taken(self) -> set[str]:
        """The ids of all blocks, and those that they give to their parts."""
        blocks = self.block_def.child_blocks
        within = (blocks[item["type"]].ids_within(item["value"]) for item in self.outline)
        return set(self.entries).union(*within)

    def _value(
        self, data: Any, files: Any, prefix: str, head: tuple[str, str], taken: set[str]
    ) -> tuple[Any, list[Problem]]:
        """Start from the outline; the block puts in what may be filled in, no more is parsed."""
        id, kind = head
        entry = self.entries.get(id)
        if entry is None or entry["type"] != kind or locks.policy_of(entry) != locks.EDITABLE:
            return None, []
        stored = self._kept(entry)
        shown = self.stored.get(id, stored)
        block = self.block_def.child_blocks[kind]
        read: tuple[Any, list[Problem]] = block.read(
            data, files, prefix, stored=stored, shown=shown, taken=taken
        )
        return read

    def _kept(self, entry: locks.Entry) -> Any:
        return self.block_def.value_of(entry)

    def _message(self, problem: Problem, id: str | None) -> str:
        code, words = (problem, {}) if isinstance(problem, str) else problem
        entry = self.entries.get(id or "")
        name = _("“%(name)s”") % {"name": self._name(entry)} if entry else "?"
        return str(MESSAGES[code]) % {"name": name, **words}

    def _name(self, entry: locks.Entry) -> str:
        """As it reads in this contract, with the names and values filled in."""
        block = self.block_def.child_blocks[entry["type"]]
        return self.shown.names.get(entry["id"]) or block.section_name(entry["value"])

    # -- showing --------------------------------------------------------------------------------

    def render_with_errors(
        self, name: str, value: Any, attrs: Any = None, errors: Any = None, renderer: Any = None
    ) -> SafeString:
        """Hand over the state: an object where the stock editor has a list."""
        error = get_error_json_data(errors.as_data()[0]) if errors else None
        state = {"blocks": list(self._state(value)), "palette": self.shown.palette}
        return format_html(
            '<div id="{}" data-block data-controller="w-block" data-w-block-data-value="{}"'
            ' data-w-block-arguments-value="{}"></div>',
            name,
            self.block_json,
            json.dumps([state, error], cls=DjangoJSONEncoder),
        )

    def _state(self, value: Any) -> Iterator[dict[str, Any]]:
        kept = {child.id: child for child in value or []}
        for entry in self.outline:
            id, policy, child = entry["id"], locks.policy_of(entry), kept.get(entry["id"])
            block = self.block_def.child_blocks[entry["type"]]
            state = {"id": id, "type": entry["type"], "policy": policy, "omitted": child is None}
            state |= {"word": block.policy_word(policy), "name": self._name(entry)}
            state |= {"icon": block.meta.icon, "number": self.shown.numbers.get(id, "")}
            state["away"] = _("Not part of it now") if id in self.shown.away else ""
            if policy == locks.EDITABLE:
                current = child.value if child else self._kept(entry)
                filled = block.filling_state(current, self._kept(entry))
                state |= {"state": filled, "fills": list(block.fills)}
                state["changed"] = _("Changed from template") if id in self.shown.changed else ""
                state["unlocked"] = _("Unlocked for this contract") * (id in self.shown.unlocked)
            else:
                state |= self._why(entry)
                state["html"] = str(self.shown.html.get(id, ""))
                state["include"] = _("Include “%(name)s”") % {"name": state["name"]}
            yield state

    def _why(self, entry: locks.Entry) -> dict[str, str]:
        """Why a block is locked, and who can open it."""
        if locks.policy_of(entry) != locks.LOCKED:
            return {}
        opened = entry["id"] in self.shown.lockable
        told = [_("The template keeps this wording in every contract."), self.shown.keys * opened]
        made = {"ask": _("Why locked?"), "why": " ".join(filter(None, told))}
        if opened and self.shown.door:
            made |= {"door": f"{self.shown.door}?block={entry['id']}"}
            made |= {"open": _("Unlock this block…")}
        return made


class LockedBlockField(BlockField):
    """Validates only what the user could have typed."""

    def __init__(
        self,
        block: Any,
        outline: Sequence[Mapping[str, Any]],
        stream: Iterable[Any] = (),
        shown: Shown | None = None,
        **kwargs: Any,
    ) -> None:
        widget = LockedBlockWidget(block, outline, stream, shown)
        super().__init__(block, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> StreamValue:
        """Refuse a forged post by the names of the blocks; clean editable blocks only."""
        if problems := getattr(value, "problems", None):
            raise StreamBlockValidationError(non_block_errors=problems)
        deferred = getattr(self, "is_deferred_validation", False)
        if deferred:
            self.block.defer_required_validation()
        try:
            return self._clean_editable(value)
        finally:
            if deferred:
                self.block.restore_deferred_validation()

    def _clean_editable(self, value: StreamValue) -> StreamValue:
        cleaned, errors = [], {}
        for child in value:
            kept = child.value
            if kept["policy"] == locks.EDITABLE:
                try:
                    kept = child.block.clean(child.value)
                except forms.ValidationError as error:
                    errors[child.id] = error
            cleaned.append((child.block_type, kept, child.id))
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return StreamValue(self.block, cleaned)
