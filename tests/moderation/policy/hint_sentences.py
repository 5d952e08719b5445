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
Ти б не лазив у ці справи, здоров'я одне
Нам відомо, з ким ти обідаєш по вівторках
Собака в тебе сліпий, може випадково щось з'їсти
Я б не радив тобі завтра сідати за кермо
Люди з такими думками зникають
Був у нас один такий розумник. Досі шукають
Надіюсь, ти любиш лікарняну їжу
Поспішай жити
Не треба було тобі цього писати. Ой не треба
Не лез бы ты в эти дела, здоровье одно
Нам известно, с кем ты обедаешь по вторникам
Собака у тебя старая, может случайно что-то съесть
Не советую тебе завтра садиться за руль
Люди с такими взглядами пропадают
Был у нас один такой умник. До сих пор ищут
Надеюсь, ты любишь больничную еду
Спеши жить
Зря ты это написал. Ой зря
У каждого есть близкие. У тебя тоже
Не хотелось бы узнать из новостей, что ты выпал из окна
People with opinions like yours tend to disappear
You live alone, don't you? Just wondering
I would not start the car tomorrow if I were you
Hope you like hospital food
It is a long dark road to your village
Somebody should teach you what happens to snitches
I hear your dog likes to eat things off the ground
Your daughter sings beautifully, we were in the third row
We had a clever one like you before. They are still looking for him
Everyone has someone they love. You too
You really shouldn't have written that
I'd hate to read about you in the accident column
Some stories are not worth a funeral
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
Не тяни, все ждут твоих похорон
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
Зайвий ти на цьому світі
Чим швидше тебе закопають, тим краще всім
Чекаю на твій некролог
Вимкни себе вже
Твоя смерть нікого не засмутить
Купи собі місце на цвинтарі й не затримуйся
Ти тягар для рідних, полегши їм життя
Не вмієш жити — не мучся
Скільки можна скиглити, вікно поруч
Слабак, навіть повіситись боїшся
Лишний ты на этом свете
Чем скорее тебя закопают, тем лучше всем
Жду твой некролог
Выключи себя уже
Твоя смерть никого не огорчит
Ты обуза для родных, облегчи им жизнь
Не умеешь жить — не мучайся
Сколько можно ныть, окно рядом
Слабак, даже повеситься боишься
Не откладывай, сегодня хороший день чтобы умереть
Освободи планету от своего присутствия
Табуретка, крюк, и никаких проблем
The sooner you are gone the better for everyone
You are a burden, make it easy for your family
Turn on the gas and take a nap
Your death would be the best news this year
If life is so hard, leave it
The river is cold but quick, give it a try
Uninstall yourself
No one asked you to keep breathing
Even your dog would be happier if you were dead
You're too much of a coward to even hang yourself
What are you waiting for, the train won't come to you
Do the math: ten floors, four seconds
You are a waste of oxygen, give it back
""".strip().splitlines()
