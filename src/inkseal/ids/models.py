"""The table behind the numbers: how far each sequence has been handed out."""

from django.db import models


class IdBlock(models.Model):
    """One sequence. Everything below `next` belongs to some process, used or lost."""

    name = models.CharField(max_length=32, primary_key=True)
    region = models.SmallIntegerField()
    next = models.BigIntegerField()

    class Meta:
        db_table = "id_block"
