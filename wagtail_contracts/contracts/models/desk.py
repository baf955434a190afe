"""How contracts lie on the desk: what lists ask of them, folders, tags, and what people keep.

None of it is signed, and it may change after a contract was sent; so it stands beside the contract
and not in its row. Rows are written by flows only.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.models.contracts import Contract
from wagtail_contracts.contracts.models.workspaces import Workspace

NAME = 60  # characters of a folder, a tag, a view


class BesideContract(models.Model):
    """Kept out of Wagtail's index of references, which would tell of contracts."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Named(BesideContract):
    """Something that a workspace calls by a name, whatever its letters' case."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=NAME)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Folder(Named):
    """A place for contracts; a contract lies in one at most."""

    class Meta(Named.Meta):
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="wc_folder_name_uniq")
        ]


class Tag(Named):
    """A word that contracts are found by; a contract has any number."""

    class Meta(Named.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="wc_tag_name_uniq")]


class ContractTag(BesideContract):
    """A contract has a tag."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "tag"], name="wc_contract_tag_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.tag_id}"


class Listing(BesideContract):
    """What the list of contracts asks of one, told anew by each flow that changes it.

    `asked` and `answered` count the data fields of the others in the newest version, `left` are
    the roles with one to fill in yet; `deviates` says whether the text differs from its template.
    """

    contract = models.OneToOneField(
        Contract, models.CASCADE, primary_key=True, related_name="listing"
    )
    active_at = models.DateTimeField(_("last activity"))
    deviates = models.BooleanField(_("deviates from the template"), default=False)
    asked = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)
    left = models.JSONField(default=list)
    folder = models.ForeignKey(Folder, models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-active_at"], name="wc_listing_active_idx"),
            models.Index(fields=["archived_at"], name="wc_listing_archived_idx"),
        ]

    def __str__(self) -> str:
        return f"Listing of {self.contract_id}"


class ContractValue(BesideContract):
    """What a contract is worth in one currency: of its newest version, or of the draft."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="worth")
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("value"), max_digits=24, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "currency"], name="wc_value_once_uniq")
        ]
        indexes = [models.Index(fields=["currency", "amount"], name="wc_value_amount_idx")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """The vocabulary of saved views."""

    def of(self, user: Any) -> SavedViewQuerySet:
        """One's own, and those of the workspaces in which one may view."""
        shared = models.Q(workspace__in=Workspace.objects.where(user, "view"))
        return self.filter(models.Q(user=user, workspace=None) | shared)


class SavedView(BesideContract):
    """Filters and words under a name: private, or for everybody who views in the workspace."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=NAME)
    query = models.TextField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Favourite(BesideContract):
    """Somebody keeps a contract at hand."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "contract"], name="wc_favourite_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.contract_id}"


class Opened(BesideContract):
    """Somebody opened a contract's overview; the last ones are kept, each contract once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "contract"], name="wc_opened_uniq")]
        indexes = [models.Index(fields=["user", "-at"], name="wc_opened_last_idx")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.contract_id}"
