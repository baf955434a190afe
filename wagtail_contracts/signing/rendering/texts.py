"""A workspace's own words in the place of ours, where it wrote some in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wagtail_contracts.contracts.models import Workspace, WorkspaceText
from wagtail_contracts.contracts.rendering.wordings import filled, paragraphs
from wagtail_contracts.signing.core.lines import plain
from wagtail_contracts.signing.rendering.letters import Letter, Words


def own(letter: Letter, workspace: Workspace, kind: str, words: Words, language: str) -> Letter:
    """The letter in the workspace's words; what people must know beside them stays ours.

    `language` is the reader's, in which a workspace may write though we do not.
    """
    rows = WorkspaceText.objects.filter(workspace=workspace, kind=kind)
    texts = {row.language: row for row in rows}
    row = texts.get(language) or texts.get(language.partition("-")[0])
    return worded(letter, row.subject, row.body, words) if row else letter


def worded(letter: Letter, subject: str, body: str, words: Words) -> Letter:
    """The letter with this subject and body in the place of ours."""
    meant = placed(words)
    lines = [plain(filled(part, meant)) for part in paragraphs(body)]
    kept = [] if letter.free is None else letter.lines[letter.free :]
    return replace(letter, subject=plain(filled(subject, meant)), lines=[*lines, *kept])


def placed(words: Mapping[str, Any]) -> dict[str, str]:
    """What each placeholder stands for."""
    named = {name: words[name] for name in ("title", "sender", "name", "deadline", "version")}
    return {**{name: str(value) for name, value in named.items()}, "organisation": words["org"]}
