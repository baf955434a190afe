"""The one base of everything the house refuses."""


class Refusal(Exception):
    """A flow said no. `code` is stable and documented; the message is a sentence for people."""

    code = "refused"
