"""The root URL configuration."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

handler400 = "comments.reception.views.unreadable"
urlpatterns = [
    path("", include("config.operations.urls")),
    path("api/v1/", include("comments.integrators.urls")),
    path("api/v1/", include("comments.reception.api_urls")),
    path("", include("comments.protocols.perspective.urls")),
    path("", include("comments.reception.feed_urls")),
    path("", include("comments.protocols.akismet.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *i18n_patterns(path("admin/", admin.site.urls), path("", include("comments.demo.urls"))),
]
