"""What kind of contract it is, and whose law it goes by: said in the template, kept in each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import law

LAWFUL = ("kind", "jurisdiction")
KINDS = [
    ("", _("Not said")),
    ("agreement", _("Ordinary agreement")),
    ("employment", _("Employment")),
    ("guarantee", _("Guarantee by a private person")),
    ("deed", _("Deed")),
    ("land", _("Sale of land or a home")),
    ("marriage", _("Marriage contract")),
    ("family", _("Adoption, divorce, other family matters")),
    ("will", _("Will")),
    ("lasting_power", _("Lasting power of attorney")),
    ("court", _("Paper for a court or an authority")),
]
PLACES = [
    ("", _("Not said")),
    (law.NORWAY, _("Norway")),
    (law.ENGLAND, _("England and Wales")),
    (law.USA, _("United States")),
    (law.EU, _("A country of the European Union")),
]


class LawfulMixin(models.Model):
    """Mixed into templates and contracts alike."""

    kind = models.CharField(
        _("kind of contract"),
        max_length=16,
        blank=True,
        choices=KINDS,
        help_text=_("Some kinds can't be signed electronically, by a guardian or by a witness."),
    )
    jurisdiction = models.CharField(
        _("whose law"),
        max_length=8,
        blank=True,
        choices=PLACES,
        help_text=_("A short list of what is known there; it is no advice."),
    )

    class Meta:
        abstract = True
