### Слова стола. Русский первый; английский (en.ftl) имеет те же ключи и переменные. Пол специалиста: f, m или other.

## Общее
brand = Отклик
brand-line = Контакт-центр социальной сферы
nav-label = Разделы
nav-desk = Стол
nav-calls = Звонки
menu-me = Вид, язык, выход
theme = Вид
theme-auto = Как в системе
theme-light = Светлый
theme-dark = Тёмный
language = Язык
sign-out = Выйти
loading = Загружаем
try-again = Повторить
page-title = { $page } · Отклик
title-ring = Звонят

## Вход
sign-in-title = Вход
sign-in-name = Имя для входа
sign-in-password = Пароль
sign-in-show = Показать пароль
sign-in-submit = Войти
sign-in-forgot = В демонстрации пароли напечатаны в терминале, где запущен центр.
sign-in-next = После входа проверим гарнитуру
sign-in-name-missing = Напишите имя для входа
sign-in-password-missing = Напишите пароль

## Ошибки по коду
error-wrong_password = Имя или пароль не подошли. Проверьте раскладку и Caps Lock.
error-too_many_attempts = { $seconds ->
    [0] Слишком много попыток. Подождите минуту.
    [one] Слишком много попыток. Подождите { $seconds } секунду.
    [few] Слишком много попыток. Подождите { $seconds } секунды.
   *[other] Слишком много попыток. Подождите { $seconds } секунд.
}
error-not_signed_in = Сеанс закончился. Войдите снова.
error-no_link = Нет связи с центром. Проверьте сеть и повторите.
error-no_such_call = Такого звонка нет
error-forbidden = Это может старшая смены
error-unknown = Не получилось. Повторите через минуту.

## Отказы на кнопки стола
refused-offer_gone = Звонок уже у коллеги, или его отменили
refused-not_your_call = Этот разговор уже закончился
refused-no_sound = Сначала нужен звук в гарнитуре
refused-wrong_state = Сейчас так нельзя: состояние изменилось
refused-no_such_line = Такой линии нет

## Полоса состояния
bar-label = Состояние
bar-controls = Управление звонком
bar-offline = Не на смене
bar-offline-title = Открываем стол
bar-offline-sub = Это займёт секунду
bar-ready = { $gender ->
    [f] Готова
    [m] Готов
   *[other] Жду звонка
}
bar-ready-title = Следующий звонок может быть вашим
bar-ready-sub = Гарнитура работает
bar-ring = Звонит
bar-ring-title = Звонят: { $line }
bar-talk = Разговор
bar-wrap = Оформление
bar-wrap-title = Разговор окончен
bar-wrap-title-talk = Разговор { $talk } окончен
bar-wrap-sub = Время на записи и вдох
bar-break = Перерыв
bar-break-title = Звонки к вам не идут
bar-break-sub = { $gender ->
    [f] Нажмите «Готова», когда вернётесь
    [m] Нажмите «Готов», когда вернётесь
   *[other] Нажмите «К звонкам», когда вернётесь
}
bar-no-answer-title = Вы не ответили, звонок снова в очереди
bar-not-ready = Без звонков
bar-not-ready-title = Стол открыт, звонки пока не идут
bar-not-ready-sub = { $gender ->
    [f] Нажмите «Готова», и звонки пойдут к вам
    [m] Нажмите «Готов», и звонки пойдут к вам
   *[other] Нажмите «К звонкам», и они пойдут к вам
}
bar-no-sound = Нет звука
bar-lost = Нет связи
bar-lost-title = Возвращаем связь с центром
bar-lost-sub = Пока её нет, звонки к вам не придут
bar-lost-talk-title = Человек на линии
bar-lost-talk-sub = Говорите дальше, связь стола вернём
time-minutes = { $minutes ->
    [0] меньше минуты
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[other] { $minutes } минут
}
caller-withheld = Номер скрыт
caller-number = { $number }
do-answer = Ответить
do-decline = Не могу
do-hang-up = Завершить
do-ready = { $gender ->
    [f] Готова
    [m] Готов
   *[other] К звонкам
}
do-break = Перерыв
do-check-sound = Проверить ещё раз
do-hear = Включить звук
announce-ring = Звонят: { $line }. Ответить: F4. Не могу: Escape.
announce-talk = Разговор начался. Завершить: F4.
announce-wrap = Разговор окончен. Оформление.
announce-wrap-soon = Двадцать секунд до конца оформления
announce-lost = Нет связи с центром. Возвращаем.
notice-ring-title = Звонят: { $line }
notice-ring-body = Ответьте на столе, F4

## Звук
sound-connecting = Подключаем звук
sound-asking = Разрешите микрофон в окне браузера
sound-elsewhere = Звук в другом окне стола
sound-refused = Браузер не даёт микрофон
sound-refused-way = Разрешите микрофон у адреса страницы и проверьте ещё раз
sound-not-found = Не видно микрофона
sound-not-found-way = Подключите гарнитуру и проверьте ещё раз
sound-busy = Микрофон занят другой программой
sound-busy-way = Закройте её и проверьте ещё раз
sound-insecure = По этому адресу браузер не даёт микрофон
sound-insecure-way = Откройте стол по https или на этом компьютере
sound-muted = Вас не слышно: микрофон выключен
sound-muted-way = Включите его на гарнитуре или в системе
sound-silent = Вас не слышно: от микрофона тишина
sound-silent-way = Выберите другой микрофон в системе и проверьте ещё раз
sound-full = На сервере нет места для звука
sound-full-way = Скажите старшей смены и проверьте ещё раз
sound-failed = Нет звука от центра
sound-failed-way = Подключаем снова. Можно не ждать
sound-blocked = Браузер не включил звук
sound-blocked-way = Нажмите кнопку, и человека станет слышно

## Стол
desk-left-shift = Сегодня
desk-left-number = Номер
desk-mid-list = Последние звонки
desk-mid-call = Звонок
desk-right = Гарнитура и клавиши
today-in-centre = Сегодня в центре
today-accepted = { $count ->
    [one] звонок
    [few] звонка
   *[other] звонков
}
today-answered = { $count ->
    [one] принят
   *[other] принято
}
today-abandoned = не дождались
today-interrupted = { $count ->
    [one] прервался
   *[other] прервались
}
today-level = ответ за { $seconds } с
today-asa = ждут в среднем
level-percent = { $percent } %
no-figure = –
last-calls = Последние звонки
all-calls = Все звонки
last-calls-empty = Звонков пока нет
last-calls-empty-sub = Первый появится здесь, как только кто-нибудь позвонит.
number-h = Номер
number-calls-h = Звонки с номера
number-first = Раньше с него не звонили
number-withheld-sub = Прежние звонки не узнать
ring-waits = { $seconds ->
    [one] Ждёт { $seconds } секунду
    [few] Ждёт { $seconds } секунды
   *[other] Ждёт { $seconds } секунд
}
ring-waits-long = Ждёт { $wait }
ring-leaves = { $seconds ->
    [one] Ещё { $seconds } секунда, и звонок вернётся в начало очереди.
    [few] Ещё { $seconds } секунды, и звонок вернётся в начало очереди.
   *[other] Ещё { $seconds } секунд, и звонок вернётся в начало очереди.
}
headset-h = Гарнитура
headset-good = Работает
headset-unknown = Микрофон браузера
keys-h = Клавиши
key-f4 = Ответить, завершить
key-esc = Не могу ответить
queue-none = Никто не ждёт
queue-some = { $count ->
    [one] Ждёт <b>{ $count }</b>, дольше всех <b>{ $wait }</b>
   *[other] Ждут <b>{ $count }</b>, дольше всех <b>{ $wait }</b>
}
queue-some-short = { $count ->
    [one] Ждёт <b>{ $count }</b>
   *[other] Ждут <b>{ $count }</b>
}
queue-unseen = Очередь не видна

## Прежние звонки и исходы
earlier-talk = разговор, { $talk }
earlier-lead = { $day ->
    [today] Сегодня с номера: { $what }
    [yesterday] Вчера с номера: { $what }
   *[other] { $date } с номера: { $what }
}
earlier-at = В { $time }
day-yesterday = вчера
day-tomorrow = завтра
outcome-answered = принят
outcome-abandoned-greeting = положили трубку на приветствии
outcome-abandoned-menu = положили трубку в меню
outcome-abandoned-queue = не дождались в очереди
outcome-abandoned-ringing = не дождались ответа
outcome-recorded = оставили сообщение
outcome-callback_requested = просят перезвонить
outcome-forwarded = соединили с ведомством
outcome-self_served = узнали из сообщения
outcome-rejected = не приняли
outcome-interrupted = прервался по нашей вине
going-talk = говорят сейчас
going-ringing = звонит специалисту
going-queue = ждёт в очереди
going-message = оставляют сообщение
going-greeting = слушает приветствие

## Звонки
calls-title = Звонки
calls-filter = Исход
filter-all = Все
filter-answered = Приняты
filter-abandoned = Не дождались
filter-interrupted = Прервались
col-time = Время
col-caller = Кто звонил
col-outcome = Исход
col-wait = Ждал
col-talk = Говорил
col-specialist = Специалист
col-after = Дальше
calls-none = Звонков пока нет
calls-none-sub = Первый появится здесь, как только кто-нибудь позвонит.
calls-none-filter = С таким исходом звонков нет
calls-none-filter-sub = Посмотрите все звонки.
calls-earlier = Показать раньше
calls-stale = Нет связи. Список на { $time }
calls-table = Список звонков
promise-today = перезвоним до { $time }
promise-other = перезвоним { $date } до { $time }
promise-late = обещали до { $time }
promise-late-other = обещали { $date } до { $time }
listen = Слушать
listen-call = Слушать запись, { $time }, { $caller }
recording-h = Запись разговора
recording-title = { $caller }, { $time }
recording-play = Слушать
recording-pause = Пауза
recording-seek = Место в записи
recording-at = { $at } из { $total }
recording-channels = слева звонящий, справа специалист
recording-download = Скачать
recording-close = Закрыть запись
recording-failed = Запись не открылась. Повторите.

## Начало (демонстрация)
start-title = Демонстрация центра
start-lead = Позвоните сюда
start-softphone = Программа-телефон
start-softphone-how = Наберите адрес. Регистрация не нужна.
start-sipp = Без телефона
start-sipp-how = Одна строка в терминале, звонок на минуту
start-copy = Скопировать
start-copied = Скопировано
start-line-h = Линия
start-line-mode = Режим линии
mode-open = Открыта
mode-closed = Закрыта
mode-calendar = По календарю
line-open = Открыта
line-closed = Закрыта
line-hears-open = Сейчас звонящий слышит приветствие, предупреждение о записи и музыку, пока специалист не ответит.
line-hears-closed = Сейчас звонящий слышит, что специалисты не работают.
start-people-h = Кто может войти
start-people-passwords = Пароли напечатаны в терминале.
start-today-h = Сегодня
role-specialist = специалист
role-shift_lead = старшая смены
role-administrator = администратор
role-head = руководитель
role-press_office = пресс-служба
role-measure_editor = редактор мер
role-privacy_officer = ответственный за персональные данные
number-written = Номер написан на сайте, его никто не проверял. Спросите, кто говорит.
