"""The outbox table. Rows are found by state and due time, never by "id after the last one seen"."""

from django.db import models

from inkseal.outbox.effect import EffectState


class OutboxEffect(models.Model):
    """One effect and how far it got."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=190, unique=True)
    #: Canonical JSON; ids only, nothing personal.
    payload = models.TextField()
    state = models.CharField(max_length=8, default=EffectState.PENDING)
    #: Claims so far, those of killed workers included.
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    #: Who holds the lease; a new one at every claim, so that a late worker cannot mark what it lost.
    lease_token = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    #: Class name only: messages may quote personal data.
    last_error = models.CharField(max_length=100, default="")

    class Meta:
        db_table = "outbox_effect"
        indexes = [models.Index(fields=["state", "due_at"], name="outbox_effect_due")]
