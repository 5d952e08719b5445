"""Invented sentences: private persons handed over to the readers."""

DISCLOSED = """
Вона живе на Кленовій 12, квартира 40, код 38
Його машина АА 4321 ВС, паркується під під'їздом на вулиці Яворовій, 8
Марина Козуб, вчителька, мешкає на Зоряній 7, двоє дітей у школі № 3
Телефон судді особистий 050-111-22-33, хай послухає людей
Її син Данило ходить у третій клас школи №5
Адреса прокурора: Полтавська 15, кв. 9. Приходьте з плакатами
Хто живе біля Тернової 4, зайдіть до Степана Гая і запитайте, де гроші
Її інстаграм закритий, але номер є: 0671112233
Номер мобільного цього лікаря 0501112233
Він прописаний за адресою вул. Волошкова 3, кв. 7
Это Марина Козуб, живёт на Кленовой 12, квартира 40
Звоните этой лгунье: +380671112233, зовут Марина
Её сын ходит в третий класс школы №5, забирает бабушка
Адрес прокурора: Полтавская 15, кв. 9
Личный телефон судьи 050-111-22-33
Проживает по адресу ул. Васильковая 3, кв. 7, ходите, не стесняйтесь
Мобильный этого врача 0501112233
Вот дом этого депутата: улица Лесная, 14, зелёные ворота
Дочь следователя учится в лицее №2, в 7-А
Степан Гай, 1980 года рождения, Терновая 4, телефон 0671112233
She lives at 12 Maple Street, flat 40, the code is 38
His car is AA 4321 BC and he parks it behind 8 Willow Road
Call this liar on 555-0123, her name is Marina
Her son goes to Oakfield primary, year 3
The prosecutor's home address is 15 Poltava Road, flat 9
His mobile is 07700 900123
The guy who filmed this is Peter Dunmore, 4 Thorn Close, ring his bell
Her workplace is the dental clinic at 3 Bridge Street, ask for Kate Morrow
If you want to tell him what you think, he is at 22 Hazel Grove every evening
The judge's daughter is in class 7A at Riverside Academy
Here's where the councillor sleeps: 9 Elm Row, the house with the red door
Вона живе на Вишневій 9, заходьте з квітами
Той лікар, що зарізав бабу, живе на вулиці Зоряній, будинок 18, другий під'їзд
Прошу любити і жалувати: Остап Ревко, вул. Дальня 44
Номер її чоловіка 0991234567, розкажіть йому, чим вона займається
Його дочка ходить у садок «Сонечко» на Лісовій
Синій «Ланос» ВС 1234 АО належить тому самому депутату
Суддя Крутько відпочиває на дачі, Приозерна 5, охорони нема
Ось паспорт цього ухилянта: КН 123456, Іван Стецюк
Знайшов я нашого анонімного критика. Тарас Білик, кафедра фізики, кабінет 312
Тот врач принимает дома, улица Мира 18, квартира 6, передайте ему от меня
Этот активист снимает квартиру на Речной 22, окна во двор
Номер её мужа 0991234567, расскажите ему, чем она занимается
Сын этого чиновника учится в 11 гимназии, класс 9-Б
Белая «Тойота» АА 7777 ВВ принадлежит этой журналистке, паркуется у стадиона
Прокурор Шмыга отдыхает на даче, Озёрная 5, охраны нет
Мария Левченко, 45 лет, работает на почте, живёт одна, Луговая 3
Скинули мне адрес этой учительницы: Школьная 12, кв 4
Её рабочий телефон 044 123 45 67, домашний 044 765 43 21, звоните обоим
Здесь живёт тот, кто пожаловался: Садовая 14, кв. 2
Her name is Dora Finch and she lives at 19 Quarry Lane with her sister
He drives a black Skoda, plate BC 1234 AO, and leaves it behind the bakery
The clerk who refused me is Wendy Prout, desk 4, she goes home by bus 12 at five
This coward's phone: 555-0182. Ask for Gary
Anna Petrenko, 34, divorced, flat 12, 8 Birch Road
His kids are at St Mark's primary, pick up is at three
I looked up the reporter: Joan Hale, 5 Tanner's Yard, top bell
She hides at her mother's, 2 Church Street, Oldbury
My neighbour the snitch, Mr Colin Platt, number 14, works at the tax office
Here is his email d.crane@mail.example and his mum's landline 555-0160
""".strip().splitlines()
