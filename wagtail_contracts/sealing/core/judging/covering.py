"""A checkpoint inside a sealed file: whether it covers the records there, and was signed."""

from typing import Any

from wagtail_contracts import canonical, merkle, notes
from wagtail_contracts.sealing.core.reports import mismatch

SHAPE = {"length": int, "index": int, "path": list, "note": str, "key": str}


def check(checkpoint: dict[str, Any], trail: dict[str, Any]) -> str:
    """What it says, for people; the records of the trail are known to form a chain.

    Its key is vouched for by the seal alone: whose it is, others say. Raises the fault mismatch.
    """
    length: int = checkpoint["length"]
    if not 0 < length <= trail["length"]:
        raise mismatch("the checkpoint covers other records")
    try:
        told = notes.opened(checkpoint["note"], [notes.Verifier.parse(checkpoint["key"])])
        path = [bytes.fromhex(text) for text in checkpoint["path"]]
    except (notes.NotANote, ValueError, TypeError) as error:
        raise mismatch("the checkpoint is not signed by its key") from error
    head = canonical.digest_bytes(canonical.AUDIT_EVENT, trail["records"][length - 1].encode())
    leaf = notes.entry(trail["key"], length, head)
    if not merkle.includes(leaf, checkpoint["index"], told.size, path, told.root):
        raise mismatch("the checkpoint covers other records")
    return f"a checkpoint of {told.origin} covers the first {length} records"
