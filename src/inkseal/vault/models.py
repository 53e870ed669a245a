"""The vault's tables: wrapped data keys, blind index, files. None of them holds personal data in clear."""

from django.db import models


class DataKey(models.Model):
    """The key of one subject, wrapped by a master key. Without it all of the subject's data is unreadable."""

    key_id = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=64, unique=True)
    master_key_id = models.CharField(max_length=32)
    #: Base64; empty once the subject was erased. The row stays, so that no second key is ever made.
    wrapped = models.CharField(max_length=128)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_data_key"


class BlindIndexEntry(models.Model):
    """A keyed digest of a value, so that its owner can be found without the value standing anywhere in clear."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    #: Which key made the digest: the first digits of a digest of that key.
    key_mark = models.CharField(max_length=16)
    subject = models.CharField(max_length=64, db_index=True)
    #: The value, sealed for its subject: only so can another index key digest it anew.
    value_en = models.TextField()

    class Meta:
        db_table = "vault_blind_index"
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="vault_blind_index_value")]


class VaultFile(models.Model):
    """One file: what it is and whose; its encrypted content is in the storage under `stored_name`."""

    file_id = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=64, db_index=True)
    stored_name = models.CharField(max_length=100)
    #: Of the plain content, 64 hexadecimal digits.
    sha256 = models.CharField(max_length=64)
    #: Of the plain content.
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    created = models.DateTimeField()

    class Meta:
        db_table = "vault_file"
