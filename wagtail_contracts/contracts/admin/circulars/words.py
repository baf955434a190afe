"""What the page of a text for many says of each person, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Circular, CircularMember, person_name
from wagtail_contracts.contracts.rendering import days

EARLIER = "earlier"
LABELS = {
    "signed": gettext_lazy("Signed"),
    "waiting": gettext_lazy("Not signed yet"),
    "ended": gettext_lazy("Ended without a signature"),
    "making": gettext_lazy("Is being sent"),
    "failed": gettext_lazy("Could not be sent"),
    "left": gettext_lazy("Has left the group"),
}


@dataclass(frozen=True)
class Row:
    """One person."""

    member: CircularMember
    name: str
    standing: str
    signed_at: datetime | None
    earlier: int | None
    contract: Any
    opens: bool

    @property
    def words(self) -> str:
        """How they stand."""
        return str(LABELS[self.standing])

    @property
    def signed(self) -> str:
        """When, if they have."""
        return days.short_moment(self.signed_at) if self.signed_at else ""

    @property
    def before(self) -> str:
        """That they signed an earlier text only, if so."""
        if self.standing == "signed" or not self.earlier:
            return ""
        return _("Signed the earlier text, of round %(number)s") % {"number": self.earlier}


def rows(found: Sequence[CircularMember], user: Any) -> list[Row]:
    """These people in words, with a fixed number of queries."""
    signed, covered = contracts.circular_signed_at(found), permissions.places(user, "view").cover
    return [
        Row(
            member,
            person_name(member.user),
            member.standing,  # type: ignore[attr-defined]
            signed.get(member.pk),
            member.earlier,  # type: ignore[attr-defined]
            member.contract,
            bool(member.contract and covered(member.contract)),
        )
        for member in found
    ]


def chosen(found: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Those that a filter shows; all for one that there is not."""
    if name == EARLIER:
        return found.exclude(standing="signed").exclude(earlier=None)
    return found.filter(standing=name) if name in LABELS else found


def counted(found: QuerySet[Any]) -> dict[str, int]:
    """How many stand how; nothing of how nobody stands."""
    return dict(found.order_by().values_list("standing").annotate(Count("pk")))


def filters(
    found: QuerySet[Any], numbers: Mapping[str, int], name: str
) -> list[tuple[str, str, int, bool]]:
    """(name, label, how many, whether it is the chosen one); none for what there is nobody of.

    `numbers` are what `counted` says of the same people.
    """
    before = chosen(found, EARLIER).count()
    listed = [(key, str(label), numbers.get(key, 0)) for key, label in LABELS.items()]
    listed.append((EARLIER, _("Signed the earlier text"), before))
    whole = ("", _("All"), sum(numbers.values()))
    shown = [whole, *(one for one in listed if one[2] or one[0] == name)]
    return [(*one, one[0] == name) for one in shown]


def stamp(circular: Circular) -> str:
    """Something that is another once anybody's standing is."""
    numbers = sorted(counted(contracts.circular_members(circular)).items())
    return "-".join(f"{name}{number}" for name, number in [("r", circular.newest.number), *numbers])


def may_export(user: Any, circular: Circular) -> bool:
    """Whether somebody may take the list along."""
    allowed = permissions.whole(user, ["export"])
    return bool(allowed.filter(pk=circular.workspace_id).exists())
