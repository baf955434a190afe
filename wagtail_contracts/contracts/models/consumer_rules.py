"""What a template says of consumers and of the sealed copy: kept in each contract."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import consumers

CONSUMER_RULES = ("consumer", "obliges_to_pay", "withdrawal_days", "sealed_copy")
COPIES = [
    ("", _("Attached to the mail, unless a data field is sensitive")),
    (consumers.ATTACHED, _("Attached to the mail")),
    (consumers.BEHIND, _("Fetched on the page, behind identification")),
]


class ConsumerRulesMixin(models.Model):
    """Mixed into templates and contracts alike."""

    consumer = models.BooleanField(
        _("private persons are consumers"),
        default=False,
        help_text=_("They are told before they sign what the law asks for, and it is kept."),
    )
    obliges_to_pay = models.BooleanField(
        _("the consumer pays"),
        default=False,
        help_text=_("The button that signs says “with obligation to pay”."),
    )
    withdrawal_days = models.PositiveSmallIntegerField(
        _("days to withdraw"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(consumers.LONGEST)],
        help_text=_(
            "So long a consumer can withdraw from the signed contract on its page: 14 in the EU "
            "and in Norway. Left empty: there is no such right."
        ),
    )
    sealed_copy = models.CharField(
        _("sealed copy"), max_length=8, blank=True, choices=COPIES, default=""
    )

    class Meta:
        abstract = True
