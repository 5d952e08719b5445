"""Calls for violence in English."""

from moderation.policy.grammar import Pattern
from moderation.policy.word_groups import EN_PEOPLE, HARMLESS_ENEMY_GAMES, HARMLESS_OR_ENEMY

PATTERNS = (
    Pattern(
        f"EN_CALL ~2 !EN_CAPITAL_NOT EN_ATTACK_SURE ~2 {EN_PEOPLE}",
        unless=f"{HARMLESS_OR_ENEMY}|EN_NOT_HARM",
    ),
    Pattern(
        "EN_CALL ~3 !EN_CAPITAL_NOT EN_ATTACK ~1 EN_THEIR ~1 "
        "EN_PERSON_NOUN|EN_PLACE|EN_PARADE|WORKERS",
        unless=f"{HARMLESS_ENEMY_GAMES}|EN_NOT_HARM",
    ),
    Pattern(
        "EN_CALL ~5 !EN_CAPITAL_NOT EN_ARSON ~1 EN_THEIR ~2 EN_PLACE|EN_PARADE",
        unless="BURNT_THINGS",
    ),
    Pattern("EN_CALL ~8 EN_SET ~3 EN_ON_FIRE", requires="EN_PLACE|EN_PERSON_NOUN|WORKERS"),
    Pattern("START EN_ARSON ~3 EN_PLACE ~4 EN_INSIDE|EN_PEOPLE_IN", unless="REPORTED"),
    Pattern("START EN_ARSON|EN_ATTACK_SURE ~1 EN_THEIR ~1 EN_PLACE|EN_PARADE", unless="EN_PHOTO"),
    Pattern("EN_ARSON ~3 EN_PLACE ~2 EN_WITH ~2 EN_PEOPLE_IN ~1 EN_INSIDE"),
    Pattern("EN_ARSON ~2 EN_PARADE|EN_PLACE", requires="EN_TOGETHER_IN"),
    Pattern(
        "START !NOT EN_ATTACK_SURE ~1 EN_PERSON_NOUN ~4 EN_FROM|EN_LIKE ~2 EN_GALLOWS|EN_DOGS",
        unless=HARMLESS_OR_ENEMY,
    ),
    Pattern(
        "EN_ATTACK|string ~2 EN_PERSON_NOUN|GROUPS ~5 EN_FROM ~3 EN_GALLOWS",
        unless="REPORTED|PAST_EN",
    ),
    Pattern("!NOT EN_ATTACK ~1 EN_PERSON_NOUN ~1 EN_LIKE ~2 EN_DOGS", unless="REPORTED"),
    Pattern(
        "EN_PERSONS|GROUPS|OFFICIALS|SCUM|WORKERS ~4 !NOT EN_MIGHT_BE ~1 !NOT EN_BE ~5 EN_PUNISHED",
        unless=f"{HARMLESS_OR_ENEMY}|EN_NOT_HARM|SHOT_THINGS",
    ),
    Pattern(
        "!NOT EN_MIGHT_BE ~1 !NOT EN_BE ~5 EN_PUNISHED_SURE",
        unless=f"{HARMLESS_OR_ENEMY}|HUNG_THINGS",
    ),
    Pattern("need|needs|deserve|deserves ~2 EN_PUNISHING", unless=HARMLESS_OR_ENEMY),
    Pattern("deserve|deserves|need|needs|take|want ~2 EN_ROPE|EN_BEATING"),
    Pattern("EN_ROPE ~2 EN_FOR ~1 EN_PERSON_NOUN|GROUPS|OFFICIALS|WORKERS|ALL", unless="ROPE_SHOP"),
    Pattern("bring ~4 EN_STONES|EN_WITHBOOT ~4 to ~2 EN_PLACE|EN_PARADE|EN_PLACE"),
    Pattern("bring ~2 TORCH ~1 AND ~1 RISE|TORCH"),
    Pattern(
        "EN_ROUGH ~3 EN_PERSON_NOUN|WORKERS|OFFICIALS ~6 EN_WITH ~1 EN_WITHBOOT",
        unless="REPORTED|PAST_EN",
    ),
    Pattern("EN_ROUGH ~3 EN_PERSON_NOUN|WORKERS ~8 EN_WITH ~1 EN_WITHBOOT", unless="REPORTED"),
    Pattern(
        "EN_THROWING ~1 EN_STONES ~1 at ~2 EN_PERSON_NOUN|WORKERS|OFFICIALS|EN_PLACE",
        unless="REPORTED|CONDEMN",
    ),
    Pattern("crack ~3 skull|skulls"),
    Pattern(
        "EN_THROW|EN_DRAG|push ~2 EN_PERSON_NOUN|OFFICIALS|WORKERS ~3 EN_OFF ~2 EN_ROOF",
        unless="REPORTED|PAST_EN|NOT",
    ),
    Pattern(
        "EN_DRAG ~2 EN_PERSON_NOUN|OFFICIALS|WORKERS ~4 EN_OUT|EN_STREET|into",
        unless="REPORTED|PAST_EN|court",
    ),
    Pattern(
        "put|stand|line|up ~4 EN_AGAINST THE wall",
        requires="EN_PERSON_NOUN|GROUPS|OFFICIALS|shoot",
        unless="FURNITURE",
    ),
    Pattern(
        "SOMEBODY ~2 EN_MIGHT_BE|please ~2 EN_MURDER|break|smash|bash|crack ~2 "
        "his|him|her|EN_THEM|THE|this",
        unless=f"{HARMLESS_OR_ENEMY}|EN_NOT_HARM|BROKEN_THINGS",
    ),
    Pattern("SOMEBODY ~2 put ~2 BULLET"),
    Pattern("put ~1 THE BULLET ~1 EN_IN ~3 EN_HEAD"),
    Pattern(
        "EN_MURDER|EN_BREAK ~1 his|their ~1 EN_BODY",
        requires="EN_CALL_SURE",
        unless=HARMLESS_OR_ENEMY,
    ),
    Pattern("EN_DEATH EN_TO ~2 EN_PERSON_NOUN|WORKERS|SCUM", unless="ENEMY|REPORTED"),
    Pattern("none ~3 leave ~1 alive"),
    Pattern("only good ~2 dead one"),
    Pattern("only good ~2 IS ~1 dead"),
    Pattern("EN_DO ~2 THE EN_LOT of them|these|those|you", unless=HARMLESS_ENEMY_GAMES),
    Pattern("time|need ~3 EN_GUNS ~3 EN_POWER", unless="REPORTED|SHOW"),
    Pattern("START bring|get|grab ~1 EN_GUNS ~9 EN_POWER|WHERE", unless="REPORTED"),
    Pattern("EN_DO ~3 on sight", unless="REPORTED"),
    Pattern(
        f"START EN_DO ~1 EN_HIMHER ~2 {EN_PEOPLE} ~2 EN_UNTIL_CANT",
        unless=HARMLESS_ENEMY_GAMES,
    ),
    Pattern(
        "START EN_DO EN_HIMHER ~3 EN_PERSON_NOUN|SCUM|GROUPS|OFFICIALS",
        unless=f"{HARMLESS_ENEMY_GAMES}|EN_NOT_HARM",
    ),
    Pattern("START string up THE ~1 EN_PERSON_NOUN|SCUM|WORKERS|OFFICIALS|bankers"),
    Pattern("EN_HELP ~4 EN_ARSON ~1 down ~2 EN_PLACE|clinic"),
    Pattern(
        "wants|who ~3 help ~2 EN_DO|EN_ARSON ~3 EN_PLACE|EN_PERSON_NOUN|HIM|clinic",
        unless=HARMLESS_ENEMY_GAMES,
    ),
    Pattern("SOMEBODY ~2 run over ~2 EN_PERSON_NOUN|WORKERS|him|her|them"),
    Pattern("START !NOT EN_BREAK HIS ~1 EN_BODY", unless=HARMLESS_OR_ENEMY),
    Pattern("START !NOT EN_BREAK|EN_DO ~1 HIS ~1 EN_BODY", unless=HARMLESS_OR_ENEMY),
    Pattern("if ~6 EN_PERSON_NOUN ~4 stab|shoot|stone|hit|beat|kick EN_THEM"),
    Pattern(
        f"START EN_START_KILLING ~2 EN_KILLING ~2 {EN_PEOPLE}",
        unless="REPORTED",
    ),
    Pattern(f"need|should|must ~2 start ~1 EN_KILLING ~2 {EN_PEOPLE}"),
    Pattern("EN_BEATING ~2 EN_WITH ~2 EN_WITHBOOT"),
    Pattern("should ~2 be lined up ~2 EN_PUNISHED"),
    Pattern("throw|pour ~1 EN_ACID ~2 in|over|on ~1 HIS|EN_THEM ~1 EN_FACE|END", unless="REPORTED"),
)
