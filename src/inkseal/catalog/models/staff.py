"""Staff, their duties, and the companies that sign (serviceuser, oversea_editor_group, oversea_editor_info)."""

from enum import IntEnum, unique

from django.conf import settings
from django.db import models

from inkseal.catalog.columns import TinyIntegerField


class Staff(models.Model):
    """A member of staff: the account that signs in, and the name that logs show."""

    id = models.AutoField(primary_key=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff")
    name = models.CharField(max_length=50)

    class Meta:
        db_table = "serviceuser"


class EditorGroup(models.Model):
    """One duty of one member of staff in one group; responsibility 11 is the signing editor (R7)."""

    id = models.AutoField(primary_key=True, db_column="IDX")
    group_id = models.IntegerField()
    group_name = models.CharField(max_length=50)
    staff = models.ForeignKey(Staff, models.CASCADE, db_column="user_id", related_name="duties")
    responsibility = models.IntegerField()

    class Meta:
        db_table = "oversea_editor_group"
        constraints = [
            models.UniqueConstraint(fields=["group_id", "staff", "responsibility"], name="uk_group_duty"),
        ]


class TrackerSetting(models.Model):
    """Which books a signing editor follows up: comma-separated channels, categories and languages (C1.14)."""

    id = models.AutoField(primary_key=True, db_column="IDX")
    staff = models.ForeignKey(Staff, models.PROTECT, db_column="user_id", related_name="tracker_settings")
    channels = models.CharField(max_length=32, db_column="sexattr")
    categories = models.CharField(max_length=512, db_column="categoryid")
    languages = models.CharField(max_length=255, db_column="language")
    status = models.IntegerField()
    creator_id = models.IntegerField()
    created_at = models.DateTimeField(db_column="create_time")
    updater_id = models.IntegerField(db_column="updator_id")
    updated_at = models.DateTimeField(db_column="update_time")

    class Meta:
        db_table = "oversea_editor_info"


@unique
class SealWay(IntEnum):
    """Who seals a company's contracts (contracts-2, C3.7)."""

    #: The partner region synchronises, seals and completes.
    PARTNER = 1
    #: This system seals with the company's own key.
    LOCAL = 2


class SigningCompany(models.Model):
    """Our party to the contract; `id` is the three-digit party of contract numbers and of `signcompany`."""

    id = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=255)
    address = models.CharField(max_length=255)
    seal_way = TinyIntegerField(default=SealWay.LOCAL)
    status = TinyIntegerField(default=1)

    class Meta:
        db_table = "signing_company"
