"""The REST API for readers' "useful" votes."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments import votes
from comments.identity import is_id
from comments.models import DEFAULT_KEY, Article, Comment
from comments.reception.keys import validated_key
from comments.reception.missing import NoCommentError, require_site
from comments.reception.public_answer import by_content
from comments.reception.receive_vote import Voter, receive_vote
from comments.reception.vote_schema import MAX_COMMENTS, VOTE, VOTES
from comments.reception.vote_serializers import VoteSerializer
from config.client_ip import client_address


class CommentVote(APIView):
    @extend_schema(request=VoteSerializer, **VOTE)
    def put(self, request: Request, key: str, number: int, site: str = DEFAULT_KEY) -> Response:
        comments = Comment.objects.select_related("article", "parent").defer("article__text")
        of_article = comments.filter(article__key=validated_key(key), article__site=site)
        comment = of_article.filter(pk=number).first()
        if comment is None:
            raise NoCommentError
        serializer = VoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sent = serializer.validated_data
        voter = Voter(address=client_address(request), secret=sent["author_secret"])
        count = receive_vote(comment=comment, voter=voter, useful=sent["useful"])
        return Response({"comment_id": comment.pk, "useful": sent["useful"], "votes": count})


class ArticleVotes(APIView):
    @extend_schema(**VOTES)
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        asked = _ids(request.query_params.getlist("ids"))
        article = Article.objects.with_list_version(validated_key(key), site)
        if article is None:
            require_site(site)
        seen = (
            article.comments.visible().filter(pk__in=asked) if article else Comment.objects.none()
        )
        counts = votes.counts(list(seen.values_list("pk", flat=True)))
        return by_content(request, {"votes": {str(each): counts.get(each, 0) for each in asked}})


def _ids(sent: list[str]) -> list[int]:
    """Return the ids that were sent; raises ValidationError."""
    asked = list(dict.fromkeys(one for each in sent for one in each.split(",") if one))
    if not 0 < len(asked) <= MAX_COMMENTS or not all(map(is_id, asked)):
        sentence = _("Send 1 to %(most)d ids, with commas between them.") % {"most": MAX_COMMENTS}
        raise exceptions.ValidationError({"ids": [exceptions.ErrorDetail(sentence, "invalid")]})
    return list(dict.fromkeys(map(int, asked)))
