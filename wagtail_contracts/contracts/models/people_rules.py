"""What a counterparty may do about who takes part: said in the template, kept in each contract."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

RULES = ("may_delegate", "may_add_readers", "signatories_fixed", "opens_when_agreed")


class PeopleRulesMixin(models.Model):
    """Mixed into templates and contracts alike."""

    may_delegate = models.BooleanField(
        _("another may sign instead"),
        default=True,
        help_text=_("Whoever is asked to sign can hand that to somebody else of their party."),
    )
    may_add_readers = models.BooleanField(
        _("signatories may add people"),
        default=True,
        help_text=_("Readers, advisers and approvers of their party, each with a link."),
    )
    signatories_fixed = models.BooleanField(
        _("we confirm who signs"),
        default=False,
        help_text=_("Another signatory comes in only after somebody of our side has agreed."),
    )
    opens_when_agreed = models.BooleanField(
        _("open for signing when all agree"),
        default=False,
        help_text=_(
            "In review: once every signatory and approver of the other parties has agreed to the "
            "newest version, it can be signed, without anybody opening it."
        ),
    )

    class Meta:
        abstract = True
