"""The map of all pages."""

from django.urls import URLPattern, URLResolver, include, path

from inkseal.project import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("author/", include("inkseal.portal.urls")),
    path("desk/", include("inkseal.desk.urls")),
    path("", include("inkseal.public.urls")),
]
