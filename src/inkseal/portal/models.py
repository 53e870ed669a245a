"""Sign-in codes and how often an address was used; addresses stand here as keyed digests only."""

from django.db import models


class SignInDoor(models.Model):
    """One address that somebody tried to sign in with, known or not: the row that its attempts lock."""

    address_digest = models.CharField(primary_key=True, max_length=64)
    #: Times (ISO 8601) of the last requests for a code and of the last codes that were tried.
    asked_at = models.JSONField(default=list)
    tried_at = models.JSONField(default=list)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "portal_sign_in_door"


class SignInCode(models.Model):
    """One code that was asked for; `author_id` 0 means that the address belongs to nobody."""

    id = models.BigAutoField(primary_key=True)
    address_digest = models.CharField(max_length=64, db_index=True)
    author_id = models.BigIntegerField(default=0)
    code_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "portal_sign_in_code"
