"""Threats that no set phrase catches: "you" with two words of violence; fates wished on people."""

from moderation.policy.grammar import Pattern, in_any_order
from moderation.policy.word_groups import EN_NO_VIOLENCE, NO_VIOLENCE, PEOPLE_OR_ALL

PATTERNS = (
    *in_any_order("INFORMAL_YOU", "V_MEET", "V_WEAPON|V_GRAVE", gap=5, unless=NO_VIOLENCE),
    *in_any_order("INFORMAL_YOU", "V_NEED", "V_GRAVE", gap=5, unless=f"{NO_VIOLENCE}|SELF_DAT"),
    *in_any_order("V_NEED|CHOOSE", "V_GRAVE", "ON_HIS_WAY|V_MEET", gap=4, unless=NO_VIOLENCE),
    *in_any_order("INFORMAL_YOU", "V_WEAPON", "GUTS|FOREHEAD|FACE", gap=4, unless=NO_VIOLENCE),
    *in_any_order("V_CARRY", "V_FEET V_LEGS", gap=3),
    Pattern("V_FEET V_LEGS ~3 V_CARRY|YOU_LEAVE"),
    *in_any_order("V_KNOCK", "V_BRAINS|GUTS", gap=2, unless=f"{NO_VIOLENCE}|SELF_DAT"),
    *in_any_order("V_KNOCK", "V_ASPHALT", gap=2, unless=NO_VIOLENCE),
    *in_any_order("V_KNOCK", "INFORMAL_YOU", gap=2, unless=NO_VIOLENCE),
    *in_any_order("CRIPPLE", "I_MAKE", gap=2),
    *in_any_order("ALIVE", "NOT LET_GO", gap=5, unless="PEST|THING"),
    *in_any_order("I_SHOOT", "V_MEET|YOU_OBJECT|WITHOUT", gap=6, unless=f"{NO_VIOLENCE}|FILM"),
    *in_any_order("SHALL|INFORMAL_YOU", "EAT_GROUND", "V_ASPHALT|IN_GROUND", gap=3),
    *in_any_order("YOUR", "BURN_DOWN", "BUILDING|YOURS", gap=3, unless="LAMP|ASKED"),
    *in_any_order("BURN_DOWN", "WITH_ WITH_YOU", gap=3),
    *in_any_order("BEHIND ON_SELF", "NOT NOT_ANSWER", gap=2, requires="ONE_MORE|IF|MORE"),
    # English: I, you, a verb of violence and a part of the body or a weapon.
    Pattern("E_SUBJECT ~4 !NOT E_HARM ~3 E_YOU ~3 E_BODY", unless=EN_NO_VIOLENCE),
    Pattern(
        "E_SUBJECT ~4 !NOT E_HARM_SURE ~1 you ~1 END|with|like|from|if|in|when|and",
        unless=EN_NO_VIOLENCE,
    ),
    Pattern("E_SUBJECT ~4 hang you ~2 from|by|on", unless=EN_NO_VIOLENCE),
    Pattern("E_SUBJECT ~6 !NOT E_HARM ~3 YOUR ~2 EN_YOURS", unless=EN_NO_VIOLENCE),
    Pattern(
        "E_SUBJECT ~5 E_MEET ~6 E_YOU ~8 E_WEAPON|E_GRAVE",
        unless=f"{EN_NO_VIOLENCE}|CRICKET",
    ),
    Pattern(
        "E_MEET ~1 you ~6 E_YOU ~3 E_GRAVE|E_BODY|TEETH|SCREAM|bleed|scream|beg",
        unless=EN_NO_VIOLENCE,
    ),
    Pattern("E_SUBJECT ~6 E_MEET ~3 YOUR ~9 E_WEAPON", unless=f"{EN_NO_VIOLENCE}|CRICKET"),
    Pattern("E_SUBJECT ~8 on ~2 way ~6 E_WEAPON", unless=EN_NO_VIOLENCE),
    Pattern(
        "E_SUBJECT ~3 loading|loaded|cleaning|sharpening ~3 E_WEAPON|axe|knife",
        unless=f"{EN_NO_VIOLENCE}|HUNTING",
    ),
    Pattern("YOU ~5 feet first"),
    Pattern(
        "youll|you ~3 leave|going|go ~3 in|to ~2 E_GRAVE|ground|box|bag",
        unless="ASKED|IF|visit|see",
    ),
    Pattern(
        "YOUR ~1 EN_YOURS ~3 EXPLODE ~1 tonight|tomorrow|END|one|down|next",
        unless="ASKED|IF|BURNT_THINGS",
    ),
    Pattern("E_SUBJECT ~2 come|coming for you ~2 and ~2 YOUR", unless="ASKED"),
    Pattern("next|last|this bullet ~2 is|has ~1 yours|YOUR"),
    Pattern("E_YOU ~3 be SCREAM ~4 when|END", unless="ASKED|would"),
    Pattern("left of you to"),
    Pattern("going|gonna|will|ill|well run ~3 down ~3 with ~1 THE|my"),
    Pattern("feed you ~2 YOUR"),
    Pattern("put you through the"),
    # Fates: under the roller, to the pigs, shot on the spot.
    *in_any_order(
        PEOPLE_OR_ALL,
        "FATE_PREP FATE",
        "FATE_VERB|WOULD|CALL_MUST|DRAG_OUT",
        gap=3,
        unless=NO_VIOLENCE,
    ),
    Pattern(
        "FATE_PREP FATE ~1 ALL_OF_THEM|SUCH ~1 GROUPS|OFFICIALS|SCUM|WORKERS|RICH|END",
        unless=NO_VIOLENCE,
    ),
    *in_any_order("FATE_VERB", "FATE_PREP FATE", PEOPLE_OR_ALL, gap=2, unless=NO_VIOLENCE),
    *in_any_order("EXECUTION", "ON|WITHOUT ON_THE_SPOT", gap=2, unless="REPORTED|HISTORY"),
    *in_any_order("TEAR_OFF", "LIVE_SKIN", gap=4, unless=NO_VIOLENCE),
    *in_any_order(
        "TEAR_OFF",
        "OFFICIALS|WORKERS|SCUM",
        "ON ON_THE_SPOT",
        gap=3,
        unless=NO_VIOLENCE,
    ),
    *in_any_order("ARRANGE", "BLOODY", gap=3),
    *in_any_order("HERD", "SHED", "LIGHT_IT", gap=6, unless="COW|PEST"),
    *in_any_order("BEAT_ALL", "HALF_DEAD", gap=2, unless="REPORTED"),
    *in_any_order(
        "BEAT_ALL",
        "KICK",
        "WORKERS|OFFICIALS|SCUM|GROUPS|TO_SUCH",
        gap=3,
        unless=NO_VIOLENCE,
    ),
    *in_any_order("WOULD", "TO_BREAK", "HIM|TO_SUCH", "GUTS", gap=2, unless=NO_VIOLENCE),
    *in_any_order(
        "CRUSH_THEM",
        "SUCH|HIM|OFFICIALS|WORKERS|SCUM",
        "CAR_WITH",
        gap=3,
        unless=NO_VIOLENCE,
    ),
    Pattern("WHO FIRST_WHO ~3 STONE_ACC ~4 WINDOWS|BUILDING|HIM"),
    *in_any_order("BLAMED_PERSON", "CALL_MUST|WOULD", "V_GRAVE", gap=3),
    *in_any_order(
        "DRAG_OUT",
        "HIM|OFFICIALS|WORKERS|SCUM",
        "ON STAKES|FROM HOUSE_OUT|BY LEGS|BEHIND LEGS",
        gap=3,
        unless=NO_VIOLENCE,
    ),
    *in_any_order("TAKE|BRING", "RISE", "ON STREET_OUT|MARCH|GATHER", gap=3),
    Pattern(
        "feed|throw|give ~3 EN_PERSON_NOUN|WORKERS|OFFICIALS|board|council|GROUPS ~2 to ~1 E_DOGS"
    ),
    Pattern("let ~2 E_DOGS E_HAVE|loose ~1 EN_PERSON_NOUN|on"),
    Pattern(
        "firing squad|squads ~3 EN_PERSON_NOUN|WORKERS|OFFICIALS|GROUPS|SCUM|EN_LOT",
        unless="HISTORY",
    ),
    Pattern(
        "E_FATE ~3 for ~2 EN_PERSON_NOUN|GROUPS|OFFICIALS|WORKERS|SCUM|EN_LOT|bankers",
        unless="HISTORY",
    ),
    Pattern("guillotine ~4 good", unless="HISTORY"),
    Pattern("START skin|flay ~3 alive"),
    Pattern("START ~3 E_MOW EN_THEM E_OVER", unless=EN_NO_VIOLENCE),
    Pattern("E_FLATTEN ~2 E_VILLAGE ~3 EN_INSIDE|EN_WITH", unless="REPORTED"),
    Pattern("put ~1 match|torch to ~3 EN_PLACE|E_VILLAGE"),
    Pattern("lock EN_THEM ~5 match|fire|torch|petrol|burn"),
    Pattern("should|lets|must ~2 break|smash|crack|bash HIS ~1 E_BODY", unless=EN_NO_VIOLENCE),
    Pattern("smash|break ~3 windows ~4 HIS ~1 E_BODY"),
    Pattern("hunt EN_THEM ~2 EN_LIKE|down ~2 E_DOGS|EN_DOGS|like"),
    Pattern(
        "need|needs|deserve|deserves ~2 hiding|beating|kicking ~1 EN_WITH|END", unless="EN_NOT_HARM"
    ),
    Pattern("bullet ~2 cheaper"),
)
