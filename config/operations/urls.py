from django.urls import path

from config.operations import views, well_known

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("favicon.ico", well_known.favicon),
    path("robots.txt", well_known.robots),
]
