"""Invented sentences: open threats and calls for violence."""

OPEN = """
Ще раз з'явишся на нашій вулиці — ноги повідриваю
Я приїду до тебе додому і переламаю тобі обидві ноги
Тебе завтра знайдуть у річці, так і знай
Я твою хату спалю, писако
Заткнись, бо язика відріжу
Чекай на мене біля роботи, поламаю ребра
Тебе треба закопати за гаражами, і я це зроблю
Завтра будеш лежати в реанімації
До вечора ти не доживеш, журналісте
Я вам у вікно кину пляшку з бензином
Прострелю коліна, щоб більше не ходив на сесії
Ваш офіс злетить у повітря в п'ятницю
Зустріну на вулиці — задушу
Кишки тобі випущу, зрозумів?
Начувайся, я знаю, хто ти, і я прийду з ножем
Ти вже мертвий, просто ще не знаєш про це
Вб'ю твого пса, а потім і тебе
Приїду і всю вашу контору розстріляю
Получишь пулю, если ещё раз откроешь рот
Тебя найдут в лесополосе с дыркой в голове
Приеду к тебе домой и переломаю обе ноги
Я тебе горло перережу, тварь
Жди меня у работы, рёбра пересчитаю
Твою машину сожгу сегодня же ночью
Ты у меня кровью умоешься
Встречу на улице — зубы выбью
Закопаю тебя в лесу, и никто не найдёт
Готовься, завтра тебе конец
Я вашу администрацию подорву вместе с вами
Убью тебя и твоего пса
До суда ты не доживёшь, это я обещаю
Будешь ходить под себя, когда я с тобой закончу
Считай, что ты уже покойник
Приду с ружьём и положу вас всех
Завалю любого, кто подпишет это решение
Мы тебя порежем на куски
Башку тебе проломлю монтировкой
Тебя ждёт нож под ребро
I'll come to your house and break both your legs
You'll get a bullet for this one
They'll find you in the river by Sunday
I'm going to slit your throat, councillor
We'll burn your shop down, you rat
You will be dead before the hearing
I will put you in the ground
Next time I see you I'll smash your teeth in
I'm bringing a knife to your office tomorrow
I swear I will shoot that judge myself
Say your prayers, because I'm on my way
Come near my kids and I will end you
I'll run you over when you cross the street
Expect a brick through your window tonight
I know what you look like and I will beat you half to death
One of these nights I'm going to set fire to your car
I will bury you in the woods
Your whole family will pay for this in blood
You have until Friday to leave town or you die
I'm gonna kill this mayor with my bare hands
I'll rip your head off
We are coming to your office with bats
You're a dead man walking
I hope you have life insurance, because I am coming over with a shotgun
There's a bomb in your newsroom, you have one hour
Коли я тебе зловлю, тобі знадобиться стоматолог
Тебе винесуть звідси вперед ногами
Замовляй швидку, я вже виїхав
Мізки вишибу, і рука не здригнеться
Розмажу по асфальту, падлюко
Інвалідом зроблю, будеш на колясці їздити
Шкуру з тебе спущу і на барабан натягну
Побачу твою машину біля ринку — розіб'ю вщент
Ще одне слово про мою матір, і я за себе не ручаюся, приїду
Рознесу твою хату з гранатомета
Вирвемо тобі язик, щоб не базікав
Ти сьогодні додому не дійдеш
Живим я тебе звідти не випущу
Ноги тобі прострелю, суддя
Тебе вынесут вперёд ногами
Когда я тебя поймаю, тебе понадобится стоматолог
Мозги вышибу, рука не дрогнет
Размажу по асфальту, падла
Инвалидом сделаю, будешь под себя ходить
Вызывай скорую, я уже выехал
Твоя редакция сгорит вместе с тобой
Я найду тебя даже под землёй и вырву глаза
Порублю топором и собакам скормлю
Ещё раз увижу у своего дома — стреляю без предупреждения
Ты у меня асфальт жрать будешь
Живым я тебя оттуда не выпущу
Передай своим: приедем ночью и всех положим
Захлебнёшься своей кровью, журналист
I'll feed you your own tongue
My brothers and I are on our way to your office, bring bandages
Your house burns tonight, count on it
I will cut your fingers off one by one
Say one more word about my father and I put you through the wall
We'll hang you from your own balcony
Your car will explode one morning
I will wait outside your house all night if I have to, with a hammer
We will come for you and for your children
The next bullet is yours
You will be screaming when I find you
I'm loading the gun right now, be there at six
There won't be enough left of you to bury
""".strip().splitlines()

CALLS = """
Ходімо спалимо їхню контору
Повісити його на ліхтарі, і все
Цих чиновників треба топити в Дніпрі
Треба брати зброю і йти на мерію
Хлопці, давайте зловимо цього водія і відлупцюємо
Кожному депутату по кулі
Спаліть цей клуб разом з ними
Забити камінням таких матерів
Його треба каструвати і викинути з міста
Хто поїде зі мною бити вікна тому забудовнику?
Гнати їх палицями до самого кордону
Кулю йому в лоб, а не суд
Такого суддю на шибеницю
Нехай хтось підпалить йому машину
Вивезти в ліс і прикопати
Підвісити за ноги і бити, доки не віддасть гроші
Розстріляти б усю цю раду
Стріляти таких треба на місці
Потопить бы их всех в реке
Пойдём сожжём их контору
Повесить его на столбе
Каждому депутату по пуле
Пора брать автоматы и идти к мэрии
Надо его поймать и переломать ноги
Пусть кто-нибудь сожжёт ему дом
Вывезти в лес и закопать
Забить камнями таких матерей
Таких врачей надо душить собственными руками
Их надо жечь вместе с домами
Бейте их, где увидите
Расстрелять бы весь этот горсовет
Линчевать его прямо на площади
Давайте подкараулим его у дома и отметелим
Мочить их надо без разговоров
Утопить эту судью в её же бассейне
They should all be shot
Let's go and burn their hall
Hang him from the lamp post
Poison them like rats
Someone needs to put a bullet in this guy
Drown the lot of them
Time to get the guns out and visit parliament
These people ought to be burned out of their homes
Shoot the looters on sight
Bring rope, we know where the judge lives
I say we drag them out and hang them
Who wants to help me burn down that clinic?
String up the bankers
Put them all against the wall and shoot
Somebody should run over these cyclists
Break his fingers so he never signs anything again
If you see one of them, stab him
The only good cop is a dead cop
A good beating with iron bars would teach them
We need to start killing these politicians
Kick his teeth in if you meet him
The whole council should be lined up and shot
Throw acid in her face
Під каток усіх мажорів
Загнати їх у сарай і підперти двері, а далі сірник
Пустити б їх усіх на органи
Цю суддю роздерти на площі, щоб інші бачили
Хто перший кине камінь у його вікно, ставлю пиво
На палю весь виконком
Поламати б йому ноги, щоб не втік
За таке розстріл на місці, без суду
Таких водіїв давити їхніми ж машинами
Здерти з нього шкуру живцем
Давно пора влаштувати їм криваву неділю
Под каток всех мажоров
Загнать их в сарай и поджечь
Пустить бы их всех на органы
Разорвать эту судью на площади, чтобы другие видели
Кто первый бросит камень в его окно, с меня пиво
За такое расстрел на месте, без суда
Таких водителей давить их же машинами
Содрать с него кожу живьём
Давно пора устроить им кровавое воскресенье
Взорвать к чертям эту мэрию вместе со всеми
Избить до полусмерти и бросить в канаве
Feed the whole board to the pigs
Firing squad for the lot of them
Whoever sees him first should break his nose
The guillotine is too good for these landlords
Tie him to a tree and let the dogs have him
Skin the poacher alive
Flatten that camp with everyone in it
They need a good hiding with a crowbar
Put a match to that mosque
A bullet is cheaper than a trial
Hunt them down like wolves
""".strip().splitlines()
