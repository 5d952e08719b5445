"""Open threats in English, where word order shows who does what to whom."""

from moderation.policy.grammar import Pattern
from moderation.policy.word_groups import EN_IDIOMS

PATTERNS = (
    # I will kill you, hurt your family, find you.
    Pattern("I ~1 WILL ~2 EN_KILL YOU"),
    Pattern("I ~1 WILL ~2 EN_HURT YOUR ~1 KIN"),
    Pattern("ILL ~1 EN_KILL YOU"),
    Pattern("ILL ~1 EN_HURT YOUR ~1 KIN"),
    Pattern("!NOT I EN_KILL YOU"),
    Pattern("I ~2 WILL|WANT ~3 EN_HANG ~2 GROUPS|SCUM"),
    Pattern("I ~1 WANT ~2 EN_KILL YOU"),
    Pattern("I|ILL ~2 EN_FIND ~1 WHERE YOU EN_LIVE"),
    Pattern("I ~1 !NOT EN_KNOW WHERE YOU|YOUR ~1 EN_LIVE|KIN"),
    Pattern("I|ILL ~2 EN_FIND YOU ~5 REGRET|EN_KILL|EN_HURT"),
    Pattern("WATCH YOUR BACK"),
    Pattern("YOU ~2 DEAD MEAT"),
    Pattern("SLEEP ~1 THE|AND ONE_EYE"),
    Pattern("YOUR DAYS ~1 NUMBERED"),
    # I will murder you, break both your legs, burn your car.
    Pattern("EN_WE ~1 EN_WILL ~2 !NOT EN_MURDER YOU", unless=EN_IDIOMS),
    Pattern("ILL|i|we ~1 !NOT EN_MURDER YOU", unless=f"{EN_IDIOMS}|TO_SAVE"),
    Pattern("EN_WE ~3 !NOT EN_BREAK|EN_MURDER ~3 EN_YOUR|YOU ~1 EN_BODY", unless=EN_IDIOMS),
    Pattern(
        "EN_WE ~3 !NOT EN_BREAK|EN_MURDER ~2 every|both|all ~2 EN_BODY ~2 YOUR", unless=EN_IDIOMS
    ),
    Pattern("EN_WE ~2 !NOT EN_WRECK|EN_MURDER ~2 YOUR ~2 EN_YOURS", unless=EN_IDIOMS),
    Pattern("ILL|EN_WILL ~2 EN_SURE ~2 OFFICIALS|SCUM|WORKERS|ABUSE", unless=EN_IDIOMS),
    Pattern("EN_WE ~2 EN_SURE ~2 EN_PERSON_NOUN ~4 EN_OWN_HANDS HANDS_EN"),
    Pattern("EN_SURE ~3 EN_OWN_HANDS HANDS_EN"),
    Pattern("EN_WE ~4 EN_PUT|EN_THROW ~1 THE ~1 EN_GRENADE|BULLET ~1 EN_THROUGH ~1 YOUR|YOU"),
    Pattern("EN_WE ~4 EN_SET ~4 EN_ON_FIRE", requires="YOUR|YOU"),
    Pattern("EN_SET YOU|YOUR ~3 EN_ON_FIRE"),
    Pattern("YOU|YOUR ~3 set EN_ON_FIRE"),
    Pattern("EN_WE ~3 EN_MURDER ~2 YOU|YOUR ~3 EN_LIKE ~1 EN_DOGS"),
    Pattern("EN_BEATS YOU ~4 EN_TO_DEATH"),
    Pattern("knock ~1 YOUR ~1 EN_STRAW|EN_BODY"),
    Pattern("EN_BREAK ~2 YOUR ~1 teeth|throat|skull|skulls"),
    # You will get a bullet; you are dead.
    Pattern("EN_YOULL|to ~2 EN_GET ~2 BULLET", unless="NOT"),
    Pattern("BULLET ~2 YOUR ~1 name|EN_HEAD"),
    Pattern("BULLET ~2 EN_FOR YOU|YOUR"),
    Pattern("BULLET ~3 EN_WAITING ~2 YOU"),
    Pattern("THE BULLET EN_IN ~1 YOUR|THE|his EN_HEAD", unless="REPORTED|PAST_EN"),
    Pattern("BULLET ~3 EN_WITH YOUR"),
    Pattern("youre ~1 EN_DEAD ~1 EN_MEAN|EN_WHEN|to|END", unless="right|ASKED|TIRED|sleep|asleep"),
    Pattern("YOU ~1 are ~2 dead ~1 EN_MEAN|EN_WHEN|END", unless="right|ASKED|sleep|this|now"),
    Pattern("ur ~1 EN_DEAD"),
    Pattern("EN_YOULL ~2 BE ~1 dead", unless="ASKED|NOT"),
    Pattern("EN_YOULL ~2 BE|end ~1 EN_IN ~1 EN_SORRY", unless="ASKED|NOT"),
    Pattern("EN_YOULL ~2 SORRY_STATE", unless="ASKED"),
    Pattern("EN_YOULL ~2 end up ~1 EN_IN|under ~2 EN_RIVER|EN_SORRY|wheelchair"),
    Pattern("EN_YOULL ~2 EN_FEED ~2 EN_FISHES"),
    Pattern("EN_SWALLOW ~2 teeth"),
    Pattern("EN_SWALLOW ~3 straw"),
    Pattern(
        "theyll|will|gonna ~2 EN_FINDS ~2 EN_BODY_OF ~4 EN_IN|at ~2 EN_RIVER", unless="REPORTED"
    ),
    Pattern("EN_FINDS YOU ~2 EN_IN ~2 EN_RIVER", unless="REPORTED"),
    Pattern("NO_ONE ~2 EN_FINDS ~1 YOUR ~1 body"),
    Pattern("YOU ~3 EN_WONT ~1 leave|get|walk|make|come ~4 alive", unless="ASKED"),
    Pattern("YOU ~2 wont|never ~1 live|see|survive|last|make ~4 EN_ALIVE", unless="ASKED|NO_SHOW"),
    Pattern("EN_YOULL ~1 EN_WONT ~1 COMING_ING ~1 home", unless="ASKED"),
    Pattern("YOU|YOUR ~4 wont|not|never ~1 walk|walking ~1 out|home|away|again", unless="ASKED"),
    Pattern("EN_YOULL ~1 never walk|see|wake ~3 again|day|up|sun"),
    Pattern("EN_YOULL ~2 NUMBER ~1 EN_HOURS ~2 to ~1 EN_LEAVE_TOWN|live|leave"),
    Pattern("YOU ~3 EN_HOURS to live"),
    Pattern("YOUR ~1 last ~1 EN_BREATH|sun|warning"),
    Pattern("EN_SAY ~2 YOUR ~3 EN_BYE"),
    Pattern("EN_SAY ~2 YOUR prayers"),
    Pattern("say goodbye ~1 to ~1 YOU|YOUR"),
    Pattern("EN_PREPARE ~2 YOUR ~2 EN_COFFIN"),
    Pattern("EN_PREPARE ~1 THE ~1 coffin ~4 YOU|YOUR|END", unless="WE|REPORTED"),
    # I am coming for you; I will wait with a bat.
    Pattern("I|im|were ~3 EN_COMING EN_FOR YOU|YOUR", unless="ASKED"),
    Pattern("EN_WE ~3 EN_WAITING ~6 EN_WITH ~2 EN_WEAPON"),
    Pattern("EN_WE ~3 EN_WAITING ~3 YOU|YOUR ~6 dark|EN_WEAPON|door"),
    Pattern(
        "EN_WE ~2 come ~2 YOUR ~3 AND ~1 EN_MURDER|EN_BREAK ~2 YOU|YOUR|IT|all", unless=EN_IDIOMS
    ),
    Pattern("EN_WE ~4 EN_MURDER|EN_WRECK ~1 YOU|YOUR ~4 with ~2 EN_WEAPON"),
    Pattern("YOUR ~2 EN_HEAD ~2 on ~1 EN_SPIKE"),
    Pattern("if ~6 YOU ~8 EN_SURE YOU"),
    Pattern("i ~1 swear ~8 EN_SURE|EN_MURDER ~2 YOU|YOUR|his|him|her|THE|this", unless=EN_IDIOMS),
    Pattern("cut|slit ~1 YOUR ~1 throat"),
    Pattern("YOUR ~1 throat ~1 cut|slit"),
    # Other ways to say it.
    Pattern(
        "ILL|EN_WILL ~2 put you ~1 in|under ~1 "
        "ground|grave|hospital|coffin|wheelchair|dirt|morgue|box"
    ),
    Pattern("ILL|EN_WILL ~1 end|finish|destroy you ~1 END|and|for"),
    Pattern("ILL|EN_WILL ~1 run you over", unless="RIDE"),
    Pattern("EN_EXPECT ~2 EN_GRENADE ~2 EN_THROUGH ~1 YOUR"),
    Pattern("YOUR ~2 EN_YOURS|YOU will ~2 EN_PAY ~6 EN_BLOOD", unless="PRICE"),
    Pattern("EN_UNTIL ~3 to leave ~6 or"),
    Pattern("or you ~1 die|bleed|burn|hang"),
    Pattern("EN_BOMB ~1 in|at|under ~1 your ~2 EN_BOMBED|END"),
    Pattern("EN_WE ~4 EN_GO_TO ~4 EN_WITH ~2 EN_ARMED", unless="GAME|CRICKET"),
    Pattern("EN_WE ~3 bringing ~1 THE ~1 EN_ARMED", unless="GAME|CRICKET"),
    Pattern("come near ~3 and i ~1 will|ILL ~1 EN_ENDS"),
    Pattern("ILL|EN_WILL ~2 rip|tear|blow|cut|knock|take ~1 YOUR ~1 EN_BODY ~2 off|out|open"),
    Pattern("you ~2 beg ~2 mercy|death|life|stop"),
)
