"""What a form said about the rows of a product table: data that proves nothing.

Only cells of open columns are read; whatever else was sent is refused by the name of its row. Where
rows may come and go, those that are new have every column, and the others are to be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.list_block import ListValue

from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.core.keys import IDENTITY
from wagtail_contracts.contracts.core.kinds.products import COLUMNS, ROWS

MESSAGES = {
    "rows_unreadable": _("The form of %(name)s was incomplete. Reload the page and try again."),
    "rows_locked": _("In %(name)s, row “%(row)s”: %(column)s cannot be changed."),
    "rows_incomplete": _("In %(name)s, row “%(row)s”: %(column)s was not sent. Reload the page."),
    "rows_twice": _("In %(name)s, row “%(row)s” was sent twice."),
    "rows_foreign": _("In %(name)s, row “%(row)s” does not belong to this table."),
    "rows_missing": _("In %(name)s, row “%(row)s” is missing. Reload the page."),
    "rows_removed": _("In %(name)s, row “%(row)s” cannot be removed."),
    "rows_moved": _("In %(name)s, row “%(row)s” cannot be moved."),
    "rows_full": _("%(name)s takes at most 200 rows."),
}
# The parts of a row that belong to each column; an added row has those without a column, too.
PARTS = {
    **{column: (column,) for column in COLUMNS},
    "name": ("name", "unit"),
    "discount": ("discount", "discount_kind"),
}
CELLS = tuple(part for column in COLUMNS for part in PARTS[column])
FREE = (*CELLS, "sku")
Problem = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Posted:
    """One row as a form sent it."""

    id: str
    prefix: str
    removed: bool


class Table:
    """The rows that a contract was made with, those it has now, and what may change of them."""

    def __init__(self, block: Any, stored: Any, shown: Any) -> None:
        self.list = block.child_blocks["rows"]
        self.row = self.list.child_block
        self.open = set(stored["columns"] or ())
        self.made = {child.id: child.value for child in stored["rows"].bound_blocks}
        now = {child.id: child.value for child in shown["rows"].bound_blocks}
        self.now = now if ROWS in self.open else self.made

    def read(
        self, data: Any, files: Any, name: str, taken: set[str]
    ) -> tuple[ListValue, list[Problem]]:
        """The rows that may be kept, and what was wrong; new ids are added to `taken`."""
        try:
            posted = [_head(data, f"{name}-{place}") for place in range(_count(data, name))]
        except (KeyError, ValueError):
            return self._value(self.now), [("rows_unreadable", {})]
        problems = [*self._problems(posted, taken)]
        living = [post for post in posted if self._may_keep(post)]
        cells = {post.id: self._cells(post, data, files, problems) for post in living}
        if ROWS not in self.open:
            cells = {id: cells.get(id, row) for id, row in self.made.items()}
        taken.update(cells)
        return self._value(cells), problems

    def open_parts(self, id: str) -> Sequence[str]:
        """The parts of a row that may be filled in."""
        if id not in self.made:
            return FREE
        return [part for name in COLUMNS if name in self.open for part in PARTS[name]]

    def _may_keep(self, post: Posted) -> bool:
        return not post.removed if ROWS in self.open else post.id in self.made

    def _cells(self, post: Posted, data: Any, files: Any, problems: list[Problem]) -> Any:
        base = self.made.get(post.id) or self.now.get(post.id) or self.row.get_default()
        value, parts = self.row.normalize(dict(base)), self.open_parts(post.id)
        for part, child in self.row.child_blocks.items():
            name, words = f"{post.prefix}-value-{part}", self._words(post.id, child.label)
            sent = not child.value_omitted_from_data(data, files, name)
            if part in parts and sent:
                value[part] = child.value_from_datadict(data, files, name)
            elif part in parts:
                problems.append(("rows_incomplete", words))
            elif name in data:
                problems.append(("rows_locked", words))
        return value

    def _problems(self, posted: list[Posted], taken: set[str]) -> Iterator[Problem]:
        sent = [post.id for post in posted]
        found = [("rows_twice", id) for id, times in Counter(sent).items() if times > 1]
        living = [post.id for post in posted if not post.removed]
        found += [("rows_foreign", id) for id in living if self._is_foreign(id, taken)]
        found += [("rows_missing", id) for id in self.now if id not in sent]
        if ROWS not in self.open:
            found += [("rows_removed", post.id) for post in posted if post.removed]
            moved = [id for id, was in zip(sent, self.now, strict=False) if id != was]
            found += [] if found else [("rows_moved", id) for id in moved[:1]]
        if sum(not post.removed for post in posted) > products.MOST_ROWS:
            yield "rows_full", {}
        yield from ((code, self._words(id)) for code, id in found)

    def _is_foreign(self, id: str, taken: set[str]) -> bool:
        if id in self.made:  # one that was taken out may come back
            return False
        new = id not in self.now
        return id in taken or (new and (ROWS not in self.open or not IDENTITY.fullmatch(id)))

    def _words(self, id: str, column: Any = "") -> dict[str, Any]:
        row: Mapping[str, Any] = self.now.get(id) or self.made.get(id) or {}
        return {"row": row.get("name") or "?", "column": column}

    def _value(self, rows: Mapping[str, Any]) -> ListValue:
        return ListValue(
            self.list,
            bound_blocks=[
                ListValue.ListChild(self.row, value, id=id) for id, value in rows.items()
            ],
        )


def _count(data: Any, name: str) -> int:
    count = int(data[f"{name}-count"])
    if not 0 <= count <= 5 * products.MOST_ROWS:  # living rows and those removed meanwhile
        raise ValueError(count)
    return count


def _head(data: Any, prefix: str) -> Posted:
    return Posted(str(data[f"{prefix}-id"]), prefix, bool(data[f"{prefix}-deleted"]))
