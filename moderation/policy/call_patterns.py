"""Calls for violence, and the short ones in English. "Them" counts only if people are mentioned."""

from moderation.policy.grammar import Pattern, in_any_order

_HUMAN = "GROUPS|OFFICIALS|SCUM|WORKERS|ABUSE|EN_PERSON_NOUN"
_WHOM = "THEM|SUCH|GROUPS|OFFICIALS|SCUM"
_PEOPLE = "SUCH|GROUPS|OFFICIALS|SCUM|WORKERS|ABUSE"
_NO_WAR = "THING|ENEMY"
_DAILY = "THING|ENEMY|NO_PERSON|PEST"
_PEACE = "THING|ENEMY|NO_PERSON|PEST|GAME"

_OLD = (
    Pattern("YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD_KILL WOULD", unless=_NO_WAR),
    Pattern("WOULD ~2 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM ~2 WOULD_KILL", unless=_NO_WAR),
    Pattern("WOULD_KILL ~1 WOULD ~2 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
    Pattern("WOULD ~2 WOULD_KILL ~1 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless=_NO_WAR),
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
    Pattern("VERMIN ~2 MUST ~2 TO_KILL|EXECUTE", requires=_HUMAN),
    Pattern("MUST ~2 TO_KILL|EXECUTE ~2 VERMIN", requires=_HUMAN),
)
_NEW = (
    # They must be beaten, shot, thrown out of the window.
    *in_any_order("!NOT CALL_MUST", "!NOT EXECUTE|TO_BEAT", f"{_PEOPLE}|HIM", gap=3, unless=_PEACE),
    *in_any_order("!NOT CALL_MUST", "!NOT TO_KILL", _PEOPLE, gap=3, unless=_DAILY),
    *in_any_order("!NOT CALL_MUST", "!NOT TO_KILL", "HIM", gap=2, unless=_DAILY, requires=_HUMAN),
    *in_any_order(
        "CALL_MUST|NEED_HIM", "!NOT TO_BREAK", "HIM|TO_SUCH", "GUTS", gap=2, unless=_DAILY
    ),
    *in_any_order("BY_FORCE", "KICK", gap=2, unless="CONDEMN|REPORTED|GAME"),
    *in_any_order("PELT", "STONES", gap=2, unless="REPORTED|CONDEMN"),
    *in_any_order("!NOT THROW_OUT", "FROM HEIGHT", f"{_PEOPLE}|HIM", gap=3, unless=_DAILY),
    Pattern("BEHIND LEGS ~4 FROM ~2 HEIGHT|FLOOR"),
    Pattern("BEHIND LEGS ~4 ON ~1 STAKES"),
    Pattern("!NOT EXECUTE WITHOUT COURT"),
    *in_any_order("MERCILESS_DEAD", "DO_IT|CALL_MUST|TO_KILL|SO_THAT", gap=6, requires="HIM"),
    # Beat, cripple, hang him, and imperatives of many.
    Pattern(f"!NOT KILL_NOW|BEAT_HIM ~2 {_PEOPLE}", unless=_PEACE),
    Pattern(f"THEM|{_PEOPLE}|HIM ~1 !NOT KILL_NOW|BEAT_HIM", requires=_HUMAN, unless=_PEACE),
    Pattern("!NOT KILL_NOW|BEAT_HIM ~1 HIM", requires=_HUMAN, unless=_PEACE),
    Pattern("!NOT BREAK_NOW ~1 HIM|TO_SUCH ~1 GUTS", unless=_DAILY),
    Pattern("!NOT BURN_NOW ~1 HIM|THEIR ~2 BUILDING", unless=_DAILY),
    Pattern("!NOT BURN_NOW ~2 BUILDING ~4 WITH_THEM"),
    # Let us go and burn their hall; who is with me?
    *in_any_order("LETS", "WE_ATTACK", gap=9, unless=_PEACE, requires=f"{_HUMAN}|HIM|BUILDING"),
    *in_any_order("GATHER", "WE_BEAT", gap=9, unless=_PEACE, requires=f"{_HUMAN}|HIM|BUILDING"),
    *in_any_order(
        "TO_BURN|BURN_NOW", "BUILDING|HIM", "WITH_THEM|WITH_ME|ALIVE", gap=5, unless="REPORTED"
    ),
    *in_any_order(
        "!NOT CALL_MUST",
        "TO_BURN",
        "BUILDING|HIM",
        gap=3,
        requires=f"THEIR|{_HUMAN}",
        unless=_DAILY,
    ),
    *in_any_order("TORCH", "INTO|ON ~1 BUILDING", gap=4, unless="REPORTED|PAST|ASKED|NOT"),
    *in_any_order("BRING", "RISE", gap=3, requires=f"{_HUMAN}|HIM", unless="TOOL_USE"),
    *in_any_order("BRING", "TORCH", "BUILDING|MARCH|HIM", gap=6, unless="NOT|REPORTED|FUEL"),
    *in_any_order(
        "TO_BEAT|TO_KILL|TO_BURN|WE_ATTACK|EXECUTE", "WHO WITH_ WITH_ME", gap=12, unless=_DAILY
    ),
    Pattern("TO_BEAT|PELT|WE_ATTACK|BY_FORCE", requires="WHO_IS_WITH_ME"),
    *in_any_order(
        "CATCH_INF",
        "TO_BREAK|TO_BEAT|TO_KILL",
        gap=5,
        unless=_DAILY,
        requires="CALL_MUST|LETS|NEED_HIM|WORKERS",
    ),
    *in_any_order("WHO KNOWS_WHERE", "KILL_NOW|BEAT_HIM|BREAK_NOW|TO_BEAT", gap=8),
    *in_any_order("TO_BEAT", "STREETS", gap=6, unless="REPORTED|FEAR"),
    *in_any_order("SO_THAT", "NOBODY|NOT", "ALIVE_ONE", "COME_OUT", gap=3),
    # The rope weeps for them; to the wall; a bullet for each.
    *in_any_order("NOOSE", "WEEPS", "ON|BY|FOR ON_THEM|HIM|TO_YOU", gap=2),
    *in_any_order("DESERVE", "DESERVED", gap=2, unless="NOT"),
    Pattern("EVERYONE_WHO ~9 TO WALLS", unless="FURNITURE|REPORTED"),
    Pattern("TO WALLS ~4 ALL_OF_THEM|SUCH|HIM", unless="FURNITURE|REPORTED"),
    *in_any_order(
        "EVERYONE_WHO|OFFICIALS|WORKERS|SCUM|SUCH",
        "ON|UNDER STAKES",
        gap=2,
        unless=f"{_DAILY}|LIGHT",
    ),
    *in_any_order("IN IN_WASTE", f"HIM|{_PEOPLE}", gap=2),
    *in_any_order("SHOT", "HIM|TO_SUCH|WORKERS", "BY FOREHEAD", gap=2, unless="RECEIVED|REPORTED"),
    Pattern("DEATH ~1 TO_GROUPS|TO_SUCH|WORKERS|SCUM", unless="ENEMY|NEWS_OF"),
    *in_any_order("AS DOGS_LIKE", "!NOT EXECUTE|TO_KILL|KILL_NOW", gap=3, unless="CONDEMN|ENEMY"),
    *in_any_order("WOULD", "EXECUTE|TO_BEAT|WOULD_BEAT", f"HIM|{_PEOPLE}", gap=3, unless=_PEACE),
    *in_any_order("WOULD", "TO_KILL|WOULD_KILL|WOULD_BURN", _PEOPLE, gap=2, unless=_DAILY),
    *in_any_order("TAKE_UP_", "TORCH", "IN|ON BUILDING", gap=5),
    *in_any_order("WOULD", "TORCH", "IN|ON ~1 BUILDING", gap=5),
    *in_any_order(
        "SOMEBODY", "MUST_SOMEBODY|WOULD", "THEY_KILL|TO_KILL|EXECUTE|TO_BEAT", gap=2, unless=_DAILY
    ),
)
_MORE = (
    *in_any_order("BLOOD_LET", "BLOOD_ACC", "CALL_MUST|TO_SUCH|HIM", gap=2, unless="DOCTOR"),
    *in_any_order(
        "CALL_MUST",
        "TAKE_INF",
        "AUTOMATICS",
        gap=3,
        requires="GO_ON_POWER|WE_ATTACK|MARCH",
        unless="ENEMY",
    ),
    Pattern("TAKE_OUT ~2 IN INTO_WOODS ~3 DIG_IN|EXECUTE|TO_KILL"),
    *in_any_order(
        "TAKE_OUT IN INTO_WOODS", "HIM|SUCH|OFFICIALS|WORKERS|SCUM", gap=2, unless="THING|NO_PERSON"
    ),
    *in_any_order("BEHIND LEGS", "HANG_BY", "TO_BEAT|HIM|EXECUTE", gap=5),
    Pattern("HANG_BY BEHIND LEGS"),
    *in_any_order("DRIVE_OUT", "CLUBS", gap=3, unless="ENEMY|COW"),
    *in_any_order("EACH", "BY BY_BULLET", gap=2, unless="ENEMY"),
    Pattern("TO_GROUPS|WORKERS ~1 BY BY_BULLET", unless="ENEMY"),
    *in_any_order(
        "!NOT BEAT_IMP|KILL_NOW|BEAT_HIM", "HIM|THEM", "WHERE_SEEN SEE_THEM", gap=3, unless=_PEACE
    ),
    *in_any_order(
        "WINDOWS", "TO_BREAK|BEAT_PLAIN", "TO_SUCH|WORKERS|WITH_ME", gap=3, unless="REPORTED"
    ),
    *in_any_order(
        "WOULD",
        "THEY_BURN|THEY_KILL|BURN_NOW",
        "SET_HOUSE|HIM",
        gap=4,
        unless=_DAILY,
        requires="SOMEBODY|TO_SUCH",
    ),
    *in_any_order(
        "AS DOGS_LIKE", "!NOT EXECUTE|TO_KILL|KILL_NOW|POISONING", gap=3, unless="CONDEMN|ENEMY"
    ),
    *in_any_order("GATHER", "TORCH", gap=9, unless=_PEACE),
    Pattern("START !NOT EXECUTE ~1 WOULD ~3 THEM|ALL_OF_THEM|HIM", unless=_DAILY),
    Pattern("START !NOT EXECUTE|TO_BEAT ~1 HIM|THEM|THEIR", unless=_DAILY),
    Pattern("START !NOT TO_KILL ~1 HIM|THEM|THEIR", unless=_DAILY, requires=_HUMAN),
    Pattern("START !NOT TO_KILL ~1 WOULD ~2 HIM|THEM|ALL_OF_THEM", unless=_DAILY),
    *in_any_order("CATCH_INF", "TO_BREAK", "GUTS", gap=4, unless=_DAILY),
)
PATTERNS = (*_OLD, *_NEW, *_MORE)
