"""Render a comment's text as safe HTML."""

from django import template

from comments import markup

register = template.Library()
register.filter("comment_html", markup.comment_html)
