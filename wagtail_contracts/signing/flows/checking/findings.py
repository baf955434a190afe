"""What the check can find: each finding has a code, and words for what is wrong and the cure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

BACKUP = "Restore this row from a backup, and find out who wrote to the database."
ROWS = (
    "Take the rows from a backup that is newer, or whole, and find out who wrote to the database."
)
FILE = (
    "Copy it from a backup of the files; every party was sent or may fetch the same file, and it "
    "is the right one if its SHA-256 is in its name."
)
EXHIBIT = "Copy it from a backup of the files, into the storage's folder “files”."
AWAY = "See whether the storage answers this host, and check again."
WORKER = "Run manage.py outbox_deliver --watch, and check again."
WORDS: dict[str, tuple[str, str]] = {
    "version_gap": ("the version is missing", ROWS),
    "version_text": ("its text is not the one that its digest was made from", BACKUP),
    "version_form": ("its text is no contract.json", BACKUP),
    "version_row": ("its number, contract or time is not that of its text", BACKUP),
    "version_previous": ("it does not name the digest of the version before", BACKUP),
    "version_content": ("its content digest is not that of its content", BACKUP),
    "version_current": ("the contract's current version is not its newest", BACKUP),
    "version_missing": ("the trail names a version that is not there: %s", ROWS),
    "version_unrecorded": ("the trail does not name it so: %s", ROWS),
    "contract_row": ("by its row it is %s; by its trail it is %s", BACKUP),
    "contract_unsigned": ("it is signed, but these have not signed as its rules want: %s", ROWS),
    "contract_gone": ("a contract that was sent is gone; its trail remains", ROWS),
    "contract_unreadable": ("it could not be judged: %s", BACKUP),
    "trail_missing": ("the trail is missing", ROWS),
    "trail_broken": ("%s", ROWS),
    "disclosure_missing": ("what event %s disclosed as “%s” is gone and was never erased", ROWS),
    "disclosure_other": ("what event %s disclosed as “%s” is another value now", BACKUP),
    "disclosure_back": (
        "what event %s disclosed as “%s” was erased and is back",
        "Erase it again.",
    ),
    "disclosure_locked": (
        "what event %s disclosed as “%s” is encrypted with a key that is not here",
        "Put the key into WAGTAIL_CONTRACTS['KEYS']; it is kept apart from the database.",
    ),
    "disclosure_loose": ("%s disclosed values belong to no event: a trail was cut", ROWS),
    "participant_missing": ("%s takes part, and is not there", ROWS),
    "signature_digest": ("the signature of %s names another digest than its version", BACKUP),
    "signature_stranger": ("%s signed, whom the version does not ask to", BACKUP),
    "signature_identification": (
        "the identification behind the signature of %s is not there",
        ROWS,
    ),
    "signature_level": ("the signature of %s is called %s; its evidence yields %s", BACKUP),
    "signature_proof": (
        "the own signature of %s does not hold: %s",
        "If its issuer is unknown, list it in SIGNER_TRUST, as it was then; else restore the row "
        "from a backup, and find out who wrote to the database.",
    ),
    "signature_missing": ("the trail names a signature that is not there: %s", ROWS),
    "signature_unrecorded": ("the trail does not name this signature: %s", ROWS),
    "identification_missing": ("the trail names an identification that is not there: %s", ROWS),
    "identification_unrecorded": ("the trail does not name this identification: %s", ROWS),
    "attestation_missing": ("the trail names a witness who is not there: %s", ROWS),
    "attestation_unrecorded": ("the trail does not name this witness: %s", ROWS),
    "agreement_missing": ("the trail names an “I agree” that is not there: %s", ROWS),
    "agreement_unrecorded": ("the trail does not name this “I agree”: %s", ROWS),
    "shown_missing": (
        "what was shown or drawn before a signature is not what the trail says: %s",
        ROWS,
    ),
    "shown_unrecorded": ("the trail does not name what was shown or drawn: %s", ROWS),
    "retraction_missing": ("the trail names a consumer’s withdrawal that is not there: %s", ROWS),
    "retraction_unrecorded": ("the trail does not name this consumer’s withdrawal: %s", ROWS),
    "decline_missing": ("the trail names a decline that is not there: %s", ROWS),
    "decline_unrecorded": ("the trail does not name this decline: %s", ROWS),
    "answer_missing": ("the trail names an answer that is not there: %s", ROWS),
    "answer_unrecorded": ("the trail does not name this answer: %s", ROWS),
    "answer_other": ("the answer “%s” is not the one in its version", BACKUP),
    "seal_missing": ("the trail names a sealed file without a row: %s", ROWS),
    "seal_unrecorded": ("the trail does not name this sealed file: %s", ROWS),
    "seal_waiting": ("it waits for its seal since %s", WORKER),
    "seal_orphan": ("a sealed file is about a version that is not there", ROWS),
    "file_missing": ("the sealed file is missing", FILE),
    "file_altered": ("the sealed file has been altered", FILE),
    "file_unread": ("the sealed file was not read: %s", AWAY),
    "file_unproved": (
        "its seal does not hold: %s",
        "If the signer is unknown, list the authority.pem of that time in TRUST; else " + FILE,
    ),
    "file_row": ("the file is not as its row says: %s", BACKUP),
    "file_other": ("the file and the rows tell different things: %s", ROWS),
    "file_trail": ("the stored trail is not the one that was sealed: %s", ROWS),
    "exhibit_missing": ("a file that it names is missing: %s", EXHIBIT),
    "exhibit_altered": ("a file that it names has been altered: %s", EXHIBIT),
    "exhibit_unread": ("a file that it names was not read: %s", AWAY),
    "exhibit_row": ("it names a file that no row keeps: %s", ROWS),
    "stray_part": ("a half-written file, older than a day", "contracts_check --fix removes it."),
    "stray_sealed": (
        "no row names this sealed file; it is whole and about %s",
        "Nothing is lost: keep it until the site is known to be whole, then it may go.",
    ),
    "stray_file": (
        "no row names this file, and it is none of ours: %s",
        "Look at who put it there.",
    ),
    "storage_unlisted": (
        "the storage can't list its names: files that no row names were not looked for",
        "Compare its own list of names with the rows.",
    ),
    "storage_failed": ("files that no row names were not looked for: %s", AWAY),
    "row_dangling": ("in %s the row %s has a %s that is gone", ROWS),
    "key_lost": (
        "%s values in %s are encrypted with a key that is not here",
        "Put the key back to the end of WAGTAIL_CONTRACTS['KEYS'].",
    ),
    "key_older": (
        "%s values in %s are encrypted with an older key",
        "Run contracts_rotate_keys; until then the older key stays in KEYS.",
    ),
    "key_spare": (
        "nothing needs the older keys in KEYS any more: %s",
        "They may go from KEYS. Keep them as long as there is a backup that is older.",
    ),
    "triggers": ("evidence can be changed, triggers are missing: %s", "Run manage.py migrate."),
    "outbox_dead": (
        "%s was given up after the last attempt: %s",
        "Mend the cause; then try it again, or discard it, in the outbox.",
    ),
    "outbox_overdue": ("%s messages wait since %s and no worker takes them", WORKER),
    "outbox_lease": (
        "%s is held until %s, longer than any task takes",
        "Wait, or correct the clock.",
    ),
}
HARMLESS = frozenset({"stray_part", "stray_sealed", "storage_unlisted", "key_older", "key_spare"})

# Columns of a participant that may be locked, and are not asked.
PERSONAL = tuple(f"participant__{name}" for name in ("email", "phone", "national_id"))


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be, and where; harmless ones are only worth knowing."""

    code: str
    words: tuple[Any, ...] = ()
    contract: str = ""
    version: int | None = None
    file: str = ""

    @property
    def harmless(self) -> bool:
        """Nothing is lost and nothing is false."""
        return self.code in HARMLESS

    @property
    def what(self) -> str:
        """What is wrong."""
        return WORDS[self.code][0] % self.words

    @property
    def cure(self) -> str:
        """How to mend it."""
        return WORDS[self.code][1]

    @property
    def where(self) -> str:
        """Contract, version and file, as far as it is about them."""
        version = f"version {self.version}" if self.version else ""
        return ", ".join(part for part in (self.contract, version, self.file) if part)

    def facts(self) -> dict[str, Any]:
        """Plain values for JSON."""
        facts = {name: value for name, value in asdict(self).items() if name != "words"}
        return {**facts, "harmless": self.harmless, "what": self.what, "cure": self.cure}
