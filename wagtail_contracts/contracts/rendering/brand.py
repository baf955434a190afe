"""What a workspace looks like, as pages, mails and paper need it."""

from __future__ import annotations

from dataclasses import dataclass, field

from wagtail_contracts.contracts.core import contrast
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.models import Workspace

TEST = "TEST"
OURS = "#0a5752"
ENDINGS = {sorts.PNG: "png", sorts.JPEG: "jpg"}


@dataclass(frozen=True)
class Brand:
    """A look. `accent` is empty for ours, `logo` the digest of a picture; `test` marks it all."""

    organisation: str = ""
    accent: str = ""
    logo: str = ""
    test: bool = False

    @property
    def shades(self) -> dict[str, dict[str, str]]:
        """The page's colours by light and dark, where they are not ours."""
        return contrast.shades(self.accent) if self.accent else {}

    @property
    def button(self) -> str:
        """The ground of a button with white words, in a mail."""
        return self.accent or OURS


@dataclass(frozen=True)
class Paper:
    """What a workspace prints on its contracts; `logo` is the name of `picture` in the bundle."""

    letterhead: str = ""
    accent: str = ""
    organisation: str = ""
    logo: str = ""
    picture: bytes = field(default=b"", repr=False)
    test: bool = False

    @property
    def lines(self) -> list[str]:
        """Of the letterhead."""
        return self.letterhead.splitlines()


def marked(workspace: Workspace, words: str) -> str:
    """The words, said to be a test where they are about training; the same in every language."""
    return f"{TEST}: {words}" if workspace.training else words


def brand(workspace: Workspace) -> Brand:
    """The look of a workspace's pages and mails."""
    return Brand(
        workspace.legal_name,
        workspace.accent,
        workspace.logo.digest if workspace.logo else "",
        workspace.training,
    )


def paper(workspace: Workspace, picture: bytes = b"") -> Paper:
    """The look of its files; `picture` is the content of its logo."""
    logo = workspace.logo
    return Paper(
        workspace.letterhead,
        workspace.accent,
        workspace.legal_name,
        f"logo.{ENDINGS[logo.media_type]}" if logo and picture else "",
        picture if logo else b"",
        workspace.training,
    )
