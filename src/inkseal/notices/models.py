"""What was sent to whom (oversea_signonline_msg), and which effect it was (companion table)."""

from enum import IntEnum, unique

from django.db import models


@unique
class Route(IntEnum):
    """By which way (E6)."""

    EMAIL = 1
    PUSH = 2


@unique
class SendStatus(IntEnum):
    """How one attempt ended (E7)."""

    FAILED = -1
    SENT = 1


class Message(models.Model):
    """One attempt by one route (C1.5); the address is sealed, and empty when the route is not e-mail (R8)."""

    id = models.BigIntegerField(primary_key=True, db_column="IDX")
    book_id = models.BigIntegerField(db_column="CBID")
    author_id = models.BigIntegerField(db_column="cauthorid")
    send_reason = models.IntegerField()
    text = models.TextField(db_column="msg")
    sent_at = models.DateTimeField(db_column="send_time")
    route = models.IntegerField(db_column="msg_route")
    email_en = models.CharField(max_length=600, null=True)
    status = models.IntegerField()
    error = models.TextField(null=True, db_column="error_msg")
    sender_name = models.CharField(max_length=255)

    class Meta:
        db_table = "oversea_signonline_msg"
        indexes = [models.Index(fields=["book_id", "sent_at"], name="msg_cbid_send_time")]


class Delivery(models.Model):
    """An effect whose message has left: a repeated run finds it here and sends nothing."""

    effect_key = models.CharField(primary_key=True, max_length=200)
    message = models.OneToOneField(Message, models.PROTECT)

    class Meta:
        db_table = "notice_delivery"


class NoticeTemplate(models.Model):
    """What a message says instead of the built-in words, in one language."""

    id = models.BigAutoField(primary_key=True)
    reason = models.IntegerField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    updated_by = models.CharField(max_length=50)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "notice_template"
        constraints = [models.UniqueConstraint(fields=["reason", "language"], name="uk_notice_template")]


class Reminder(models.Model):
    """The prompts of one reason about one contract, and when the next may be due (None: not before its next move)."""

    id = models.BigAutoField(primary_key=True)
    book_id = models.BigIntegerField(db_column="CBID")
    reason = models.IntegerField()
    round = models.IntegerField(default=0)
    #: Prompts in `round` so far.
    sent = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice_reminder"
        constraints = [models.UniqueConstraint(fields=["book_id", "reason"], name="uk_notice_reminder")]
        indexes = [models.Index(fields=["due_at"], name="notice_reminder_due")]


class Duty(models.Model):
    """A duty that one worker at a time has, and when it is due again."""

    name = models.CharField(primary_key=True, max_length=64)
    due_at = models.DateTimeField()
    #: Until when earlier runs have seen everything.
    reached = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "notice_duty"
