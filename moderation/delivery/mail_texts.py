"""The e-mails: plain text in the language in which the comment was sent, made when it is sent.

The one that asks for a confirmation may go to somebody who never wrote a comment, so it has nothing
in it that the sender of the comment chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from comments.identity import status_page_path
from comments.models import Comment, Site, Status
from moderation import appeals
from moderation.delivery.links import comment_url, public
from moderation.delivery.mail_requests import confirm_token, unsubscribe_token
from moderation.delivery.models import Mail, MailKind
from moderation.labels import for_author

MAX_TITLE, MAX_QUOTED = 80, 300


class LinkHeader(UnstructuredHeader, BaseHeader):
    """A header that stays as it is: a long link would be encoded, and mail programs read none."""

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", LinkHeader)
_POLICY = SMTP.clone(header_factory=_HEADERS)


@dataclass(frozen=True)
class Letter:
    """An e-mail to one reader, and the replies that it tells of."""

    mail: Mail
    replies: Sequence[Comment] = field(default_factory=tuple)

    @property
    def comment(self) -> Comment:
        return self.mail.subscription.comment

    @property
    def site(self) -> Site:
        return self.comment.article.site


def message(letter: Letter, to: str) -> EmailMessage:
    """Return the complete e-mail; `to` is the reader's address."""
    subscription = letter.mail.subscription
    with override(subscription.language):
        stop = public(reverse("comments:unsubscribe", args=[unsubscribe_token(subscription.pk)]))
        subject, context = _CONTENT[MailKind(letter.mail.kind)](letter)
        facts = {"site": letter.site.name, "stop": stop, **context}
        text = render_to_string(f"delivery/mail/{letter.mail.kind}.txt", facts)
    made = EmailMessage(policy=_POLICY)
    name, sender = parseaddr(settings.EMAIL_FROM)
    made["From"] = Address(name or letter.site.name, addr_spec=sender)
    made["To"] = Address(addr_spec=in_ascii(to))
    made["Subject"] = _one_line(subject)
    made["Date"] = format_datetime(timezone.now())
    # The same in every attempt, so that a repetition can be recognized.
    made["Message-ID"] = f"<{letter.mail.uid}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    # RFC 8058: mail programs unsubscribe with one press, by a POST without cookies.
    made["List-Unsubscribe"] = f"<{stop}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(text)
    made["Content-Language"] = subscription.language
    return made


def in_ascii(address: str) -> str:
    """Return the address with its domain as the mail server knows it."""
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{punycode(domain)}"


def _confirmation(letter: Letter) -> tuple[str, Mapping[str, Any]]:
    link = reverse("comments:confirm", args=[confirm_token(letter.mail.subscription.consent_id)])
    subject = _("%(site)s: confirm your e-mail address") % {"site": letter.site.name}
    return subject, {"link": public(link), "sent": letter.comment.created_at}


def _decision(letter: Letter) -> tuple[str, Mapping[str, Any]]:
    title = _title(letter.comment)
    published = letter.comment.status_for_author == Status.PUBLISHED
    if published:
        subject = _("Your comment is published: %(title)s") % {"title": title}
    else:
        subject = _("Your comment is not published: %(title)s") % {"title": title}
    appeal = appeals.appeal_about(letter.comment)
    words = appeals.answer_for_author(appeal) if appeal else ""
    said = (appeal and appeals.for_author(appeal)) or for_author(letter.comment)
    status = public(status_page_path(letter.comment.pk))
    facts = {"said": said, "answer": words, "status": status, "published": published}
    return subject, {**facts, **_about(letter.comment)}


def _replies(letter: Letter) -> tuple[str, Mapping[str, Any]]:
    count = len(letter.replies)
    if count == 1:
        name = letter.replies[0].author_name
        subject = _("%(name)s answered your comment") % {"name": name}
    else:
        words = ngettext(
            "%(count)d answer to your comment", "%(count)d answers to your comment", count
        )
        subject = words % {"count": count}
    answers = [
        {"name": each.author_name, "text": _quoted(each), "link": comment_url(each)}
        for each in letter.replies
    ]
    return subject, {"answers": answers, **_about(letter.comment)}


def _about(comment: Comment) -> dict[str, Any]:
    return {"title": _title(comment), "text": _quoted(comment), "link": comment_url(comment)}


def _title(comment: Comment) -> str:
    return Truncator(_one_line(comment.article.title)).chars(MAX_TITLE)


def _quoted(comment: Comment) -> str:
    lines = Truncator(comment.text).chars(MAX_QUOTED).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


_CONTENT = {
    MailKind.CONFIRM: _confirmation,
    MailKind.DECISION: _decision,
    MailKind.REPLY: _replies,
}
