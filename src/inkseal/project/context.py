"""What every page may show: the demo flag and the languages."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, object]:
    """Return the values that base templates read."""
    return {"demo": settings.DEMO, "languages": settings.LANGUAGES}
