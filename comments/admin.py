"""Where the editors keep the articles that readers comment on."""

from django.contrib import admin

from comments.models import Article


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("title", "section", "author_name", "published_at", "published_count")
    list_filter = ("section",)
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
