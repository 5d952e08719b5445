"""Where leads enter articles and correct them; most come in with their first comment."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from comments.models import Article, Site


class ListAdmin(admin.ModelAdmin):
    """A list is called by what is in it: "Select %s to change" does not decline in Ukrainian."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


@admin.register(Article)
class ArticleAdmin(ListAdmin):
    list_display = ("title", "section", "published_at", "closes_at", "published_count")
    list_filter = ("section",)
    search_fields = ("title", "key", "url")
    fields = ("key", "url", "title", "section", "published_at", "closes_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """By its key the website asks for the comments."""
        return ("key",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """What was not changed is not saved: the count and the ETag may have moved on meanwhile."""
        if not change:
            obj.site = Site.objects.default()
        obj.save(update_fields=form.changed_data if change else None)
