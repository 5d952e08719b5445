"""Receive a reader's "useful" vote: throttles, and not for one's own comment."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comments import votes
from comments.identity import voter_key, writer_key
from comments.models import Comment
from comments.reception import throttles


class NotVotableError(Exception):
    """Readers do not see the comment."""


class OwnVoteError(Exception):
    """The reader wrote the comment."""

    sentence = _("This is your own comment, so you cannot vote for it.")


@dataclass(frozen=True, kw_only=True)
class Voter:
    """Where a vote came from: the address and the reader's secret."""

    address: str
    secret: str


def receive_vote(*, comment: Comment, voter: Voter, useful: bool) -> int:
    """Store a vote or take it back, within the limits; returns the comment's number of votes.

    Raises ThrottledError, OwnVoteError or NotVotableError; nothing is stored then.
    """
    site = comment.article.site_id
    key = voter_key(voter.secret, site)
    throttles.admit_vote(site=site, address=voter.address, voter=key)
    if not comment.is_visible or comment.is_erased:
        raise NotVotableError
    if comment.writer_key == writer_key(comment.author_key, voter.secret):
        raise OwnVoteError
    if useful and comment.pk not in votes.voted([comment.pk], key):
        throttles.admit_vote_for(site=site, address=voter.address, comment=comment.pk)
    return votes.set_vote(comment=comment, voter_key=key, useful=useful)
