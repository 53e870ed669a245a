"""The author's data: working copy (pre), final copy, and one result per agreement type, each with its extension.

Columns ending in `_en` hold tokens of the vault, never plain text; `personal.py` is the only way in and out.
"""

from django.db import models
from django.db.models.functions import Now

from inkseal.catalog.columns import TinyIntegerField
from inkseal.contracts.enums import Agreement, Review, SignWay, Source


class SigningColumns(models.Model):
    """The columns that signonline, signonlinepre and signonline_result share (C1.6, C1.20)."""

    id = models.BigIntegerField(primary_key=True, db_column="IDX")
    book_id = models.BigIntegerField(db_column="CBID")
    author_id = models.BigIntegerField(db_column="cauthorid", db_index=True)
    source = models.IntegerField(default=Source.DOMESTIC)
    cardtype = TinyIntegerField(default=0)
    review = models.IntegerField(default=Review.WAITING, db_column="status")
    updated_at = models.DateTimeField(db_column="updatetime")
    realname_en = models.CharField(max_length=512, null=True)
    authorname = models.CharField(max_length=128, null=True)
    sex = TinyIntegerField(null=True)
    birthday_en = models.CharField(max_length=256, null=True)
    cardid_en = models.CharField(max_length=512, null=True)
    keeper_cardid_en = models.CharField(max_length=512, null=True)
    zipcode = models.CharField(max_length=20, null=True)
    mobile_en = models.CharField(max_length=256, null=True)
    telpre = models.CharField(max_length=10, null=True)
    email_en = models.CharField(max_length=600, null=True)
    phone_en = models.CharField(max_length=256, null=True)
    qq_en = models.CharField(max_length=256, null=True)
    wechat_en = models.CharField(max_length=256, null=True)
    contactname_en = models.CharField(max_length=512, null=True)
    contacttelpre = models.CharField(max_length=10, null=True)
    contactmobile_en = models.CharField(max_length=256, null=True)
    bank_openname_en = models.CharField(max_length=512, null=True)
    bank_account_en = models.CharField(max_length=512, null=True)
    bank = models.CharField(max_length=255, null=True)
    bank_info = models.CharField(max_length=255, null=True)
    address_en = models.TextField(null=True)
    agreement = TinyIntegerField(default=Agreement.NONE, db_column="dagreement")
    template_id = models.PositiveBigIntegerField(null=True, db_column="TID")
    contract_no = models.CharField(max_length=32, null=True)
    created_at = models.DateTimeField(db_default=Now(), db_column="createtime")
    content_hash = models.CharField(max_length=64, default="")
    print_file = models.CharField(max_length=200, default="")
    signed_file = models.CharField(max_length=200, default="")
    signed_file_sha256 = models.CharField(max_length=64, default="")
    sign_way = TinyIntegerField(default=SignWay.PAPER)
    template_hash = models.CharField(max_length=64, default="")

    class Meta:
        abstract = True


class SigningExtraColumns(models.Model):
    """The columns that the three extension tables share; the key is the main row's (C1.7, R15)."""

    id = models.BigIntegerField(primary_key=True, db_column="IDX")
    job = models.CharField(max_length=512, default="")
    nationality = models.CharField(max_length=10, default="")
    guid = models.BigIntegerField(null=True)
    guarder_card_type = TinyIntegerField(default=0)
    skype_en = models.CharField(max_length=256, null=True)
    discord_en = models.CharField(max_length=256, null=True)
    whatsapp_en = models.CharField(max_length=256, null=True)
    line_en = models.CharField(max_length=256, null=True)
    facebook_message_en = models.CharField(max_length=256, null=True)
    contact_email_en = models.CharField(max_length=600, null=True)
    swiftcode = models.CharField(max_length=100, default="")
    country_abbreviation = models.CharField(max_length=10, null=True)
    user_address_en = models.TextField(null=True)
    bank_address = models.CharField(max_length=255, null=True)
    signed_contract_en = models.TextField(null=True)
    sealed_contract_en = models.TextField(null=True)
    card_images_en = models.TextField(null=True)
    guarder_card_images_en = models.TextField(null=True)
    guardian_email_en = models.CharField(max_length=600, null=True)

    class Meta:
        abstract = True


class SigningDraft(SigningColumns):
    """The working copy: written while the author fills in, and nothing else is (R49)."""

    class Meta:
        db_table = "signonlinepre"
        constraints = [models.UniqueConstraint(fields=["book_id"], name="uk_pre_cbid")]


class SigningDraftExtra(SigningExtraColumns):
    """Extension of the working copy."""

    class Meta:
        db_table = "signonlinepre_exp"


class Signing(SigningColumns):
    """The final copy, one row per book for ever (R54)."""

    class Meta:
        db_table = "signonline"
        constraints = [models.UniqueConstraint(fields=["book_id"], name="uk_cbid")]
        indexes = [models.Index(fields=["review", "updated_at"], name="idx_status_updatetime")]


class SigningExtra(SigningExtraColumns):
    """Extension of the final copy."""

    class Meta:
        db_table = "signonline_exp"


class SigningResult(SigningColumns):
    """The final copy per agreement type; a later round with another type adds a row (R55)."""

    class Meta:
        db_table = "signonline_result"
        constraints = [models.UniqueConstraint(fields=["book_id", "agreement"], name="uk_cbid_type")]


class SigningResultExtra(SigningExtraColumns):
    """Extension of the result."""

    class Meta:
        db_table = "signonline_result_exp"
