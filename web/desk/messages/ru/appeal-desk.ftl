### Обращение: стол, список, карточка обращения и человека.

nav-appeals = Обращения

## Сохранение
saved-opened = Черновик открыт { $time }
saved-saving = Сохраняем…
saved-at = Сохранено { $time }
saved-here = Хранится здесь
saved-page = Не закрывайте страницу
saved-not = Не сохранено
draft-opening = Открываем черновик…
draft-failed = Черновик не открылся. Повторяем, звонок идёт.
refused-too_long = { $field ->
    [answered] Ответ
   *[asked] Суть
} длиннее, чем помещается: { $length } из { $limit } знаков. Сократите, текст цел.
save-refused = Не сохранили. Ваш текст цел и хранится здесь.
save-signed_out = Сеанс закончился. Ваш текст хранится здесь. Войдите снова, и он сохранится.
sign-in-kept = Ваш несохранённый текст хранится в этом браузере. Войдите, и он сохранится.
do-sign-in = Войти

## Две версии
stale-note = { $by ->
    [none] Не сохранили: обращение уже изменили. Ваш текст цел.
   *[other] Не сохранили: обращение изменил другой человек ({ $by }). Ваш текст цел.
}
do-compare = Сравнить
versions-h = Две версии обращения
versions-lead = Отметьте, что оставить. Остальное сохранится прежним.
versions-mine = Ваш текст
versions-theirs = { $by ->
    [none] Другая версия
   *[other] { $by }, { $time }
}
versions-all-mine = Взять всё моё
versions-all-theirs = Взять всё другое
versions-save = Сохранить выбранное
versions-choose = { $count ->
    [one] Выберите в { $count } поле
   *[other] Выберите в { $count } полях
}
versions-ready = Всё выбрано
versions-later = Вернуться к тексту
versions-empty = пусто
field-kind = Вид
field-topics = Темы
field-asked = Суть
field-answered = Что ответили
field-result = Результат
field-speaker = Кто говорит
field-for_whom = О ком
versions-did-not-say = Не назвался
versions-unknown = Не выбран
versions-person = Человек из карточки
versions-self = О себе

## Форма
sheet-h = Обращение
topic-choose = Выберите тему
topic-is = Тема:
topic-more = Добавить тему
topic-drop = Убрать тему: { $topic }
topic-search = Найти тему
topic-placeholder = Своими словами, как говорит человек
topic-none = По словам «{ $query }» тем нет
topic-none-sub = Скажите иначе или найдите в списке: сотрите слова.
topic-list = Темы
topic-unknown = Тема { $id }
asked-label = Суть
asked-placeholder = О чём спросили, одной-двумя фразами
answered-label = Что ответили
answered-placeholder = Своими словами
result-label = Результат
result-ask = Чем закончилось?
result-other = Другой
result-explained = Разъяснено
result-callback_promised = Обещан звонок
result-booked = Запись на приём
result-connected = Соединили
result-number_given = Дали номер
result-signal_passed = Передан сигнал
need-topic = Выберите тему
need-asked = Напишите, о чём спросили
need-result = Отметьте, чем закончилось
need-speaker = Отметьте, кто говорит
left-nothing = Всё заполнено
left-one = Осталось: { $what ->
    [speaker] кто говорит
    [topic] тема
    [asked] суть
   *[result] результат
}
left-two = Осталось: { $what ->
    [speaker] кто говорит
    [topic] тема
    [asked] суть
   *[result] результат
} и { $and ->
    [speaker] кто говорит
    [topic] тема
    [asked] суть
   *[result] результат
}
left-many = Осталось: { $count ->
    [3] три поля
    [4] четыре поля
   *[other] { $count }
}
do-register = Зарегистрировать
registering = Регистрируем…
error-not_saved = Сначала нужно сохранить текст. Он хранится здесь, сохраним, как только вернётся связь.
kind-label = Обращение по 59-ФЗ, нужен официальный ответ

## Зарегистрировано
filed-h = Зарегистрировано { $time }
filed-say = Скажите номер: по нему обращение найдут.
filed-copy = Скопировать номер
filed-copied = Скопировано
do-edit = Править
do-edit-done = Готово
do-open-appeal = Открыть обращение
sum-topic = Тема
sum-asked = Суть
sum-answered = Ответили
sum-result = Результат
sum-for_whom = О ком
sum-none = не записано

## Не обращение
not-appeal-h = Это не разговор?
dismissed-h = { $reason ->
    [silence] Не обращение: тишина
    [wrong_number] Не обращение: ошиблись номером
    [prank] Не обращение: розыгрыш
   *[abuse] Не обращение: оскорбления
}
dismissed-sub = Номера не будет. Написанное сохранено.
do-undo-dismissal = Вернуть черновик

## Кто говорит
who-h = Кто говорит?
who-other = Другой человек
who-did_not_say = Не назвался
who-key = Alt { $n }
who-loading = Ищем, кто звонил с номера
who-speaks = Говорит
who-change = Сменить
who-keep = Оставить как есть
who-anonymous = Не назвался
who-anonymous-sub = Обращение без имени тоже обращение.
new-h = Новый человек
new-name = Фамилия, имя, отчество
new-name-hint = Что назвали; можно одно имя
new-year = Год рождения
new-year-hint = Если назвали
new-save = Записать
new-cancel = Назад
new-name-missing = Напишите имя
new-year-wrong = Четыре цифры, например 1958
person-born = { $year } г. р.
for-whom-h = О ком
for-self = О себе
for-other = О другом
for-relation = О ком
for-relation-placeholder = мама, сын, сосед
person-open = Карточка
before-h = Раньше
before-none = Раньше не обращались
others-h = С этого номера звонят ещё
desk-left-person = Звонящий
ring-people = Имена покажем, когда ответите.

## Правая сторона
say-h = Скажите
say-greeting = { $name ->
    [none] Здравствуйте, вы позвонили в контакт-центр социальной сферы. Как к вам обращаться?
   *[other] Здравствуйте, меня зовут { $name }. Как к вам обращаться?
}
say-greeting-fault = { $name ->
    [none] Здравствуйте. Связь прервалась по нашей вине, простите. Как к вам обращаться?
   *[other] Здравствуйте, меня зовут { $name }. Связь прервалась по нашей вине, простите. Как к вам обращаться?
}
check-h = Прежде чем говорить о деле
check-1 = Фамилия, имя, отчество
check-2 = Дата рождения
check-3 = Номер обращения или дата визита
check-never = Не спрашивайте номер карты, коды из СМС, пароль, СНИЛС и паспорт целиком.
check-why = Общие правила говорим всем, о деле человека после проверки.

## Клавиши
keys-sheet-h = Клавиши
keys-sheet-close = Закрыть
keys-sheet-open = Все клавиши
key-alt-n = Кто говорит
key-ctrl-enter = Зарегистрировать
key-alt-q = К обращению
key-alt-w = К звонящему
key-f1 = Этот список

## Полоса
bar-mic = Микрофон
bar-mic-good = Микрофон работает, уровень { $bars } из 3
bar-ask = Спросите, как обращаться
bar-address = { $name }
bar-who-sub = { $number } · ожидание { $wait }
bar-who-sub-withheld = Номер скрыт · ожидание { $wait }
bar-lost-talk-title-name = { $name } на линии
bar-lost-line-title = Возвращаем связь с центром
bar-lost-line-sub = Если разговор оборвался, человеку перезвонят
fact-our-fault = Связь прервалась по нашей вине
fact-our-fault-sub = Звонок первый в очереди. Начните с извинения.
do-extend = Ещё 2 минуты
do-record = Запись
record-on = Запись идёт
record-stopped = Не пишем
record-off = Без записи
record-ask = Остановить запись?
record-what = Разговор продолжится, записывать его перестанем. Вернуть запись в этом разговоре нельзя. Записанное до сих пор останется.
record-stop = Не записывать
record-keep = Записывать дальше
break-h = Причина перерыва
drafts-h = Черновики
draft-here = Текст хранится здесь, не сохранён
draft-missing = Не зарегистрировано
do-finish-draft = Дописать

## Список обращений
appeals-list = Список обращений
appeals-back = К обращениям
appeals-search = Найти обращение
appeals-search-hint = Номер, телефон, имя или слова
appeals-table-get = Скачать таблицу
appeals-no-topic = Без темы
appeals-none = Обращений пока нет
appeals-none-sub = Первое появится после первого разговора.
appeals-none-filter = С таким выбором обращений нет
appeals-none-filter-sub = Сбросьте часть условий.
appeals-none-q = По словам «{ $query }» ничего
filter-topic = Любая тема
filter-result = Любой результат
filter-period = За всё время
filter-status = Все
filter-author = Кто принял
filter-mine = Мои
filter-clear = Сбросить
period-today = Сегодня
period-week = За 7 дней
period-month = За 30 дней
period-quarter = За 90 дней
acol-number = Номер
acol-when = Когда
acol-who = Человек
acol-what = Тема и суть
acol-result = Результат
acol-author = Кто принял

## Карточка обращения и человека
person-h = Человек
person-all = Все обращения
talk-h = Разговор
talk-lasted = { $talk }
talk-no-recording = Записи нет
events-h = Что было
history-h = Звонки, обращения, обещания
history-none = Пока ничего
history-call = Звонок
history-promise = Обещание
card-h = Карточка
card-phones = Номера
card-no-phones = Номеров нет
card-family_name = Фамилия
card-given_name = Имя
card-patronymic = Отчество
card-note = Пометка
card-note-hint = Как говорить, что учесть. Увидит следующий специалист.
card-save = Сохранить
card-save-over = Сохранить моё
card-stale = Карточку уже изменили. Ваш текст цел. Сейчас в ней:
card-take-theirs = Оставить эту
