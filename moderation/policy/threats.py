"""Recognise threats, calls for violence and dehumanising remarks by the form of the sentence.

The model was trained on too few of them (see its card). A match is held for a person, never
rejected: a comment may quote a threat to report it, and a pattern cannot tell.
"""

from functools import cache

from moderation.classifier.certainty import unquoted
from moderation.policy.grammar import Grammar, Pattern
from moderation.policy.reading import Span, merged
from moderation.policy.threat_words import WORDS

_HUMAN = "GROUPS|OFFICIALS|SCUM"
_NO_WAR = "THING|ENEMY"

PATTERNS = (
    # I will kill you, break your legs.
    Pattern("!NOT I_KILL ~2 YOU_OBJECT", unless="THING"),
    Pattern("YOU_OBJECT ~3 !NOT I_KILL", unless="THING"),
    Pattern("!NOT I_KILL ~1 YOUR ~1 KIN"),
    Pattern("YOUR ~1 KIN ~2 !NOT I_KILL"),
    Pattern("!NOT I_BREAK ~1 TO_YOU|YOUR ~2 BODY"),
    Pattern("TO_YOU|YOUR ~2 BODY ~1 !NOT I_BREAK"),
    Pattern("TO_YOU|YOUR ~2 !NOT I_BREAK ~1 BODY"),
    Pattern("!NOT I_BREAK ~1 BODY ~1 TO_YOU"),
    Pattern("I ~1 WILL ~2 EN_KILL YOU"),
    Pattern("I ~1 WILL ~2 EN_HURT YOUR ~1 KIN"),
    Pattern("ILL ~1 EN_KILL YOU"),
    Pattern("ILL ~1 EN_HURT YOUR ~1 KIN"),
    Pattern("!NOT I EN_KILL YOU"),
    Pattern("I ~2 WILL|WANT ~3 EN_HANG ~2 GROUPS|SCUM"),
    Pattern("I ~1 WANT ~2 EN_KILL YOU"),
    Pattern("!NOT WANT ~1 YOU_OBJECT ~1 TO_KILL|EXECUTE", unless="THING"),
    Pattern(
        "!NOT WANT ~1 TO_KILL|EXECUTE ~1 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless="THING"
    ),
    Pattern("YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD_KILL WOULD", unless=_NO_WAR),
    Pattern("WOULD ~2 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("WOULD_KILL ~1 WOULD ~2 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
    Pattern("WOULD ~2 WOULD_KILL ~1 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
    # I know where you live, I will find you.
    Pattern("I|ILL ~2 EN_FIND ~1 WHERE YOU EN_LIVE"),
    Pattern("!NOT KNOW ~1 WHERE ~1 LIVE"),
    Pattern("!NOT KNOW ~1 WHERE ~2 GOES ~1 YOUR"),
    Pattern("!NOT KNOW ~1 WHERE ~1 YOUR ~1 KIN"),
    Pattern("!NOT KNOW ~1 YOUR ADDRESS"),
    Pattern("I ~1 !NOT EN_KNOW WHERE YOU|YOUR ~1 EN_LIVE|KIN"),
    Pattern("I_FIND ~1 YOU_OBJECT ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("YOU_OBJECT ~1 I_FIND ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("I|ILL ~2 EN_FIND YOU ~5 REGRET|EN_KILL|EN_HURT"),
    Pattern("TO YOU_SINGULAR ~2 I_COME ~6 WAIT"),
    Pattern("I_COME ~1 TO YOU_SINGULAR ~6 WAIT"),
    Pattern("PREPARE ~1 COFFIN"),
    Pattern("AGAIN ~6 NOT SURVIVE"),
    Pattern("YOU NOT SURVIVE", unless="PENSION"),
    Pattern("WALK ~1 LOOK_BACK"),
    Pattern("YOU_OBJECT|TO_YOU ~2 MUST ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~1 YOU_OBJECT ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~2 EXECUTE|TO_KILL ~1 YOU_OBJECT"),
    Pattern("WATCH YOUR BACK"),
    Pattern("YOU ~2 DEAD MEAT"),
    Pattern("SLEEP ~1 THE|AND ONE_EYE"),
    Pattern("YOUR DAYS ~1 NUMBERED"),
    # Kill yourself.
    Pattern("!NOT DIE"),
    Pattern("!NOT KILL_SELF SELF"),
    # They must be killed. "Them" counts only if the text mentions people.
    Pattern("!NOT MUST ~2 !NOT EXECUTE ~2 THEM|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
    Pattern("THEM|SUCH|GROUPS|OFFICIALS|SCUM ~3 !NOT MUST ~2 !NOT EXECUTE", unless=_NO_WAR),
    Pattern("!NOT MUST ~1 THEM|SUCH|GROUPS|OFFICIALS|SCUM ~2 !NOT EXECUTE", unless=_NO_WAR),
    Pattern("START EXECUTE ~2 THEM|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
    Pattern("!NOT MUST ~2 !NOT TO_KILL ~1 SUCH|GROUPS|OFFICIALS|SCUM", unless="THING"),
    Pattern("SUCH|GROUPS|OFFICIALS|SCUM ~3 !NOT MUST ~2 !NOT TO_KILL", unless="THING"),
    Pattern("!NOT MUST ~1 SUCH|GROUPS|OFFICIALS|SCUM ~2 !NOT TO_KILL", unless="THING"),
    Pattern("!NOT MUST ~2 !NOT TO_KILL ~1 THEM", requires=_HUMAN, unless=_NO_WAR),
    Pattern("THEM ~2 !NOT MUST ~2 !NOT TO_KILL", requires=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT MUST ~1 THEM ~1 !NOT TO_KILL", requires=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT MUST ~3 !NOT TO_KILL|EXECUTE", requires="MERCILESS", unless="THING"),
    Pattern("!NOT KILL_NOW ~1 SUCH|GROUPS|OFFICIALS|SCUM", unless="THING"),
    Pattern("!NOT KILL_NOW ~1 THEM", requires=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT BEAT_NOW GROUPS|SCUM"),
    Pattern("!NOT BEAT_UP ~1 THEM ~2 SOMEBODY"),
    Pattern("SOMEBODY ~2 BEAT_UP ~1 THEM"),
    Pattern("WOULD ~2 SOMEBODY ~2 KILL_WISH"),
    Pattern("SOMEBODY WOULD ~3 KILL_WISH"),
    Pattern("TO WALL ~2 THEM|SUCH|GROUPS|OFFICIALS|SCUM"),
    Pattern("THEM|SUCH|GROUPS|OFFICIALS|SCUM ~2 TO WALL"),
    Pattern("SUCH|GROUPS|OFFICIALS|SCUM ~2 ON GALLOWS"),
    Pattern("ON GALLOWS ~1 THEM|SUCH|GROUPS|OFFICIALS|SCUM"),
    Pattern("GROUPS|SCUM|SUCH ~2 IN OVEN"),
    Pattern("DEATH TO_GROUPS"),
    Pattern("EN_DEATH EN_TO ~1 GROUPS|OFFICIALS"),
    Pattern("TAKE ~1 ARMS ~5 MARCH|TO_KILL", requires=_HUMAN),
    Pattern("MARCH ~1 TO_KILL ~1 GROUPS|OFFICIALS|SCUM"),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG THE ~1 GROUPS|OFFICIALS|SCUM"),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG EN_THEM ALL", unless=_NO_WAR),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG EN_THEM", requires=_HUMAN, unless=_NO_WAR),
    Pattern("START EN_HANG THE ~1 GROUPS|OFFICIALS|SCUM", unless="ENEMY"),
    Pattern("START EN_HANG GROUPS|OFFICIALS|SCUM"),
    Pattern("START EN_HANG EN_THEM ALL", unless=_NO_WAR),
    Pattern("THEY|GROUPS|OFFICIALS|SCUM ~1 SHOULD ~2 BE KILLED", unless=_NO_WAR),
    # They are not people.
    Pattern("GROUPS ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("OFFICIALS ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("GROUPS IS VERMIN"),
    Pattern("GROUPS VERMIN"),
    Pattern("CAME ~3 GROUPS"),
    Pattern("GROUPS ~3 CAME"),
    Pattern("GO_AWAY ~1 GROUPS"),
    Pattern("GROUPS ~2 GO_AWAY"),
    Pattern("VERMIN ~2 MUST ~2 TO_KILL|EXECUTE", requires=_HUMAN),
    Pattern("MUST ~2 TO_KILL|EXECUTE ~2 VERMIN", requires=_HUMAN),
)


def threats(text: str) -> list[Span]:
    """Return the spans of threats and calls, (start, end), in order and without overlaps.

    A quotation does not count if the rest of the text attributes it to somebody else.
    """
    own = unquoted(text)
    if own != text and _grammar().mentions(own, "REPORTED"):
        text = own
    return merged(_grammar().find(text))


@cache
def _grammar() -> Grammar:
    return Grammar(WORDS, PATTERNS)
