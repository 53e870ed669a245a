"""Which contract template is used (protocoltype, signonlineconfig, signtemplate)."""

from django.db import models
from django.db.models.functions import Now

from inkseal.catalog.columns import MediumTextField, TinyIntegerField
from inkseal.contracts.enums import Site


class AgreementType(models.Model):
    """The agreement code table (C1.15)."""

    id = models.AutoField(primary_key=True, db_column="typeid")
    name = models.CharField(max_length=100, null=True, db_column="typename")
    status = TinyIntegerField(null=True, default=1)
    creator = models.CharField(max_length=100, null=True)
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    updater = models.CharField(max_length=100, null=True)
    updated_at = models.DateTimeField(db_default=Now(), db_column="updatetime")

    class Meta:
        db_table = "protocoltype"


class TemplateVersion(models.Model):
    """A template version; `template` is the folder of its content below settings.TEMPLATE_DIR (C1.11)."""

    id = models.PositiveBigIntegerField(primary_key=True, db_column="TID")
    name = models.CharField(max_length=50, default="", db_column="tname")
    short_name = models.CharField(max_length=200, null=True, default="", db_column="shortname")
    template = models.CharField(max_length=200, default="")
    rights = MediumTextField(db_column="rightlist")
    status = TinyIntegerField(null=True, default=-1)
    creator = models.CharField(max_length=50, default="")
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    updater = models.CharField(max_length=50, null=True, default="")
    updated_at = models.DateTimeField(null=True, db_column="updatetime")
    #: 1 yes, 2 no (E16).
    syncs_bank_data = TinyIntegerField(null=True, default=2, db_column="isAuthorBanksynchro")
    options = MediumTextField(null=True, db_column="templateconfig")

    class Meta:
        db_table = "signtemplate"
        indexes = [models.Index(fields=["name"], name="tname")]


class TemplateChoice(models.Model):
    """Which template version an agreement type uses on a site (C1.10)."""

    id = models.PositiveBigIntegerField(primary_key=True, db_column="IDX")
    site = models.IntegerField(default=Site.QIDIAN_BOYS)
    agreement = TinyIntegerField(db_column="ctype")
    template_id = models.PositiveBigIntegerField(db_column="TID")
    name = models.CharField(max_length=50, default="", db_column="tname")
    status = TinyIntegerField(null=True, default=-1)
    contest_id = models.BigIntegerField(null=True, db_column="articleid")
    counsel_note = models.CharField(max_length=500, null=True, db_column="counselnote")
    creator = models.CharField(max_length=50, default="")
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    updater = models.CharField(max_length=50, null=True, default="")
    updated_at = models.DateTimeField(null=True, db_column="updatetime")

    class Meta:
        db_table = "signonlineconfig"
        indexes = [models.Index(fields=["template_id"], name="tid")]
