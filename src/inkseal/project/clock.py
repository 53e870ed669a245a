"""The one clock: the database's. Read once per request or worker round, at the outermost layer, and passed in."""

from datetime import UTC, datetime
from typing import Final

from django.db import connection

_QUERY: Final = {
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "mysql": "SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)",
}


def database_now() -> datetime:
    """Return the database's present time, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY[connection.vendor])
        (text,) = cursor.fetchone()
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
