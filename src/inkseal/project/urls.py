"""The map of all pages."""

from django.urls import URLPattern, URLResolver, include, path

from inkseal.project import health
from inkseal.project.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("author/", include("inkseal.portal.urls")),
    path("desk/", include("inkseal.desk.urls")),
    path("", include("inkseal.public.urls")),
]
