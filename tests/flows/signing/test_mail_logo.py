"""The logo of a workspace in its mails: it travels with them, and nothing is fetched."""

import re

from django.core.files.storage import storages

from tests import builders, mails, uploads
from wagtail_contracts.contracts import flows as contracts


def with_logo(workspace, user, content):
    """The workspace with this picture."""
    by = builders.actor(user)
    workspace.logo = uploads.stored("logo", content, "logo.png", by)
    workspace.save(update_fields=["logo"])


def test_a_small_logo_travels_with_the_mail_and_nothing_is_fetched(answered, sales):
    assert "<img" not in mails.one(answered.kari, "reminder").alternatives[0][0]
    with_logo(sales, answered.sender, uploads.picture())
    letter = mails.one(answered.kari, "reminder")
    markup = letter.alternatives[0][0]
    [part] = [part for part in letter.message().walk() if part.get_content_maintype() == "image"]
    [source] = re.findall(r'<img src="cid:([^"]+)"', markup)
    assert part["Content-ID"] == f"<{source}>"
    assert part.get_content_disposition() == "inline"
    assert part.get_payload(decode=True) == contracts.logo_content(sales)
    assert "http" not in re.sub(r'href="[^"]*"|>https?://[^<]*<', "", markup)


def test_a_mail_goes_without_a_logo_that_is_large_or_gone(answered, sales, monkeypatch):
    with_logo(sales, answered.sender, uploads.picture())
    monkeypatch.setattr("wagtail_contracts.signing.rendering.mail.LARGEST", 10)
    assert "<img" not in mails.one(answered.kari, "reminder").alternatives[0][0]
    monkeypatch.undo()
    storages["wagtail_contracts"].delete(sales.logo.stored_as)
    assert "<img" not in mails.one(answered.kari, "reminder").alternatives[0][0]
