"""Where the author is (signonlinestep) and whether he may rename (author_signonline_pennamelock)."""

from django.db import models
from django.db.models.functions import Now

from inkseal.catalog.columns import TinyIntegerField
from inkseal.contracts.enums import RenameLockValue


class SigningStep(models.Model):
    """One row per book: the page to show now, and the author's declarations (C1.16). Flags: 1 yes, 0 no."""

    id = models.PositiveBigIntegerField(primary_key=True, db_column="IDX")
    author_id = models.BigIntegerField(db_column="cauthorid")
    book_id = models.BigIntegerField(db_column="CBID")
    page = TinyIntegerField(default=0, db_column="step")
    refuse_cause = TinyIntegerField(null=True)
    is_alone = TinyIntegerField(null=True)
    is_all_copyright = TinyIntegerField(null=True)
    guardian_agrees = TinyIntegerField(null=True, db_column="is_guarder_agreen")
    #: Intention to sign: 1 accept, 0 refuse.
    status = TinyIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    updated_at = models.DateTimeField(db_default=Now(), db_column="updatetime")
    is_editor_confirm = TinyIntegerField(null=True, default=0)
    #: NULL until an editor changes something; the original has a zero date here (AMB-19).
    edited_at = models.DateTimeField(null=True, db_column="editupdatetime")
    editor_id = models.BigIntegerField(default=0, db_column="edit_id")
    editor_name = models.CharField(max_length=128, default="", db_column="edit_name")
    is_exclusive = TinyIntegerField(null=True, db_column="is_exclusive_sign")
    refuse_cause_detail = models.CharField(max_length=255, null=True)

    class Meta:
        db_table = "signonlinestep"
        constraints = [models.UniqueConstraint(fields=["book_id"], name="cbid_1")]
        indexes = [models.Index(fields=["author_id"], name="cauthorid_1")]


class RenameLock(models.Model):
    """May the author change his pen name? A missing row is computed, never read as "no" (C3.5)."""

    author_id = models.BigIntegerField(primary_key=True, db_column="cauthorid")
    change_penname = TinyIntegerField(default=RenameLockValue.LOCKED)

    class Meta:
        db_table = "author_signonline_pennamelock"
