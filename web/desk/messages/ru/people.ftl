### Настройка, одноразовые ссылки, сеансы.

nav-setup = Настройка
setup-parts = Разделы настройки
setup-people = Люди
setup-devices = Устройства
setup-lines = Линии
setup-hours = Часы и дни
setup-prompts = Фразы
setup-breaks = Перерывы
setup-keeping = Хранение
setup-save = Сохранить
setup-saved = Сохранено
setup-cancel = Отмена
setup-edit = Изменить
setup-remove = Убрать
setup-yes = да
setup-no = нет

## Две версии
stale-title = Кто-то сохранил раньше вас.
stale-sub = Ничего не потеряно: вот обе версии.
stale-field = Поле
stale-theirs = Сейчас в центре
stale-mine = У вас
stale-take = Взять то, что в центре
stale-keep = Сохранить моё поверх

## Люди
gender-none = Не указано
gender-f = Женские формы
gender-m = Мужские формы
people-all = Кто работает
people-add = Новый человек
people-add-submit = Добавить и получить ссылку
people-id = Имя для входа
people-id-hint = Латинские буквы, цифры, точка, дефис; не меняется
people-name = Имя и фамилия
people-role = Роль
people-gender = Формы слов
people-disabled = Вход отключён
people-off = вход отключён
people-invited = ждём первого входа
people-no-link = ссылка истекла, нужна новая
people-out = не в системе
people-signed-in = { $count ->
    [one] в системе, { $count } браузер
    [few] в системе, { $count } браузера
   *[other] в системе, { $count } браузеров
}
people-link = Ссылка для входа
people-end = Завершить сеансы
link-title = Ссылка для входа: { $name }.
link-sub = Откроется один раз, действует до { $until }. Больше мы её не покажем.
link-copy = Скопировать
link-copied = Скопировано

## Устройства
devices-note = SIP-телефоны начнут звонить со следующей версии. Сейчас звонки принимают в браузере, а адрес телефона можно записать заранее.
device-kind = На чём принимает звонки
device-browser = Браузер
device-sip = SIP-телефон
device-address = Адрес телефона
device-address-hint = Как sip:101@192.0.2.10:5060

## Линии
lines-note = Сохранённое действует со следующего звонка; разговоры не прерываются. На первую линию приходят и звонки на незнакомый номер.
lines-add = Новая линия
lines-id = Код линии
lines-id-hint = Латинские буквы, цифры, дефис; не меняется
lines-name = Название
lines-number = Номер
lines-recorded = Записывать разговоры
lines-recorder = Оставлять сообщения, когда некому ответить
lines-keep = Сколько дней хранить записи
lines-keep-hint = 0: всегда. Что старше срока, удаляется в ближайшие десять минут и не вернётся.
lines-week = Часы недели
lines-own-days = Особые дни этой линии
lines-add-day = Добавить день
lines-mode = Переключатель
lines-mode-open = Открыта
lines-mode-calendar = По часам
lines-mode-closed = Закрыта
lines-open-now = Сейчас открыта
lines-closed-now = Сейчас закрыта
day-mon = Понедельник
day-tue = Вторник
day-wed = Среда
day-thu = Четверг
day-fri = Пятница
day-sat = Суббота
day-sun = Воскресенье
spans-closed = закрыто
spans-from = { $day }: с
spans-to = { $day }: до
spans-add = Добавить часы
spans-remove = { $day }: убрать часы

## Часы и дни
days-own = Закрытые дни центра
days-own-note = В эти дни закрыты все линии, кроме тех, где для дня заданы свои часы.
days-none = Своих закрытых дней нет
days-add = Добавить день
days-date = Дата
days-name = Почему
days-calendar = Производственный календарь
days-calendar-note = Дни, которые не следуют своему дню недели. Остальные будни рабочие, суббота и воскресенье выходные.
days-year = Год
days-unknown-year = Календаря на этот год нет: считаем по дням недели.
daykind-holiday = праздник, закрыто
daykind-weekend_moved_off = выходной (перенос), закрыто
daykind-working_moved = рабочий (перенос), часы понедельника
daykind-shortened = сокращённый, часы линии обычные

## Фразы
prompts-note = Файл WAV: 16 бит от 8 до 48 кГц или A-law, не длиннее минуты. Новая фраза звучит со следующего проигрывания, прежние сохраняются.
prompts-sound = Звук
prompts-built-in = звук из программы
prompts-listen = Послушать: { $text }
prompts-replace = Заменить звук
prompts-old = Прежние ({ $count })
prompts-restore = Вернуть этот

## Перерывы
breaks-note = Эти причины заданы программой, поменять их здесь нельзя.
breaks-chosen = Выбирает специалист или старший смены
breaks-given = Ставит сам центр
breaks-no_answer-sub = После нескольких пропущенных звонков подряд
breaks-not_ready-sub = После входа, до кнопки «Готова» или «Готов», и когда пропал звук

## Одноразовая ссылка
welcome-title = Первый вход
welcome-hello = Здравствуйте, { $name }
welcome-first = Придумайте пароль. Ваше имя для входа: { $id }
welcome-again = Придумайте новый пароль. Ваше имя для входа: { $id }
welcome-password = Пароль
welcome-repeat = Ещё раз
welcome-rule = { $left ->
    [one] Нужна ещё { $left } буква. Удобны несколько слов подряд.
    [few] Нужны ещё { $left } буквы. Удобны несколько слов подряд.
   *[other] Нужно ещё { $left } букв. Удобны несколько слов подряд.
}
welcome-enough = Длины хватает
welcome-differ = Пароли не совпали
welcome-submit = Сохранить и войти

## Сеансы
sessions-link = Где вы вошли
sessions-title = Где вы вошли
sessions-sub = Если браузер вам незнаком, завершите его сеанс и смените пароль: ссылку даст администратор.
sessions-since = вход { $since }, последний раз { $seen }
sessions-this = этот браузер
sessions-unknown = Неизвестный браузер
sessions-end = Завершить
sign-out-failed = Выйти не получилось, сеанс ещё открыт.

## Ошибки по коду
error-link_gone = Ссылка уже использована или истекла. Попросите новую у администратора.
error-switched_off = Вход для вас отключён. Обратитесь к администратору.
error-password_too_short = Пароль короче 12 букв
error-password_too_long = Пароль слишком длинный
error-password_too_common = Такой пароль подберут первым. Возьмите несколько несвязанных слов.
error-bad_name = Напишите имя: до 120 букв, одной строкой
error-bad_sign_in_name = Имя для входа: от 2 до 40 латинских букв, цифр, точек, дефисов; первой буква
error-person_exists = Такое имя для входа уже есть
error-no_such_colleague = Такого человека нет или вход отключён
error-no_such_session = Этот сеанс уже завершён
error-last_administrator = Это последний администратор, который может войти. Сначала назначьте другого.
error-bad_sip_address = Адрес телефона пишется так: sip:101@192.0.2.10:5060
error-bad_line_id = Код линии: до 40 латинских букв, цифр и дефисов
error-bad_time = Время пишется так: 08:00
error-closes_before_it_opens = Закрытие раньше открытия
error-hours_overlap = Часы одного дня перекрываются
error-too_many_hours = Слишком много часов или дней
error-day_twice = Этот день стоит дважды
error-number_taken = Этот номер у другой линии
error-too_many_lines = Больше 50 линий не бывает
error-no_such_prompt = Такой фразы нет
error-no_such_version = Такой версии нет
error-not_wav = Это не файл WAV
error-unsupported_wav = Нужен WAV: 16 бит от 8 до 48 кГц или A-law, один или два канала
error-empty_sound = В файле нет звука
error-sound_too_long = Фраза длиннее минуты
error-sound_too_large = Файл больше 5 МБ
error-bad_json = Центр не понял, что отправлено. Обновите страницу.
error-too_slow = Запрос шёл слишком долго. Проверьте связь и повторите.
