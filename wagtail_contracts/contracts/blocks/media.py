"""Pictures, videos and exhibits."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.files import POSTER, FileBlock
from wagtail_contracts.contracts.blocks.locking import LockableBlock, NamedBlock
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.files import sorts

WIDTHS = [("full", _("As wide as the text")), ("half", _("Half as wide")), ("third", _("A third"))]


class Image(NamedBlock):
    """A picture."""

    file = FileBlock(sorts.IMAGE, label=_("Picture"), help_text=_("PNG or JPEG, at most 25 MB."))
    alt = blocks.CharBlock(
        required=False,
        max_length=400,
        label=_("Description"),
        help_text=_("What somebody needs to know who doesn't see the picture."),
    )
    decorative = blocks.BooleanBlock(
        required=False, label=_("It only decorates"), help_text=_("Then it needs no description.")
    )
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))
    width = blocks.ChoiceBlock(WIDTHS, default="full", label=_("Width"))
    name_from = ("caption", "alt")

    def clean(self, value: Any) -> Any:
        """Refuse a picture that says nothing to those who don't see it."""
        cleaned = super().clean(value)
        if not cleaned["alt"].strip() and not cleaned["decorative"]:
            missing = ValidationError(
                _("Describe the picture, or say that it only decorates."), code="required"
            )
            raise blocks.StructBlockValidationError({"alt": missing})
        return cleaned

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a description and a caption.")
        group = _("Media")
        label_format = "{caption}"


class Video(NamedBlock):
    """A video: elsewhere, or uploaded."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    embed = FileBlock(
        POSTER,
        required=False,
        label=_("A video elsewhere"),
        help_text=_("Readers see a picture of it first; nothing comes from there before a click."),
    )
    file = FileBlock(
        sorts.VIDEO,
        required=False,
        label=_("Or a video of your own"),
        help_text=_("MP4 or WebM, at most 25 MB."),
    )
    captions = FileBlock(
        sorts.CAPTIONS,
        required=False,
        label=_("Captions"),
        help_text=_("In the format WebVTT, for a video of your own."),
    )
    transcript = blocks.TextBlock(
        required=False,
        max_length=20_000,
        label=_("Transcript"),
        help_text=_("What is said and shown, for those who don't hear or see it."),
    )
    without = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Why there are neither captions nor a transcript"),
        help_text=_("For example: the video has captions of its own. Readers see this sentence."),
    )
    name_from = ("title",)

    def clean(self, value: Any) -> Any:
        """Refuse none, two, and one without words."""
        cleaned = super().clean(value)
        if problem := _problem(cleaned):
            raise blocks.StructBlockValidationError({problem[0]: ValidationError(problem[1])})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video elsewhere or of your own, with captions or a transcript.")
        group = _("Media")
        label_format = "{title}"


class Exhibit(NamedBlock):
    """A PDF that is part of the contract."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    file = FileBlock(
        sorts.EXHIBIT,
        label=_("PDF"),
        help_text=_("At most 25 MB and 500 pages, without scripts, forms or attachments."),
    )
    name_from = ("title",)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Exhibit")
        description = _("A PDF that is part of the contract: Exhibit A, B and so on.")
        group = _("Media")
        label_format = "{title}"


def _problem(value: Any) -> tuple[str, Any] | None:
    """Where a video is wrong, and why."""
    if bool(value["embed"]) == bool(value["file"]):
        return "embed", _("Give the address of a video, or upload one; not both.")
    if value["captions"] and not value["file"]:
        return "captions", _("Captions go with a video of your own.")
    if not any(value[name] for name in ("captions", "transcript", "without")):
        return "transcript", _("Add captions or a transcript, or say why there are none.")
    return None


class ImageBlock(Image, LockableBlock):
    """A picture of a template."""

    fills = ("file", "alt", "decorative", "caption")


class VideoBlock(Video, LockableBlock):
    """A video of a template."""

    fills = ("title", "embed", "file", "captions", "transcript", "without")


class ExhibitBlock(Exhibit, LockableBlock):
    """An exhibit of a template; one that is editable may be empty until a contract fills it."""

    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    file = FileBlock(
        sorts.EXHIBIT,
        required=False,
        label=_("PDF"),
        help_text=_("At most 25 MB and 500 pages, without scripts, forms or attachments."),
    )
    fills = ("title", "file")

    def clean(self, value: Any) -> Any:
        """Refuse a locked one without its file: nobody could add it."""
        cleaned = super().clean(value)
        if cleaned["policy"] == locks.EDITABLE and not cleaned["file"]:
            return cleaned
        needed = ValidationError(_("This field is required."), code="required")
        if lacking := [part for part in self.fills if not cleaned[part]]:
            raise blocks.StructBlockValidationError(dict.fromkeys(lacking, needed))
        return cleaned
