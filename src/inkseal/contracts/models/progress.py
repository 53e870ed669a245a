"""Proposal, progress, its log, and what a page was based on (responsibleeditor, novelscontract, scontractlog)."""

from django.db import models
from django.db.models.functions import Now

from inkseal.catalog.columns import TinyIntegerField
from inkseal.contracts.enums import Agreement, Progress


class Proposal(models.Model):
    """A responsible editor's proposal; the live row of a book has status 1 (C1.1)."""

    id = models.BigIntegerField(primary_key=True, db_column="IDX")
    book_id = models.BigIntegerField(db_column="CBID", db_index=True)
    editor_id = models.IntegerField()
    editor_name = models.CharField(max_length=50)
    status = TinyIntegerField(default=1)
    agreement = TinyIntegerField(default=Agreement.NONE, db_column="dagreement")
    terms = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_column="create_time")
    updated_at = models.DateTimeField(db_column="update_time")

    class Meta:
        db_table = "responsibleeditor"


class Contract(models.Model):
    """The contract of a book and how far its signing is (C1.2)."""

    id = models.BigIntegerField(primary_key=True, db_column="IDX")
    book_id = models.BigIntegerField(db_column="CBID", unique=True)
    progress = models.IntegerField(default=Progress.NOT_STARTED, db_column="contract")
    agreement = TinyIntegerField(default=Agreement.NONE, db_column="dagreement")
    launched_at = models.DateTimeField(null=True, blank=True, db_column="launchtime")
    tracker_id = models.IntegerField(null=True, blank=True)
    terms = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_default=Now(), db_column="update_time")

    class Meta:
        db_table = "novelscontract"
        indexes = [
            models.Index(fields=["updated_at"], name="idx_update"),
            models.Index(fields=["progress", "updated_at"], name="idx_contract"),
        ]


class ContractLog(models.Model):
    """One step of the signing process, append-only (C1.3). `note` and `responsibility` are always given."""

    id = models.AutoField(primary_key=True, db_column="IDX")
    book_id = models.BigIntegerField(db_column="CBID")
    actor = models.CharField(max_length=20, null=True)
    responsibility = models.CharField(max_length=50)
    editor_type = models.IntegerField(default=-1, db_column="editortype")
    progress = models.IntegerField(default=0, db_column="contract")
    progress_name = models.CharField(max_length=20, null=True, db_column="contractname")
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    note = models.CharField(max_length=512)
    agreement = TinyIntegerField(default=Agreement.NONE, db_column="dagreement")
    #: The X-sign columns are kept for history; overseas they stay at these defaults (AMB-34).
    buyout_price = models.DecimalField(max_digits=15, decimal_places=2, default=0, db_column="buyoutprice")
    flow_id = models.CharField(max_length=30, null=True, default="")
    min_words = models.DecimalField(max_digits=15, decimal_places=3, default=0, db_column="minwords")
    max_words = models.DecimalField(max_digits=15, decimal_places=3, default=0, db_column="maxwords")
    origin_pid = models.IntegerField(null=True, db_column="originpid")
    finish_status = models.IntegerField(null=True, db_column="finishstatus")
    deducted_share = models.DecimalField(max_digits=15, decimal_places=3, null=True, db_column="deductiondivideamount")
    min_words_month = models.DecimalField(max_digits=15, decimal_places=3, null=True, db_column="minneedwords_month")
    max_words_month = models.DecimalField(max_digits=15, decimal_places=3, null=True, db_column="maxneedwords_month")

    class Meta:
        db_table = "scontractlog"
        indexes = [
            models.Index(fields=["book_id"], name="CBID"),
            models.Index(fields=["origin_pid"], name="originpid"),
        ]


class ContractControl(models.Model):
    """What a page was based on: +1 on every change of contract, step, working data or files (C3.9)."""

    book_id = models.BigIntegerField(primary_key=True, db_column="CBID")
    revision = models.BigIntegerField(default=0)
    round = models.IntegerField(default=0)
    #: Prints of this round so far; makes an old print's page codes fail.
    print_count = models.IntegerField(default=0)
    #: serviceuser id of who submitted the present round (four eyes), and the file the auditor approved.
    submitted_by = models.IntegerField(null=True)
    approved_sha256 = models.CharField(max_length=64, default="")
    updated_at = models.DateTimeField(db_column="updated")

    class Meta:
        db_table = "contract_control"


class ContractRequest(models.Model):
    """A request that was answered: the same id gets the same answer, another body is refused (C3.9)."""

    id = models.CharField(primary_key=True, max_length=64)
    actor = models.CharField(max_length=40)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField(db_column="created")

    class Meta:
        db_table = "contract_request"
