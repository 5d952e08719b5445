"""Where the editors keep the articles that readers comment on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comments.models import Article, Site


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("title", "section", "author_name", "published_at", "published_count")
    list_filter = ("section",)
    search_fields = ("title", "slug")
    # That of the installation.
    exclude = ("site",)
    prepopulated_fields = {"slug": ("title",)}

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """What was not changed is not saved: the count and the ETag may have moved on meanwhile."""
        if not change:
            obj.site = Site.objects.default()
        obj.save(update_fields=form.changed_data if change else None)
