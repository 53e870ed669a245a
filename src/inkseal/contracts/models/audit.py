"""Audit decisions and the reasons editors choose from (signonlineauditlog, audit_reason_config)."""

from django.db import models
from django.db.models.functions import Now

from inkseal.catalog.columns import TinyIntegerField


class AuditEntry(models.Model):
    """One decision of one auditor, append-only (C1.8). `signing_id` is signonline.IDX."""

    id = models.PositiveBigIntegerField(primary_key=True, db_column="IDX")
    signing_id = models.BigIntegerField(db_column="signid")
    author_id = models.BigIntegerField(default=0, db_column="cauthorid")
    book_id = models.BigIntegerField(default=0, db_column="CBID")
    status = TinyIntegerField(default=1)
    audited_at = models.DateTimeField(db_default=Now(), db_column="audittime")
    auditor = models.CharField(max_length=50, default="")
    reason = models.CharField(max_length=2048, default="")
    reason_id = models.IntegerField(default=0)

    class Meta:
        db_table = "signonlineauditlog"
        indexes = [
            models.Index(fields=["signing_id"], name="signid"),
            models.Index(fields=["author_id"], name="audit_cauthorid"),
            models.Index(fields=["book_id"], name="audit_cbid"),
            models.Index(fields=["book_id", "audited_at"], name="idx_cbid_audittime"),
        ]


class AuditFinding(models.Model):
    """What exactly is to change: one field or page with its reason, beside the single reason_id (AMB-10)."""

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="findings")
    #: A field of the forms ("realname"), a page ("page:3") or a document ("card").
    target = models.CharField(max_length=40)
    reason_id = models.IntegerField(default=0)
    note = models.CharField(max_length=500, default="")

    class Meta:
        db_table = "signonline_audit_finding"


class AuditReason(models.Model):
    """A reason for the drop-down, with hints to the author as JSON (C1.18)."""

    id = models.AutoField(primary_key=True, db_column="IDX")
    business_type = models.IntegerField(default=1)
    name = models.CharField(max_length=127)
    details = models.TextField()
    status = models.IntegerField(default=1)
    created_at = models.DateTimeField(db_column="create_time")
    updated_at = models.DateTimeField(db_column="update_time")

    class Meta:
        db_table = "audit_reason_config"
