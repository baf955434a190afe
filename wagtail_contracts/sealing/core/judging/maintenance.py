"""The security core: what a revision after the seal may change, and nothing else.

Renewal appends validation data and a document timestamp. So an object that existed before may be
rewritten only in one of
the roles below; each role is found in the *older* revision, so an attacker can't first point a
role at an object and
rewrite it afterwards. Whatever has no role, or two, is a change. pyHanko's historical resolvers
give both states.
"""

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from wagtail_contracts.sealing.core.judging import missing, xmp

TRAILER = {"/Size", "/Prev", "/ID", "/Type", "/W", "/Index", "/Filter", "/DecodeParms", "/Length"}
CATALOG = {"/DSS", "/AcroForm"}
LISTS = {"/Certs", "/CRLs", "/OCSPs"}
DSS = LISTS | {"/Type"}
WIDGET = {"/Type", "/Subtype", "/FT", "/T", "/Rect", "/F", "/V", "/P", "/Ff", "/TU"}
INFO = {"/ModDate", "/Producer"}
STREAM = {"/Length", "/Filter", "/DecodeParms"}

Reference = tuple[int, int]


class Changed(ValueError):
    """A later revision changed something that is not maintenance."""


def review(reader: PdfFileReader, sealed_revision: int) -> None:
    """Raise Changed unless every revision after the sealed one is maintenance."""
    later = range(sealed_revision + 1, reader.xrefs.total_revisions)
    if later and any(missing.points_ahead(reader, earlier) for earlier in range(later[-1])):
        raise Changed("an object that was missing is supplied")
    for number in later:
        if missing.supplied(reader, number):
            raise Changed("an object that was missing is supplied")
        _Step(reader, number).review()


class _Step:
    """One revision compared with the one before it."""

    def __init__(self, reader: PdfFileReader, number: int) -> None:
        self.old, self.new = (
            reader.get_historical_resolver(number - 1),
            reader.get_historical_resolver(number),
        )
        self.old_catalog, self.new_catalog = self.old.root, self.new.root
        self.added: set[Reference] = set()
        self.roles: dict[Reference, Callable[[Any, Any], None]] = {}

    def review(self) -> None:
        self._trailer()
        self._catalog(self.old_catalog, self.new_catalog)
        self._role(_ref(self.old.trailer_view.raw_get("/Root")), self._catalog)
        self._form()
        self._validation_data()
        self._metadata()
        for reference in self.new.explicit_refs_in_revision():
            if not self.old.is_ref_unassignable(reference):
                self._rewritten(reference)

    def _trailer(self) -> None:
        old, new = self.old.trailer_view, self.new.trailer_view
        _only(old, new, TRAILER, "trailer")
        if _plain(old.raw_get("/ID"))[1][0] != _plain(new.raw_get("/ID"))[1][0]:
            raise Changed("trailer")
        # A strict reader refuses the entries of generation 0 that this leaves out.
        if self.new.refs_freed_in_revision():
            raise Changed("object removed")

    def _catalog(self, old: Any, new: Any) -> None:
        _only(old, new, CATALOG, "catalog")

    def _form(self) -> None:
        """New fields follow the old ones; each is an invisible document timestamp."""
        old, new = self.old_catalog.raw_get("/AcroForm"), self.new_catalog.raw_get("/AcroForm")
        self._same_place(old, new, "form", self._form_keys)
        old, new = self._value(old, self.old), self._value(new, self.new)
        self._form_keys(old, new)
        before, after = self._list(old, new, "/Fields", self._any_list)
        if after[: len(before)] != before:
            raise Changed("form fields")
        self.added = set(after[len(before) :])
        for number, generation in self.added:
            reference = generic.Reference(number, generation)
            if not self.old.is_ref_unassignable(reference) or not _is_timestamp(
                self.new(reference)
            ):
                raise Changed("new field is not a document timestamp")
        names = [str(self.new(generic.Reference(*field)).get("/T")) for field in after]
        if len(set(names)) < len(names):  # viewers show one in the place of the other
            raise Changed("a new field has the name of another")

    def _form_keys(self, old: Any, new: Any) -> None:
        _only(old, new, {"/Fields"}, "form")

    def _validation_data(self) -> None:
        """The DSS stays where it is or is new; its lists hold what they held, and new streams."""
        old, new = (
            catalog.raw_get("/DSS") if "/DSS" in catalog else None
            for catalog in (self.old_catalog, self.new_catalog)
        )
        if new is None:
            if old is not None:
                raise Changed("validation data removed")
            return
        if old is None or _plain(old) != _plain(new):
            self._is_new(new, "validation data")
        elif _ref(old):
            self._role(_ref(old), self._any_list)
        before = self._value(old, self.old) if old is not None else generic.DictionaryObject()
        after = self._value(new, self.new)
        if set(after) - DSS:
            raise Changed("validation data")
        for key in LISTS & set(after):
            self._grows(before, after, key)

    def _grows(self, before: Any, after: Any, key: str) -> None:
        known, now = self._list(before, after, key, self._any_list)
        for number, generation in set(now) - set(known):
            if not self.old.is_ref_unassignable(generic.Reference(number, generation)):
                raise Changed("validation data point at older objects")

    def _metadata(self) -> None:
        if "/Metadata" in self.old_catalog:
            self._role(_ref(self.old_catalog.raw_get("/Metadata")), _same_xmp)
        if "/Info" in self.old.trailer_view:
            self._role(
                _ref(self.old.trailer_view.raw_get("/Info")),
                lambda old, new: _only(old, new, INFO, "document information"),
            )

    def _rewritten(self, reference: generic.Reference) -> None:
        old, new = self.old(reference), self.new(reference)
        rule = self.roles.get((reference.idnum, reference.generation))
        if rule is None and type(old) is generic.DictionaryObject and old.get("/Type") == "/Page":
            rule = self._page
        if rule is None:
            raise Changed(f"object {reference.idnum} rewritten")
        if type(old) is not type(new):
            raise Changed(f"object {reference.idnum} has another type")
        rule(old, new)

    def _page(self, old: Any, new: Any) -> None:
        """A page gains the widgets of the new timestamps, after its old annotations."""
        _only(old, new, {"/Annots"}, "page")
        before, after = self._list(old, new, "/Annots", None)
        gained = after[len(before) :]
        if (
            after[: len(before)] != before
            or len(set(gained)) < len(gained)
            or not set(gained) <= self.added
        ):
            raise Changed("page annotations")

    def _list(
        self, old: Any, new: Any, key: str, rule: Callable[[Any, Any], None] | None
    ) -> tuple[list[Reference], list[Reference]]:
        """The references in an array of both states.

        An array that is an object of its own keeps its place.
        """
        before, after = (holder.raw_get(key) if key in holder else None for holder in (old, new))
        if rule is None and (_ref(before) or _ref(after)) and _plain(before) != _plain(after):
            raise Changed(f"{key} moved")
        if rule is not None:
            self._same_place(before, after, key, rule)
        return _references(self._value(before, self.old)), _references(self._value(after, self.new))

    def _same_place(self, old: Any, new: Any, what: str, rule: Callable[[Any, Any], None]) -> None:
        if _ref(old) or _ref(new):
            if old is None:
                self._is_new(new, what)
            elif _plain(old) != _plain(new):
                raise Changed(f"{what} moved")
            else:
                self._role(_ref(old), rule)

    def _is_new(self, value: Any, what: str) -> None:
        if not isinstance(value, generic.IndirectObject) or not self.old.is_ref_unassignable(
            value.reference
        ):
            raise Changed(f"{what} moved")

    def _any_list(self, old: Any, new: Any) -> None:
        """Its content is compared by whoever gave the role."""

    def _role(self, reference: Reference | None, rule: Callable[[Any, Any], None]) -> None:
        if reference is None or reference in self.roles:
            raise Changed("an object has two roles")
        self.roles[reference] = rule

    @staticmethod
    def _value(value: Any, state: HistoricalResolver) -> Any:
        return state(value.reference) if isinstance(value, generic.IndirectObject) else value


def _only(old: Any, new: Any, allowed: set[str], what: str) -> None:
    for key in set(old) | set(new):
        if key not in allowed and not (
            key in old and key in new and _plain(old.raw_get(key)) == _plain(new.raw_get(key))
        ):
            raise Changed(f"{what}: {key}")


def _plain(value: Any) -> Any:
    """Comparable form; types count, so that a name never equals a string."""
    if isinstance(value, generic.IndirectObject):
        return "reference", value.idnum, value.generation
    if isinstance(value, generic.StreamObject):
        raise Changed("unexpected stream")
    if isinstance(value, generic.DictionaryObject):
        return "dictionary", {key: _plain(value.raw_get(key)) for key in value}
    if isinstance(value, generic.ArrayObject):
        return "array", [_plain(value.raw_get(index)) for index in range(len(value))]
    return type(value).__name__, value


def _ref(value: Any) -> Reference | None:
    return (value.idnum, value.generation) if isinstance(value, generic.IndirectObject) else None


def _references(array: Any) -> list[Reference]:
    """All items of an array, each of which must be a reference."""
    items = [] if array is None else [_ref(array.raw_get(index)) for index in range(len(array))]
    if (array is not None and type(array) is not generic.ArrayObject) or None in items:
        raise Changed("list of references expected")
    return items  # type: ignore[return-value]


def _is_timestamp(field: Any) -> bool:
    """A document timestamp in a field of no size, with nothing to show or to do."""
    return (
        type(field) is generic.DictionaryObject
        and not set(field) - WIDGET
        and field.get("/TU", "Timestamp") == "Timestamp"  # a screen reader would read it
        and field.get("/FT") == "/Sig"
        and field.get("/Subtype") == "/Widget"
        and {"/Rect", "/V"} <= set(field)
        and [float(side) for side in field["/Rect"]] == [0, 0, 0, 0]
        and field["/V"].get("/Type") == "/DocTimeStamp"
    )


def _same_xmp(old: Any, new: Any) -> None:
    if type(old) is not type(new) or _plain_keys(old) != _plain_keys(new):
        raise Changed("XMP metadata")
    try:
        same = xmp.facts(old.data) == xmp.facts(new.data)
    except xmp.Foreign as foreign:
        raise Changed(str(foreign)) from foreign
    if not same:
        raise Changed("XMP metadata")


def _plain_keys(stream: Any) -> dict[str, Any]:
    return {key: _plain(stream.raw_get(key)) for key in stream if key not in STREAM}
