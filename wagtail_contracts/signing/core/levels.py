"""What a signature is worth by its means of identification, in the sense of eIDAS.

Regulation (EU) No 910/2014, articles 3 and 26. A one-time code shows control of a mailbox or a
device, no more: such a signature is simple, whatever seal stands around it.
"""

SIMPLE = "simple"
LEVELS = {"email_code": SIMPLE, "totp": SIMPLE}


def level(method: str) -> str:
    """The level of a signature after this means of identification."""
    return LEVELS[method]
