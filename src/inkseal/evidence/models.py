"""Evidence rows, the head of each chain, and the salts that alone can be erased."""

from django.db import models


class EvidenceChain(models.Model):
    """Where a chain ends. Appending locks this row, and a cut-off tail shows against it."""

    chain = models.CharField(max_length=64, primary_key=True)
    length = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "evidence_chain"


class EvidenceEvent(models.Model):
    """One act. Never updated, never deleted."""

    id = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=64)
    #: From 1, without gaps.
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    actor_role = models.SmallIntegerField()
    actor_id = models.BigIntegerField()
    #: Canonical JSON; nothing personal.
    facts = models.TextField()
    #: Canonical JSON {name: SHA-256 of salt and personal value}.
    commitments = models.TextField()
    happened_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "evidence_event"
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="evidence_event_place")]


class EvidenceSalt(models.Model):
    """The salt of one commitment. Without it nobody can tell which value was committed to; the chain stays whole."""

    id = models.BigIntegerField(primary_key=True)
    event = models.ForeignKey(EvidenceEvent, on_delete=models.PROTECT, related_name="salts")
    name = models.CharField(max_length=64)
    #: 32 random bytes in hexadecimal digits.
    salt = models.CharField(max_length=64)

    class Meta:
        db_table = "evidence_salt"
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="evidence_salt_name")]
