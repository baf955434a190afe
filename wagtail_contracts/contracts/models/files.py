"""Files that templates and contracts name: each uploaded once, private, kept once it was sent."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from wagtail.log_actions import get_active_log_context

from wagtail_contracts.contracts.core.fields.files import line
from wagtail_contracts.contracts.core.keys import IDENTITY
from wagtail_contracts.contracts.models.contracts import Contract
from wagtail_contracts.contracts.models.parties import Participant
from wagtail_contracts.contracts.models.templates import edits, indexes
from wagtail_contracts.contracts.models.versions import AnswerDraft, ContractVersion
from wagtail_contracts.contracts.models.workspaces import Verb, Workspace

FACTS = ("name", "digest", "size", "media_type", "pages")
FOLDER = "files"


def stored_name() -> str:
    """Where a file lies in private storage: a random name that tells nothing."""
    return f"{FOLDER}/{secrets.token_hex(16)}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Which files there are for whom."""

    def known_to(self, user: Any) -> StoredFileQuerySet:
        """Those that `user` may fetch in the admin, and name in a text.

        One's own until a text names it; then whoever may view in the workspace of that text, or
        edit the templates there if one of them names it. Who views there only contracts they own,
        finds what templates name, what they uploaded, and what versions of theirs name. What was
        filled in to a contract and no text names, others find through that contract alone.
        """
        viewed = Workspace.objects.where(user, Verb.VIEW)
        edited = [index.workspace_id for index in indexes() if edits(user, index)]
        contracts = Contract.objects.visible_to(user).order_by()
        return self.filter(
            Q(uses=None, answers__participant=None, uploader=str(user.pk))
            | Q(uses__workspace__in=Workspace.objects.seen_whole(user))
            | Q(uses__workspace__in=viewed, uses__in_templates=True)
            | Q(uses__workspace__in=viewed, uploader=str(user.pk))
            | Q(uses__isnull=False, exhibits__version__contract__in=contracts)
            | Q(uses__workspace__in=edited, uses__in_templates=True)
        ).distinct()

    def usable(self) -> StoredFileQuerySet:
        """Those that no scanner has still to judge, or refused."""
        return self.filter(scan__in=(StoredFile.Scan.NONE, StoredFile.Scan.CLEAN))

    def facts(self, id: Any) -> dict[str, Any] | None:
        """What a block keeps about a file; None unless whoever is at work in the admin knows it."""
        user = get_active_log_context().user
        if user is None or not isinstance(id, str) or not IDENTITY.fullmatch(id):
            return None
        found = self.known_to(user).filter(uuid=id).first()
        return found.facts() if found else None


class StoredFile(models.Model):
    """A file as it is kept; the row changes no more once a version names it, by triggers.

    `name` is what people call it, `stored_as` where it lies. `digest` is the plain SHA-256 of the
    kept bytes. `words` are those of each page of an exhibit. `source` is empty but for the poster
    of a video elsewhere: address, provider, player and title.
    """

    class Scan(models.TextChoices):
        NONE = "none"
        WAITING = "waiting"
        CLEAN = "clean"
        INFECTED = "infected"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    stored_as = models.CharField(max_length=80, default=stored_name, unique=True)
    sort = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    words = models.JSONField(default=list)
    source = models.JSONField(default=dict)
    scan = models.CharField(max_length=16, choices=Scan, default=Scan.NONE)
    uploader = models.CharField(max_length=40)
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def facts(self) -> dict[str, Any]:
        """What a block keeps: the id to find it by, and what it is."""
        facts = {name: getattr(self, name) for name in FACTS}
        return {"id": str(self.uuid), "sort": self.sort, **facts, "source": self.source}

    def is_named(self) -> bool:
        """Say whether a text, a version, our own side's data or a draft of answers names it."""
        if self.uses.exists() or self.exhibits.exists():
            return True
        return any(answer.is_named() for answer in self.answers.select_related("participant"))


class FileUse(models.Model):
    """A workspace in whose texts a file is named: in its templates, or in a contract alone."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="uses")
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="+")
    in_templates = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["file", "workspace", "in_templates"], name="wc_file_use_once_uniq"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} in {self.workspace}"


class AnswerFile(models.Model):
    """A file that was filled in to a contract: by a participant, or by our own side.

    Once a version names it, it stays, whatever becomes of this row.
    """

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="answers")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="files")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["file", "participant"], name="wc_answer_file_theirs_uniq"
            ),
            models.UniqueConstraint(
                fields=["file", "contract"],
                condition=Q(participant=None),
                name="wc_answer_file_ours_uniq",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} in {self.contract}"

    def is_named(self) -> bool:
        """Say whether what it was given for may still be sent; our own side may go back to it."""
        if self.participant is None:
            return True
        drafts = AnswerDraft.objects.filter(participant=self.participant)
        typed = [raw for draft in drafts for raw in draft.values.values()]
        return line(self.file.facts()) in typed


class Exhibit(models.Model):
    """A file that a version names, of whatever sort. Append-only."""

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="exhibits")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="exhibits")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "file"], name="wc_exhibit_once_uniq")
        ]

    def __str__(self) -> str:
        return f"{self.file} in {self.version}"
