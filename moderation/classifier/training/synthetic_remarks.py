"""Phrases of our own for remarks: contempt without swear words, civil dispute, neutral mentions.

Every line is a pattern; a name in braces stands for one of the phrases listed under that name.
"""

UK = {
    "you": "ти|ви|автор|ви всі|оце ти|ви тут|пане авторе, ви|редакторе, ти",
    "fool": "нікчема|бовдур|йолоп|телепень|недоумок|невіглас|баран|осел|клоун|блазень|дурень"
    "|посміховисько|пустодзвін|брехун|лакей|холуй|зрадник|мерзотник|негідник|покидьок|паскуда"
    "|падлюка|ганчірка|нездара|тупак|бидло|шавка|підлабузник|злодюга|шкура продажна|гнида|потвора",
    "fools": "нікчеми|бовдури|йолопи|недоумки|барани|вівці|клоуни|брехуни|лакеї|зрадники|негідники"
    "|покидьки|нездари|тупаки|паразити|шавки|пристосуванці|злодюги|виродки|ідіоти|дебіли|холуї",
    "dull": "тупий|безмозкий|жалюгідний|убогий|нікчемний|продажний|дурнуватий|огидний|бездарний"
    "|недолугий|безхребетний|підлий|мерзенний|скажений|хворий на голову",
    "attack": "{you} — {fool}|{you} просто {dull} {fool}|який же ти {dull}|самі {fools} зібралися"
    "|у тебе замість мозку порожнеча|мізків немає, то й не пиши|закрий рота, {fool}|стули пельку"
    "|іди лікуйся, {fool}|тебе мама в дитинстві впустила головою"
    "|тобі б до психіатра, а не коментарі писати|гнати таких треба в шию"
    "|таких, як ти, треба саджати|щоб ти здох, {fool}|щоб вас усіх чорти взяли"
    "|від такої маячні вуха в'януть, ти хоч школу закінчив, {fool}?"
    "|тільки {fool} міг таке написати|скільки тобі заплатили, {fool}?|іди геть звідси, {fool}"
    "|не ганьбися, {fool}|мовчи вже, {fool}|ти порожнє місце"
    "|бачив я {fool} всяких, але такого {dull} ще ні|руки б тобі повідривати"
    "|таких людей земля носити не повинна|у тебе розуму, як у курки|тьху на тебе, {fool}"
    "|купка {fools}, а не влада|ці {fools} тільки красти вміють|твоє місце на смітнику"
    "|ну ти й {fool}|сам ти {fool}|ото {fools}|{fool}, одне слово|ти диви, {fool} голос подав",
    "open": "слухай|та|ну|ой|ха-ха|боже|читаю й дивуюся|як завжди|ну що сказати|знову|а ти|отже",
    "toxic": "{attack}|{attack}!|{attack}!!!|{open}, {attack}|{open}, {attack}. {attack}"
    "|{attack}. {dispute}|{dispute}. {attack}|{attack}, {open}|{fact}. {attack}|{open}... {attack}",
    "topic": "цей закон|новий бюджет|ремонт дороги|тарифи на опалення|шкільна реформа|мобілізація"
    "|рішення суду|виступ міністра|перемир'я|допомога біженцям|ця стаття|звіт поліції|вибори мера"
    "|ціни на пальне|евакуація|обстріл міста|корупція в області|новий тренер збірної",
    "dispute": "не погоджуюся з автором, {topic} заслуговує на кращий аналіз"
    "|на мою думку, {topic} нічого не змінить|а де джерело цих цифр?"
    "|дякую за статтю, але {topic} описано однобоко|сумнівне рішення, як на мене"
    "|мені здається, {topic} — це помилка уряду|чому ніхто не питає мешканців про {topic}?"
    "|хто відповість за {topic}?|цікаво, скільки це коштуватиме|я голосував би інакше"
    "|автор помиляється щодо дат|дуже прикро, що так вийшло|співчуття родинам загиблих"
    "|сподіваюся, {topic} ще переглянуть|це неправда, перевірте документи"
    "|погана робота міністерства, але висновки робити рано"
    "|вибачте, проте ви плутаєте дві різні речі|мене теж дратує {topic}, але криком не допоможеш"
    "|нарешті добра новина|{topic} обговорюють уже третій рік|а в нашому селі інакше"
    "|будьмо людьми одне до одного|розумію вашу втому, тримайтеся"
    "|цей аргумент слабкий, бо {topic} лише частина справи|дурна ситуація, але вихід є"
    "|я б за таке оцінку два поставив, ідея ж добра|страшно таке читати",
    "people": "євреї|роми|мусульмани|християни|православні|жінки|геї|лесбійки|трансгендерні люди"
    "|переселенці|поляки|росіяни|українці|кримські татари|темношкірі люди|люди з інвалідністю"
    "|пенсіонери|біженці|білоруси|угорці|католики|атеїсти|чоловіки|студенти|вегани|китайці"
    "|американці|кияни|галичани",
    "fact": "{people} живуть у нашому місті понад сто років|{people} провели зустріч у бібліотеці"
    "|у фільмі йдеться про те, як {people} шукають роботу|{people} мають такі самі права, як і всі"
    "|серед моїх сусідів є {people}, добрі люди"
    "|за переписом, {people} становлять два відсотки населення"
    "|{people} та їхні звичаї — тема виставки|ворог обстріляв місто, загинули двоє людей"
    "|окупанти захопили село, мешканців евакуювали|військові знищили дрон над областю"
    "|поліція затримала підозрюваного у вбивстві|у лікарні помер поранений солдат"
    "|його вбили в тридцять сьомому|хворий на туберкульоз потребує лікування"
    "|кіт дурний, але гарний|свиня опоросилася, дев'ять поросят|собаку збила машина"
    "|підлога скрипить, треба страхувати будинок|команда грала погано, тренера звільнили"
    "|у казці дурень одружився з царівною|роман «Ідіот» Достоєвського мені не сподобався",
    "plain": "{fact}|{fact}|{people}|{people} і {people}|серед нас є {people}, і це нормально"
    "|що думають {people} про нову школу?"
    "|закон однаково захищає, хто б ви не були: {people} чи {people}|у ролі сусідів — {people}"
    "|багато хто з нас: {people}|вітаємо, {people} нашого міста",
    "hate": "{people} — не люди|ненавиджу, коли {people} ходять нашою вулицею"
    "|усі {people} — {fools}|{people} мають забиратися звідси геть|скрізь ці {people}, тьху"
    "|{people} — це зараза|де {people}, там бруд|бити треба таких, як {people}"
    "|від цих {people} самі біди, {fools}",
    "clean": "{dispute}|{dispute}.|{dispute}. {dispute}|{open}, {dispute}|{fact}|{fact}."
    "|{fact}. {dispute}|{dispute}. {fact}",
}

RU = {
    "you": "ты|вы|автор|вы все|вот ты|вы тут|господин автор, вы|редактор, ты",
    "fool": "ничтожество|болван|олух|недоумок|невежда|баран|осёл|клоун|шут|дурак|посмешище"
    "|пустозвон|лжец|лакей|холуй|предатель|мерзавец|негодяй|подонок|тряпка|бездарь|тупица|быдло"
    "|шавка|подхалим|ворюга|шкура продажная|гнида|урод|скотина|кретин|дебил|свинья",
    "fools": "ничтожества|болваны|недоумки|бараны|овцы|клоуны|лжецы|лакеи|предатели|негодяи"
    "|подонки|бездари|тупицы|паразиты|шавки|приспособленцы|ворюги|выродки|идиоты|дебилы|холуи"
    "|уроды",
    "dull": "тупой|безмозглый|жалкий|убогий|ничтожный|продажный|глупый|мерзкий|бездарный"
    "|бесхребетный|подлый|больной на голову|отвратительный",
    "attack": "{you} — {fool}|{you} просто {dull} {fool}|какой же ты {dull}|одни {fools} собрались"
    "|у тебя вместо мозга пустота|мозгов нет, так и не пиши|закрой рот, {fool}|заткнись уже"
    "|иди лечись, {fool}|тебя в детстве головой уронили"
    "|тебе бы к психиатру, а не комментарии писать|гнать таких надо в шею"
    "|таких, как ты, сажать надо|чтоб ты сдох, {fool}|чтоб вас всех черти взяли"
    "|от такого бреда уши вянут, ты хоть школу закончил, {fool}?|только {fool} мог такое написать"
    "|сколько тебе заплатили, {fool}?|пошёл вон отсюда, {fool}|не позорься, {fool}"
    "|молчи уже, {fool}|ты пустое место|руки бы тебе оторвать|таких людей земля носить не должна"
    "|ума как у курицы|тьфу на тебя, {fool}|кучка {fools}, а не власть"
    "|эти {fools} только воровать умеют|твоё место на помойке|ну ты и {fool}|сам ты {fool}"
    "|вот {fools}|{fool}, одним словом|гляди-ка, {fool} голос подал",
    "open": "слушай|да|ну|ой|ха-ха|боже|читаю и удивляюсь|как всегда|ну что сказать|опять|а ты"
    "|итак",
    "toxic": UK["toxic"],
    "topic": "этот закон|новый бюджет|ремонт дороги|тарифы на отопление|школьная реформа"
    "|мобилизация|решение суда|выступление министра|перемирие|помощь беженцам|эта статья"
    "|отчёт полиции|выборы мэра|цены на бензин|эвакуация|обстрел города|коррупция в области"
    "|новый тренер сборной",
    "dispute": "не согласен с автором, {topic} заслуживает лучшего анализа"
    "|по-моему, {topic} ничего не изменит|а где источник этих цифр?"
    "|спасибо за статью, но {topic} описано однобоко|сомнительное решение"
    "|мне кажется, {topic} — это ошибка правительства|почему никто не спросил жителей про {topic}?"
    "|кто ответит за {topic}?|интересно, сколько это будет стоить|я голосовал бы иначе"
    "|автор ошибается с датами|очень жаль, что так вышло|соболезнования семьям погибших"
    "|надеюсь, {topic} ещё пересмотрят|это неправда, проверьте документы"
    "|плохая работа министерства, но выводы делать рано|простите, но вы путаете две разные вещи"
    "|меня тоже раздражает {topic}, но криком не поможешь|наконец-то хорошая новость"
    "|{topic} обсуждают уже третий год|а у нас в деревне иначе|понимаю вашу усталость, держитесь"
    "|этот довод слаб, ведь {topic} лишь часть дела|глупая ситуация, но выход есть"
    "|страшно такое читать|давайте уважать друг друга",
    "people": "евреи|цыгане|мусульмане|христиане|православные|женщины|геи|лесбиянки"
    "|трансгендерные люди|переселенцы|поляки|русские|украинцы|татары|темнокожие люди|инвалиды"
    "|пенсионеры|беженцы|белорусы|кавказцы|католики|атеисты|мужчины|студенты|веганы|китайцы"
    "|американцы|узбеки|таджики",
    "fact": "{people} живут в нашем городе больше ста лет|{people} провели встречу в библиотеке"
    "|в фильме речь о том, как {people} ищут работу|{people} имеют такие же права, как и все"
    "|среди моих соседей есть {people}, хорошие люди"
    "|по переписи {people} составляют два процента населения|{people} и их обычаи — тема выставки"
    "|город обстреляли, погибли два человека|захватили село, жителей эвакуировали"
    "|военные сбили дрон над областью|полиция задержала подозреваемого в убийстве"
    "|в больнице умер раненый солдат|его убили в тридцать седьмом"
    "|больной туберкулёзом нуждается в лечении|кот глупый, но красивый"
    "|свинья опоросилась, девять поросят|собаку сбила машина|команда играла плохо, тренера уволили"
    "|роман «Идиот» мне не понравился",
    "plain": "{fact}|{fact}|{people}|{people} и {people}|среди нас есть {people}, и это нормально"
    "|что думают {people} о новой школе?|закон одинаково защищает всех: {people}, {people}"
    "|в роли соседей — {people}|многие из нас: {people}|поздравляем, {people} нашего города",
    "hate": "{people} — не люди|ненавижу, когда {people} ходят по нашей улице"
    "|все {people} — {fools}|{people} должны убираться отсюда вон|везде эти {people}, тьфу"
    "|{people} — это зараза|где {people}, там грязь|бить надо таких, как {people}"
    "|от этих {people} одни беды, {fools}",
    "clean": UK["clean"],
}

# Terms that the labelled sets mostly use as insults are listed more than once.
EN = {
    "you": "you are|you're|the author is|this guy is|you people are|he is|she is|this mayor is",
    "fool": "a moron|an idiot|a clown|a pathetic loser|a worthless liar|a coward|an ignorant fool"
    "|a parasite|a disgrace|a brainless sheep|a fraud|a spineless puppet|garbage|a joke of a human"
    "|scum|a simpleton",
    "fools": "morons|idiots|clowns|losers|liars|cowards|fools|parasites|sheep|frauds|puppets|scum"
    "|cretins",
    "attack": "{you} {fool}|{you} nothing but {fool}|shut your mouth"
    "|nobody asked you, go crawl back under your rock|only {fools} believe this"
    "|what a bunch of {fools}|did you even finish school?|get help, you sick {person}"
    "|go away, {fool}|i hope you rot|people like you should be locked up|your brain must be empty"
    "|these {fools} only know how to steal|hopeless {fools}, all of them"
    "|how much were you paid, {person}?|the stupidity of whoever writes this is amazing"
    "|keep crying, {person}|you make me sick, {person}|liberals are {fools}"
    "|conservatives are {fools}|typical {fools}|what an ignorant thing to say, {person}",
    "person": "loser|clown|freak|creep|troll|liar|coward|fool|imbecile|dimwit",
    "open": "seriously|well|oh please|lol|wow|again|as always|come on|honestly",
    "toxic": UK["toxic"],
    "topic": "this law|the new budget|the road repair|the school reform|the court ruling"
    "|the minister's speech|the ceasefire|aid for refugees|this article|the police report"
    "|the election|the price of fuel|the new coach",
    "dispute": "i disagree with the author, {topic} deserves a better analysis"
    "|in my view {topic} will change nothing|where do these numbers come from?"
    "|thanks for the article, but {topic} looks one-sided here|a doubtful decision"
    "|i think {topic} is a mistake by the government|why does nobody ask residents about {topic}?"
    "|who is responsible for {topic}?|i wonder what this will cost|i would have voted otherwise"
    "|the author has the dates wrong|what a sad story|condolences to the families"
    "|i hope {topic} will be reviewed|that is not true, check the documents"
    "|a poor job by the ministry, but it is early to judge|sorry, you are mixing up two things"
    "|{topic} annoys me too, yet shouting helps nobody|good news at last"
    "|a dumb situation, but there is a way out"
    "|the argument is weak because {topic} is only a part of it|terrible weather killed the crop"
    "|that killer pass won the game|this is scary to read|you make a fair point",
    "people": "jews|muslims|muslims|gays|homosexuals|gay people|black people|christians|women|men"
    "|gay people|lesbians|transgender people|black people|white people|refugees|immigrants"
    "|disabled people|old people|young people|americans|mexicans|chinese people|africans|catholics"
    "|atheists|feminists|straight people|blind people|deaf people|indians|asians|europeans"
    "|queer people",
    "single": "gay|gay|gay|gay|homosexual|homosexual|homosexual|muslim|muslim|black|queer|straight"
    "|jewish|muslim|christian|black|white|transgender|lesbian|deaf|blind|old|young|catholic"
    "|american|african|mexican|chinese|buddhist|bisexual|queer|hispanic|latino|indian|european"
    "|asian|homosexual",
    "name": "maria|alex|nina|tom|sam|lena|omar|ruth|igor|anna|my neighbour|my brother|our teacher"
    "|the doctor",
    "kind": "kind|wonderful|friendly|brave|happy|clever|great|nice|helpful|lovely|honest|generous",
    "rude": "stupid|disgusting|worthless|pathetic|filthy|dumb|horrible|vile|nasty|awful|terrible"
    "|ignorant",
    "fact": "{people} have lived in our town for a century|{people} met at the library"
    "|{name} is {single}|the film shows how {people} look for work"
    "|{people} have the same rights as everyone"
    "|some of my neighbours are {people} and they are {kind}"
    "|a {single} colleague of mine, very {kind}, helped us move"
    "|as a {single} reader i liked the report|{name} told us about life in a {single} family"
    "|the exhibition is about {people} and their customs|police arrested a murder suspect"
    "|two soldiers died in the shelling|the patient died in hospital|the dog was hit by a car"
    "|i talked to {name} about {people}|he was killed in the war",
    "trade": "nurse|driver|poet|farmer|engineer|lawyer|singer|baker|student|coach|pilot|painter"
    "|judge",
    "place": "school|church|office|library|market|museum|city council|village|hospital|park"
    "|theatre",
    "plain": "the {single} {trade} next door repaired our fence"
    "|our {place} hired a {single} {trade}|{name} grew up in a {single} neighbourhood"
    "|a {single} couple opened a bakery near the {place}"
    "|there is a new book about {single} history at the {place}|my best friend is {single}"
    "|{name}, who is {single}, won the award|we have {single} and {single} pupils in one class"
    "|the survey asked {people} and {people} about rent|{people} vote next week like everyone else"
    "|{name} came out as {single} last year and the family was happy"
    "|the {single} community held a fair|what do {people} think about the new {place}?"
    "|many {people} came to the {place} on sunday|he married a {single} {trade}"
    "|she is {single}, he is {single}, and they get along|the {place} offers tours for {people}"
    "|two {single} women run the {place}|two {single} men run the cafe"
    "|i learnt to cook from a {single} {trade}|{name} says being {single} never mattered at work"
    "|the law protects {people} and {people} alike"
    "|congratulations to the first {single} {trade} in town"
    "|the {single} vote may decide the election|laws on {single} marriage differ between countries"
    "|{single}|{people}|{name} is a {single} {trade}|a {kind} {single} {trade}|{kind} {people}"
    "|{single} and proud|thank you, {kind} {people} of our {place}"
    "|my {single} grandmother is {kind}",
    "hate": "{people} are not human|{people} are {fools}|i hate {people}"
    "|{people} should get out of here|{people} are a disease|{people} ruin everything"
    "|that {rude} {single} {person} moved next door|{people} are {rude}|{name} is {rude}"
    "|you are a {rude} {person}|kill all {people}|{name} is a {rude} {person}",
    "clean": UK["clean"],
}
