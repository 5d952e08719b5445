"""The REST serializers of an article."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comments.models import ARTICLE_TEXT_LONGEST, Article, Site
from comments.validators import ARTICLE_URL_CHECKS

_TITLE_MISSING = _("Send the article's title.")
_URL_MISSING = _("Send the article's web address.")


class AboutArticleSerializer(serializers.ModelSerializer):
    """Which article it is, in the words of the website."""

    # DRF's field for it has a validator of its own, which knows of one mistake only.
    url = serializers.CharField(
        max_length=500,
        validators=ARTICLE_URL_CHECKS,
        error_messages={"required": _URL_MISSING, "blank": _URL_MISSING, "null": _URL_MISSING},
        help_text="Where readers find it: under one of the site's own addresses.",
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ("url", "title", "section", "language", "published_at")
        extra_kwargs: dict[str, dict[str, Any]] = {
            "title": {
                "error_messages": {
                    "required": _TITLE_MISSING,
                    "blank": _TITLE_MISSING,
                    "null": _TITLE_MISSING,
                }
            }
        }

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def validate_url(self, url: str) -> str:
        if self.site and not self.site.allows(url):
            raise serializers.ValidationError(
                _("This address is not one of the site's own."), "origin"
            )
        return url


class ArticleSerializer(AboutArticleSerializer):
    """An article as the website's own server registers it, and as it is answered."""

    text = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=ARTICLE_TEXT_LONGEST,
        write_only=True,
        help_text="Plain or HTML; never shown. What comments quote from it does not count as the "
        "same text from many senders.",
    )
    is_closed = serializers.BooleanField(read_only=True)

    class Meta(AboutArticleSerializer.Meta):
        fields = (
            *("key", *AboutArticleSerializer.Meta.fields, "closes_at", "text"),
            *("is_closed", "published_count"),
        )
        read_only_fields = ("key", "published_count")
        extra_kwargs = {
            **AboutArticleSerializer.Meta.extra_kwargs,
            "closes_at": {"help_text": "From then on no comment is taken."},
            "published_count": {"help_text": "Comments that readers see."},
        }

    def to_representation(self, instance: Article) -> dict[str, Any]:
        """An article that has no address of its own is read on a page of the service."""
        address = self.context["request"].build_absolute_uri(instance.address)
        return {**super().to_representation(instance), "url": address}


@extend_schema_field(AboutArticleSerializer)
class AboutArticleField(serializers.Field):
    """Read only where the article is not known yet: most comments are not the first."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value
