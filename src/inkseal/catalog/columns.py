"""Column types that the original's tables have and Django does not."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class TinyIntegerField(models.SmallIntegerField):  # type: ignore[type-arg]  # not generic at run time
    """MySQL's tinyint (-128..127); a smallint elsewhere."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return tinyint where the database has it."""
        return "tinyint" if connection.vendor == "mysql" else super().db_type(connection)


class MediumTextField(models.TextField):  # type: ignore[type-arg]  # not generic at run time
    """MySQL's mediumtext (16 MB); text elsewhere."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return mediumtext where the database has it."""
        return "mediumtext" if connection.vendor == "mysql" else super().db_type(connection)
