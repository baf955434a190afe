"""Addresses and numbers so that their owner knows them and nobody else learns them."""


def address(email: str) -> str:
    """k•••@example.com."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}"


def number(phone: str) -> str:
    """•• •• •0 12: the last three digits."""
    last = phone[-3:]
    return f"•• •• •{last[:1]} {last[1:]}" if last else ""
