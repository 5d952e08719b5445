"""The demo's part of an article: what a publication keeps in its own system."""

from django.db import models

from comments.models import Article


class Story(models.Model):
    article = models.OneToOneField(Article, models.CASCADE, primary_key=True)
    lead = models.TextField(blank=True)
    # HTML; scripts are removed when it is shown.
    body = models.TextField()
    author_name = models.CharField(max_length=80)
    author_about = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.article.title
