"""Open threats in Ukrainian and Russian, whose word order is free."""

from moderation.policy.grammar import Pattern, in_any_order

_DAILY = "THING|NO_PERSON|PEST"

_OLD = (
    # I will kill you, break your legs.
    Pattern("!NOT I_KILL ~2 YOU_OBJECT", unless="THING"),
    Pattern("YOU_OBJECT ~3 !NOT I_KILL", unless="THING"),
    Pattern("!NOT I_KILL ~1 YOUR ~1 KIN"),
    Pattern("YOUR ~1 KIN ~2 !NOT I_KILL"),
    Pattern("!NOT I_BREAK ~1 TO_YOU|YOUR ~2 BODY"),
    Pattern("TO_YOU|YOUR ~2 BODY ~1 !NOT I_BREAK"),
    Pattern("TO_YOU|YOUR ~2 !NOT I_BREAK ~1 BODY"),
    Pattern("!NOT I_BREAK ~1 BODY ~1 TO_YOU"),
    Pattern("!NOT WANT ~1 YOU_OBJECT ~1 TO_KILL|EXECUTE", unless="THING"),
    Pattern(
        "!NOT WANT ~1 TO_KILL|EXECUTE ~1 YOU_OBJECT|SUCH|GROUPS|OFFICIALS|SCUM", unless="THING"
    ),
    # I know where you live, I will find you.
    Pattern("!NOT KNOW ~1 WHERE ~1 LIVE"),
    Pattern("!NOT KNOW ~1 WHERE ~2 GOES ~1 YOUR"),
    Pattern("!NOT KNOW ~1 WHERE ~1 YOUR ~1 KIN"),
    Pattern("!NOT KNOW ~1 YOUR ADDRESS"),
    Pattern("I_FIND ~1 YOU_OBJECT ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("YOU_OBJECT ~1 I_FIND ~6 REGRET|I_KILL|I_BREAK"),
    Pattern("TO YOU_SINGULAR ~2 I_COME ~6 WAIT"),
    Pattern("I_COME ~1 TO YOU_SINGULAR ~6 WAIT"),
    Pattern("PREPARE ~1 COFFIN"),
    Pattern("AGAIN ~6 NOT SURVIVE"),
    Pattern("YOU NOT SURVIVE", unless="PENSION"),
    Pattern("WALK ~1 LOOK_BACK"),
    Pattern("YOU_OBJECT|TO_YOU ~2 MUST ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~1 YOU_OBJECT ~2 EXECUTE|TO_KILL"),
    Pattern("MUST ~2 EXECUTE|TO_KILL ~1 YOU_OBJECT"),
)
_NEW = (
    # We shall beat you up; they will kill you.
    *in_any_order("YOU_OBJECT", "!NOT I_BEAT|I_CATCH", gap=3, unless="GAME"),
    *in_any_order("YOU_OBJECT", "!NOT THEY_KILL|THEY_BEAT", gap=2, unless="THING|GAME|WEATHER"),
    *in_any_order("TO_YOU|YOUR", "!NOT THEY_BREAK", "GUTS", gap=2, unless=_DAILY),
    *in_any_order("TO_YOU|YOUR", "!NOT I_BREAK", "GUTS", gap=2, unless=_DAILY),
    *in_any_order("!NOT I_BREAK", "HEADS", gap=2, unless=f"SELF_DAT|{_DAILY}|WOULD"),
    *in_any_order("!NOT OUT", "GUTS", gap=2, unless=f"SELF_DAT|{_DAILY}"),
    *in_any_order("!NOT I_KILL", "OWN_HANDS HANDS", gap=4, unless=_DAILY),
    *in_any_order("!NOT I_KILL", "INSULT_ACC|SCUM|OFFICIALS", gap=1, unless=_DAILY),
    Pattern("!NOT I_KILL YOU_OBJECT|ALL_OF_THEM ABUSE", unless=_DAILY),
    Pattern("I ~2 I_KILL HIM ABUSE|SCUM"),
    *in_any_order("PERSONALLY", "!NOT I_KILL", gap=2, unless=_DAILY),
    *in_any_order("BURN_I", "PETROL", gap=4, unless=_DAILY),
    *in_any_order("BURN_I|I_BURN", "YOU_OBJECT|YOUR", gap=2, unless=_DAILY),
    *in_any_order("I_BURN|I_KILL", "BUILDING", "YOUR|TO_YOU|WITH_YOU|ABUSE", gap=4, unless=_DAILY),
    *in_any_order("GRENADE", "I_THROW", "TO_YOU|YOUR|YOU_OBJECT|BUILDING", gap=5),
    *in_any_order("PLURAL_BEAT", "PAINFUL", gap=3, unless="NOT|GAME"),
    *in_any_order("YOU_OBJECT", "SHALL PLURAL_BEAT", gap=2),
    # You will get a bullet; a knife between the ribs.
    *in_any_order("RECEIVE", "BULLET", gap=3, unless="NOT"),
    *in_any_order("RECEIVE", "BY FACE", gap=2, unless="NOT"),
    *in_any_order("SHOT|BULLET", "BY FOREHEAD", "YOU_OBJECT|TO_YOU|SUCH|HIM|CALL_MUST", gap=5),
    Pattern("кулю|пулю BY FOREHEAD ~2 SUCH|HIM|TO_YOU|END", unless="RECEIVED"),
    # You are a corpse; your days are counted; you will not get home.
    Pattern("SINGULAR_YOU|YOU ~2 CORPSE", unless="NOT|IF|ASKED"),
    *in_any_order("TO_YOU|YOU_OBJECT", "THE_END", gap=1, unless="NOT|ASKED"),
    *in_any_order("TO_YOU", "LEFT", "TO_LIVE", gap=2),
    *in_any_order("TO_YOU|YOU", "LITTLE", "LEFT", gap=1, unless="MONEY"),
    *in_any_order("YOUR|TO_YOU", "NUMBERED_DAYS", gap=2),
    Pattern("COUNT DAYS_LEFT"),
    Pattern("DAYS_LEFT ~1 COUNT"),
    *in_any_order("ALIVE", "NOT YOU_LEAVE|LEAVE", gap=4, unless="REPORTED"),
    *in_any_order("HOME", "NOT YOU_LEAVE|WAKE", gap=3, unless="ASKED"),
    Pattern("NOT WAKE", unless="ASKED|PENSION|WEATHER"),
    *in_any_order("SINGULAR_YOU|DOG_LIKE|IN_GROUND|WATERS", "DIE_SOON", gap=3, unless="ASKED|NOT"),
    *in_any_order("LIE_DOWN", "IN|ON|UNDER IN_GROUND", "SINGULAR_YOU|TO_YOU|LEFT", gap=3),
    *in_any_order("THEY_FIND", "BODIES", "IN|ON|UNDER WATERS", gap=3),
    *in_any_order("FEED", "FISHES", gap=2, unless="NOT|PEST_FOOD"),
    *in_any_order("COLLECT", "TEETH", gap=2, unless="MILK"),
    *in_any_order("WITHOUT BODY_LOST", "REMAIN", gap=2),
    *in_any_order("BLOOD", "WASH", gap=1),
    Pattern("YOU ~4 IN|ON WHEELCHAIR", unless="ASKED|REPORTED"),
    *in_any_order("AS DOG_LIKE", "I_KILL|THEY_KILL|I_BEAT", gap=4),
    *in_any_order("SEND", "ON THAT OTHER_WORLD", gap=3),
    *in_any_order("YOUR|SINGULAR_YOU", "NOT HEALTH", gap=5),
    # I wait for you at the door; write your will.
    *in_any_order("I_WAIT", "SINGULAR_YOU|YOU_OBJECT", "ENTRANCE", gap=4, unless="ASKED"),
    *in_any_order("EXPECT", "ENTRANCE", gap=2, unless="COURIER"),
    *in_any_order("EXPECT GUESTS", "NIGHT|TONE_PRAY|I_BEAT|I_KILL|PLURAL_BEAT|THREAT", gap=8),
    *in_any_order("GO_AND", "I_BREAK|I_KILL|I_BEAT|HEART_STOP|THREAT", gap=8, unless=_DAILY),
    *in_any_order("WRITE_IT", "WILL_DOCUMENT", gap=2, unless="NOTARY"),
    Pattern("TONE_PRAY ~2 LIFE|TEETH"),
    *in_any_order("CHOOSE|PREPARE", "GRAVE_ONLY", gap=3, unless="WE|REPORTED"),
    # Other ways to say it.
    *in_any_order("COUNT_BONES", "BONES", gap=2, unless="DOCTOR|SELF_DAT"),
    *in_any_order("I_ARRIVE", "ARMED", gap=4, unless="TOOL_USE|ASKED"),
    *in_any_order("I_ARRIVE|ARMED", "LAY_DOWN", gap=4, unless=_DAILY),
    *in_any_order("YOUR|BUILDING", "BLOWN IN AIR", gap=3),
    *in_any_order("YOU_OBJECT|TO_YOU", "IN_WAIT", "BULLET|GRAVE_ONLY", gap=2, unless="REPORTED"),
    *in_any_order("BULLET", "UNDER|IN FOREHEAD", "YOU_OBJECT|TO_YOU", gap=3),
    *in_any_order("!NOT I_KILL", "ANYONE WHO|THAT_WHO", gap=2, unless=_DAILY),
    *in_any_order("YOUR", "I_UNDERMINE|I_KILL|I_BURN", "WITH_YOU|WITH_THEM|ALIVE", gap=5),
    *in_any_order("YOUR", "BUILDING", "I_UNDERMINE|I_BURN|I_KILL", gap=3, unless=_DAILY),
    *in_any_order("YOUR|TO_YOU", "KIND_PET", "I_KILL|I_BREAK|I_BURN", gap=3, unless=_DAILY),
    *in_any_order("MEET_YOU", "I_KILL|I_BREAK|I_BEAT", gap=5, unless=_DAILY),
    *in_any_order("THREE_DAYS", "NOT SURVIVE", gap=3, unless="PENSION"),
    Pattern("CONSIDER ~3 CORPSE"),
    Pattern("YOU ~2 ALREADY ~1 CORPSE"),
    *in_any_order("BEG", "MEET_YOU", "NOT", gap=4, requires="YOU_OBJECT"),
    *in_any_order(
        "FINISH_WITH", "WITH_ WITH_YOU", gap=2, requires="SHALL|YOU_WILL_SEE|COMING_HOUR|TO_LIVE"
    ),
    *in_any_order("LIE_DOWN|YOU_LEAVE", "IN IN_GROUND", gap=3, unless="ASKED|REPORTED|WE"),
)
PATTERNS = (*_OLD, *_NEW)
