"""Files that were sealed."""

from django.db import models


class SealedFile(models.Model):
    """One sealed file of a subject. Append-only, by triggers.

    `subject` is the digest that the seal is about; `digest` is the plain SHA-256 of the file, so
    that `sha256sum` agrees. A later generation replaces an earlier one, which stays.
    """

    subject = models.CharField(max_length=64)
    generation = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)  # in the private storage
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    level = models.CharField(max_length=8)  # of ETSI EN 319 142-1: B-B, later B-T, B-LT, B-LTA
    signer_fingerprint = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()  # as the signer claims

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "generation"], name="wc_sealed_file_generation_uniq"
            ),
        ]

    def __str__(self) -> str:
        return self.name
