"""Recognise threats, calls for violence and dehumanising remarks by the form of the sentence.

The model knows too few of them (see its card). A match is held for a person, never rejected: a
comment may quote a threat in order to report it, and no pattern can be sure of that.
"""

from functools import cache

from moderation.classifier.certainty import unquoted
from moderation.policy.grammar import Grammar, Pattern
from moderation.policy.reading import Span, merged
from moderation.policy.threat_words import WORDS

_HUMAN = "PEOPLES|OFFICES|SCUM"
_NO_WAR = "THING|ENEMY"

PATTERNS = (
    # I will kill you, break your legs.
    Pattern("!NOT I_KILL ~2 THEE", unless="THING"),
    Pattern("THEE ~3 !NOT I_KILL", unless="THING"),
    Pattern("!NOT I_KILL ~1 THY ~1 KIN"),
    Pattern("THY ~1 KIN ~2 !NOT I_KILL"),
    Pattern("!NOT I_BREAK ~1 TO_THEE|THY ~2 BODY"),
    Pattern("TO_THEE|THY ~2 BODY ~1 !NOT I_BREAK"),
    Pattern("TO_THEE|THY ~2 !NOT I_BREAK ~1 BODY"),
    Pattern("!NOT I_BREAK ~1 BODY ~1 TO_THEE"),
    Pattern("I ~1 WILL ~2 EN_KILL U"),
    Pattern("I ~1 WILL ~2 EN_HURT THY ~1 KIN"),
    Pattern("ILL ~1 EN_KILL U"),
    Pattern("ILL ~1 EN_HURT THY ~1 KIN"),
    Pattern("!NOT I EN_KILL U"),
    Pattern("I ~2 WILL|WANT ~3 EN_HANG ~2 PEOPLES|SCUM"),
    Pattern("I ~1 WANT ~2 EN_KILL U"),
    Pattern("!NOT WANT ~1 THEE ~1 TO_KILL|EXECUTE", unless="THING"),
    Pattern("!NOT WANT ~1 TO_KILL|EXECUTE ~1 THEE|SUCH|PEOPLES|OFFICES|SCUM", unless="THING"),
    Pattern("THEE|SUCH|PEOPLES|OFFICES|SCUM ~2 WOULD ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("THEE|SUCH|PEOPLES|OFFICES|SCUM ~2 WOULD_KILL WOULD", unless=_NO_WAR),
    Pattern("WOULD ~2 THEE|SUCH|PEOPLES|OFFICES|SCUM ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("WOULD_KILL ~1 WOULD ~2 THEE|SUCH|PEOPLES|OFFICES|SCUM", unless=_NO_WAR),
    Pattern("WOULD ~2 WOULD_KILL ~1 THEE|SUCH|PEOPLES|OFFICES|SCUM", unless=_NO_WAR),
    # I know where you live, I will find you.
    Pattern("I|ILL ~2 EN_FIND ~1 WHERE U EN_LIVE"),
    Pattern("!NOT KNOW ~1 WHERE ~1 LIVE"),
    Pattern("!NOT KNOW ~1 WHERE ~2 GOES ~1 THY"),
    Pattern("!NOT KNOW ~1 WHERE ~1 THY ~1 KIN"),
    Pattern("!NOT KNOW ~1 THY ADDRESS"),
    Pattern("I ~1 !NOT EN_KNOW WHERE U|THY ~1 EN_LIVE|KIN"),
    Pattern("I_FIND ~1 THEE ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("THEE ~1 I_FIND ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("I|ILL ~2 EN_FIND U ~5 REGRET|EN_KILL|EN_HURT"),
    Pattern("TO ONLY_THEE ~2 I_COME ~6 WAIT"),
    Pattern("I_COME ~1 TO ONLY_THEE ~6 WAIT"),
    Pattern("PREPARE ~1 COFFIN"),
    Pattern("AGAIN ~6 NOT SURVIVE"),
    Pattern("U NOT SURVIVE", unless="PENSION"),
    Pattern("WALK ~1 LOOK_BACK"),
    Pattern("THEE|TO_THEE ~2 MUST ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~1 THEE ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~2 EXECUTE|TO_KILL ~1 THEE"),
    Pattern("WATCH THY BACK"),
    Pattern("U ~2 DEAD MEAT"),
    Pattern("SLEEP ~1 THE|AND ONE_EYE"),
    Pattern("THY DAYS ~1 NUMBERED"),
    # Kill yourself.
    Pattern("!NOT DIE"),
    Pattern("!NOT KILL_SELF SELF"),
    # They must be killed: of people at once, of "them" only where people are spoken of.
    Pattern("!NOT MUST ~2 !NOT EXECUTE ~2 THEM|SUCH|PEOPLES|OFFICES|SCUM", unless=_NO_WAR),
    Pattern("THEM|SUCH|PEOPLES|OFFICES|SCUM ~3 !NOT MUST ~2 !NOT EXECUTE", unless=_NO_WAR),
    Pattern("!NOT MUST ~1 THEM|SUCH|PEOPLES|OFFICES|SCUM ~2 !NOT EXECUTE", unless=_NO_WAR),
    Pattern("START EXECUTE ~2 THEM|SUCH|PEOPLES|OFFICES|SCUM", unless=_NO_WAR),
    Pattern("!NOT MUST ~2 !NOT TO_KILL ~1 SUCH|PEOPLES|OFFICES|SCUM", unless="THING"),
    Pattern("SUCH|PEOPLES|OFFICES|SCUM ~3 !NOT MUST ~2 !NOT TO_KILL", unless="THING"),
    Pattern("!NOT MUST ~1 SUCH|PEOPLES|OFFICES|SCUM ~2 !NOT TO_KILL", unless="THING"),
    Pattern("!NOT MUST ~2 !NOT TO_KILL ~1 THEM", beside=_HUMAN, unless=_NO_WAR),
    Pattern("THEM ~2 !NOT MUST ~2 !NOT TO_KILL", beside=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT MUST ~1 THEM ~1 !NOT TO_KILL", beside=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT MUST ~3 !NOT TO_KILL|EXECUTE", beside="MERCILESS", unless="THING"),
    Pattern("!NOT KILL_NOW ~1 SUCH|PEOPLES|OFFICES|SCUM", unless="THING"),
    Pattern("!NOT KILL_NOW ~1 THEM", beside=_HUMAN, unless=_NO_WAR),
    Pattern("!NOT BEAT_NOW PEOPLES|SCUM"),
    Pattern("!NOT BEAT_UP ~1 THEM ~2 SOMEBODY"),
    Pattern("SOMEBODY ~2 BEAT_UP ~1 THEM"),
    Pattern("WOULD ~2 SOMEBODY ~2 KILL_WISH"),
    Pattern("SOMEBODY WOULD ~3 KILL_WISH"),
    Pattern("TO WALL ~2 THEM|SUCH|PEOPLES|OFFICES|SCUM"),
    Pattern("THEM|SUCH|PEOPLES|OFFICES|SCUM ~2 TO WALL"),
    Pattern("SUCH|PEOPLES|OFFICES|SCUM ~2 ON GALLOWS"),
    Pattern("ON GALLOWS ~1 THEM|SUCH|PEOPLES|OFFICES|SCUM"),
    Pattern("PEOPLES|SCUM|SUCH ~2 IN OVEN"),
    Pattern("DEATH TO_PEOPLES"),
    Pattern("EN_DEATH EN_TO ~1 PEOPLES|OFFICES"),
    Pattern("TAKE ~1 ARMS ~5 MARCH|TO_KILL", beside=_HUMAN),
    Pattern("MARCH ~1 TO_KILL ~1 PEOPLES|OFFICES|SCUM"),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG THE ~1 PEOPLES|OFFICES|SCUM"),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG EN_THEM ALL", unless=_NO_WAR),
    Pattern("SHOULD|SOMEBODY ~2 EN_HANG EN_THEM", beside=_HUMAN, unless=_NO_WAR),
    Pattern("START EN_HANG THE ~1 PEOPLES|OFFICES|SCUM", unless="ENEMY"),
    Pattern("START EN_HANG PEOPLES|OFFICES|SCUM"),
    Pattern("START EN_HANG EN_THEM ALL", unless=_NO_WAR),
    Pattern("THEY|PEOPLES|OFFICES|SCUM ~1 SHOULD ~2 BE KILLED", unless=_NO_WAR),
    # They are no people.
    Pattern("PEOPLES ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("OFFICES ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("PEOPLES IS VERMIN"),
    Pattern("PEOPLES VERMIN"),
    Pattern("CAME ~3 PEOPLES"),
    Pattern("PEOPLES ~3 CAME"),
    Pattern("GO_AWAY ~1 PEOPLES"),
    Pattern("PEOPLES ~2 GO_AWAY"),
    Pattern("VERMIN ~2 MUST ~2 TO_KILL|EXECUTE", beside=_HUMAN),
    Pattern("MUST ~2 TO_KILL|EXECUTE ~2 VERMIN", beside=_HUMAN),
)


def threats(text: str) -> list[Span]:
    """The places of threats and calls, (start, end), in order and without overlaps.

    A quotation does not count where the rest of the text says that somebody else said it.
    """
    own = unquoted(text)
    if own != text and _grammar().mentions(own, "TOLD"):
        text = own
    return merged(_grammar().find(text))


@cache
def _grammar() -> Grammar:
    return Grammar(WORDS, PATTERNS)
