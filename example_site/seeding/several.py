"""A package that waits for its one reader, and a text that all staff are asked to sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from example_site.seeding import rows
from example_site.seeding.guests import LIBRARY, site
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.flows import circulars
from wagtail_contracts.contracts.models import Contract

TITLES = ("Drift av leseapp", "Drift av lydarkiv")
MONTH = timedelta(days=30)


def package() -> None:
    """Two contracts to the library, in one mail."""
    ola = rows.user("ola")
    offers = [_offer(title, ola) for title in TITLES]
    contracts.send_together(offers, into="signing", by=permissions.actor(ola))


def circular() -> None:
    """To all who have a group; the worker makes the contracts."""
    group = Group.objects.create(name="Alle ansatte")
    group.user_set.set(get_user_model().objects.filter(is_superuser=False))
    circulars.begin_circular(
        rows.template("Regler for utstyr og kontoer"),
        group,
        title="Regler for utstyr og kontoer 2027",
        deadline=timezone.localdate() + MONTH,
        by=permissions.actor(rows.user("siri")),
    )


def _offer(title: str, ola: Any) -> contracts.Offer:
    language = ola.wagtail_userprofile.preferred_language
    person = contracts.PersonDraft(ola.get_full_name(), ola.email, language=language, user=ola)
    made = contracts.create(
        rows.template("Tjenesteavtale"),
        title=title,
        parties=[contracts.PartyDraft("supplier", "Eksempel AS", "888 888 888", [person]), LIBRARY],
        values={"site": site(LIBRARY), "price": "2900", "start": "2027-03-01"},
        owner=ola,
        by=permissions.actor(ola),
    )
    draft = Contract.objects.get(pk=made.pk)
    digest = contracts.digest_of(contracts.compose(draft))
    return contracts.Offer(draft, digest, contracts.recipients_digest(draft))


STORIES = (package, circular)
