"""Companion tables of the workflow's files: prints, uploaded pictures, uses of the seal key."""

from django.db import models

from inkseal.catalog.columns import TinyIntegerField


class ContractPrint(models.Model):
    """One print of a confirmed contract: what its page codes and signature places must be checked against."""

    id = models.BigIntegerField(primary_key=True)
    book_id = models.BigIntegerField(db_column="CBID", db_index=True)
    contract_no = models.CharField(max_length=32)
    #: One character of the page code: prints of the same serial number are told apart by it.
    revision = models.CharField(max_length=1)
    page_count = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    template_hash = models.CharField(max_length=64)
    template_id = models.PositiveBigIntegerField(db_column="TID")
    #: Signature places: list of {kind, page, left, bottom, right, top} in PDF points.
    places = models.JSONField(default=list)
    file_id = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "contract_print"
        constraints = [models.UniqueConstraint(fields=["contract_no", "revision"], name="uk_print_revision")]


class UploadedPicture(models.Model):
    """One picture an author uploaded, as it was read; removed pictures keep their row."""

    file_id = models.BigIntegerField(primary_key=True)
    book_id = models.BigIntegerField(db_column="CBID", db_index=True)
    kind = models.CharField(max_length=12)
    #: For documents: 1 front, 2 back; 0 for contract pages, whose number comes from their code.
    sort = TinyIntegerField(default=0)
    codes = models.JSONField(default=list)
    width = models.IntegerField()
    height = models.IntegerField()
    original_sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "uploaded_picture"


class SealUse(models.Model):
    """One use of a company's seal key, recorded before it happens (contracts-2, C3.7)."""

    id = models.BigIntegerField(primary_key=True)
    book_id = models.BigIntegerField(db_column="CBID", db_index=True)
    approved_sha256 = models.CharField(max_length=64)
    key_fingerprint = models.CharField(max_length=64)
    announced_at = models.DateTimeField()
    #: The sealed file that came of it; empty when the process died or another use won.
    file_id = models.BigIntegerField(null=True)
    sealed_sha256 = models.CharField(max_length=64, default="")
    level = models.CharField(max_length=8, default="")

    class Meta:
        db_table = "seal_use"
