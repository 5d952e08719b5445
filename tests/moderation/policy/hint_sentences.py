"""Invented sentences: veiled threats, and bait to self-harm."""

VEILED = """
Ми знаємо, в яку школу ходить твоя дочка
Гарна машина. Шкода буде, якщо згорить
Ще одна така стаття, і пеняй на себе
Ми знаємо твою адресу і твій розпорядок дня
З такими, як ти, трапляються нещасні випадки
На твоєму місці я б озирався по дорозі додому
Останній, хто про це писав, тепер ходить з паличкою
За тобою вже їдуть
Ми ще зустрінемось, і розмова буде інша
Не боїшся сам ходити додому так пізно?
Тебе попередили. Другого разу не буде
Всі ми смертні, а ти особливо
Красивый дом. Жаль будет, если сгорит
Смотри не споткнись на лестнице
Ты бы о дочке подумал, она ведь одна из школы ходит
За тобой уже приехали
Не боишься один возвращаться домой?
Последний, кто задавал такие вопросы, до сих пор на костылях
Ходи и оглядывайся теперь
Мы ещё встретимся, и тогда поговорим иначе
Мы в курсе, где работает твоя жена
Жалко будет, если с твоим ребёнком что-то случится
Тебе это с рук не сойдёт, жди
We know which school your daughter goes to
Nice car. Pity if it burned
One more article and you will find out who we are
Be careful walking home tonight
It would be a shame if something happened to your kids
You should think about your family before you testify
Accidents happen, especially to people who talk too much
I'd watch my back if I were you
We know what car you drive
Is your house insured? Just curious
Your wife looked lovely at the market this morning
You have made some very dangerous enemies
Tell your little boy we said hello
The last guy who asked that is on crutches now
Somebody is going to pay you a visit
Enjoy your last quiet weekend
We know where to find you
You've been warned
Keep your mouth shut if you want to keep your teeth
""".strip().splitlines()

BAIT = """
Стрибай уже, не тягни
Зроби всім послугу, зникни назавжди
Мотузка чекає на тебе
Світ зітхне з полегшенням, коли тебе не стане
Тобі краще не жити
Коли ти вже повісишся?
Ти навіть померти нормально не можеш
Таких, як ти, навіть земля не хоче тримати
Йди під поїзд, толку з тебе
Ковтни щось і не прокидайся
Ніхто за тобою не заплаче
Іди втопися в ставку
Візьми лезо і зроби хоч щось правильно
Дев'ятий поверх тебе чекає
Помри вже, будь ласка
Краще б ти не народжувався
Тобі одна дорога — в зашморг
Прыгай уже, не тяни
Сделай всем одолжение, исчезни навсегда
Верёвка тебя ждёт
Мир вздохнёт с облегчением, когда тебя не станет
Тебе лучше не жить
Когда ты уже повесишься?
Даже сдохнуть нормально не можешь
Иди под поезд, толку с тебя ноль
Выпей таблеток и не просыпайся
Никто по тебе не заплачет
Иди утопись
Возьми лезвие и сделай хоть что-то правильно
Умри уже, пожалуйста
Лучше бы тебя мать в роддоме оставила
Тебе одна дорога — в петлю
Ты никому не нужна, даже родителям, избавь их от себя
Шагни с балкона, мир станет чище
Just jump already
Do everyone a favour and disappear
The rope is waiting for you
Nobody would miss you if you were gone
Why don't you just die
Go drown yourself
Have you considered a tall building?
You can't even die properly
The world would be a better place without you in it
Put the gun in your mouth and pull the trigger
Take the whole bottle of pills next time
Walk in front of a bus
Slit your wrists and be done with it
You should have died in that crash
Hurry up and hang yourself
End your miserable life
Go jump off a bridge
When are you finally going to kill yourself?
Nobody will come to your funeral
If I looked like you I'd swallow a bottle of pills
Stick your head in the oven
You'd be doing your family a kindness by dying
Find a tall tree and a short rope
Stop talking about suicide and just do it
""".strip().splitlines()
