### Страница звонящего /call: её читают жители, не специалисты. Английский (en/call.ftl) имеет те же ключи и переменные.

call-title = Позвонить из браузера
call-brand = Контакт-центр социальной сферы
call-skip = К содержанию
call-other-language = In English

## До звонка
call-h = Позвоните нам из браузера
call-lead = Бесплатно. Понадобится микрофон.
call-lead-sample = Микрофон не нужен: говорит образец голоса.
call-phone = Ваш номер
call-phone-hint = Можно не писать. Если связь прервётся, перезвоним.
call-phone-bad = Напишите номер целиком, например 8 900 000-00-00, или оставьте поле пустым.
call-do = Позвонить
call-open-until = Работаем до { $time }, { $waiting ->
    [0] никто не ждёт
    [one] ждёт { $waiting } человек
    [few] ждут { $waiting } человека
   *[other] ждут { $waiting } человек
}
call-open = Сейчас работаем, { $waiting ->
    [0] никто не ждёт
    [one] ждёт { $waiting } человек
    [few] ждут { $waiting } человека
   *[other] ждут { $waiting } человек
}
call-closed-until = Сейчас закрыто. Откроемся { $time }. Оставьте номер, перезвоним.
call-closed = Сейчас закрыто. Оставьте номер, перезвоним.
call-recorded = Разговор записываем, чтобы ответить точно
call-by-phone = С телефона: <a>{ $number }</a>
call-danger = Угрожает опасность? Звоните <a>112</a>
call-sample-try = Без микрофона: <a>говорить образцом голоса</a>
call-sample-off = <a>Говорить в микрофон</a>
call-demo = Демонстрация: звонок никуда с этого компьютера не уходит

## Выключено, нет связи
call-off-h = Звонки из браузера выключены
call-off = Наберите <a>{ $number }</a>, это бесплатно
call-unreached-h = Нет связи с центром
call-unreached = Проверьте интернет и повторите.
call-again = Попробовать снова
call-loading = Загружаем

## Отказы
call-refused-browser_calls_off = Звонки из браузера выключены. Наберите { $number }.
call-refused-browser_calls_full = Сейчас все линии из браузера заняты. Наберите { $number } или попробуйте через минуту.
call-refused-too_many_calls = С вашего адреса уже звонят. Закончите тот звонок или наберите { $number }.
call-refused-too_many_starts = { $seconds ->
    [one] Слишком много звонков подряд. Подождите { $seconds } секунду или наберите { $number }.
    [few] Слишком много звонков подряд. Подождите { $seconds } секунды или наберите { $number }.
   *[other] Слишком много звонков подряд. Подождите { $seconds } секунд или наберите { $number }.
}
call-refused-media_full = У нас нет места для звука. Наберите { $number } или попробуйте через минуту.
call-refused-no_link = Нет связи с центром. Проверьте интернет или наберите { $number }.
call-refused-unknown = Не получилось позвонить. Попробуйте через минуту или наберите { $number }.

## Микрофон
call-asking-h = Разрешите микрофон
call-asking = Браузер спросит об этом в своём окне.
call-mic-refused-h = Браузер не даёт микрофон
call-mic-lead = Без него мы вас не услышим.
call-mic-refused-1 = Нажмите на значок слева от адреса страницы
call-mic-refused-2 = Напротив слова «Микрофон» выберите «Разрешить»
call-mic-refused-3 = Вернитесь и попробуйте снова
call-mic-not_found-h = Не видно микрофона
call-mic-not_found-1 = Подключите гарнитуру или микрофон
call-mic-not_found-2 = Подождите несколько секунд
call-mic-not_found-3 = Попробуйте снова
call-mic-busy-h = Микрофон занят
call-mic-busy-1 = Закройте программу, которая говорит в микрофон
call-mic-busy-2 = Закройте другие звонки в браузере
call-mic-busy-3 = Попробуйте снова
call-mic-insecure-h = По этому адресу браузер не даёт микрофон
call-mic-insecure-1 = Адрес страницы должен начинаться с https
call-mic-insecure-2 = Откройте её с сайта министерства
call-mic-insecure-3 = Попробуйте снова
call-or-phone = Или наберите <a>{ $number }</a>, это бесплатно
call-or-sample = В демонстрации можно и без микрофона: <a>говорить образцом голоса</a>

## Звук не соединился
call-no-sound-h = Звук не соединился
call-no-sound = Сеть не пропускает звонки из браузера.
call-no-sound-1 = Выключите VPN, если он включён
call-no-sound-2 = Попробуйте другую сеть, например мобильную
call-no-sound-3 = Попробуйте снова
call-firefox-h = Firefox не соединяет звук на одном компьютере
call-firefox = По умолчанию он не ищет путь по адресу 127.0.0.1, а центр демонстрации слушает только его.
call-firefox-1 = Откройте эту страницу в Chrome, Яндекс Браузере или Chromium
call-firefox-2 = Или напишите в адресе about:config и включите media.peerconnection.ice.loopback
call-firefox-3 = Загрузите страницу снова

## Звонок
call-connecting-h = Соединяем
call-connecting = Это займёт секунду
call-greeting-h = Вы дозвонились
call-message-h = Оставьте сообщение
call-message = Говорите после сигнала. Чтобы закончить, нажмите решётку или положите трубку.
call-greeting = Послушайте сообщение
call-ahead = { $ahead ->
    [0] Перед вами никого нет
    [one] Перед вами { $ahead } человек
    [few] Перед вами { $ahead } человека
   *[other] Перед вами { $ahead } человек
}
call-waiting = Не кладите трубку, место сохраняется
call-waited = Прошло { $time }. Играет музыка
call-talking-h = С вами говорит { $name }
call-talking-h-unnamed = С вами говорит специалист
call-talk-recorded = Разговор записываем
call-talk-not-recorded = Без записи
call-talk-time = Разговор идёт { $time }
call-lost-hint = Прервётся связь? Не закрывайте страницу, мы вернём разговор
call-sound-lost = Возвращаем звук
call-sample-hint = Вместо вас говорит образец голоса. Звук страницы выключен, чтобы не свистело.
call-mute = Микрофон
call-mute-sample = Голос
call-muted = выключен
call-keypad = Кнопки
call-speaker = Звук
call-speaker-off = выключен
call-hear-h = Браузер не включил звук
call-hear = Включить звук
call-hang-up = Положить трубку
call-key = Кнопка { $key }
call-keys-label = Кнопки телефона

## После звонка
call-ended-h = Звонок окончен
call-ended-answered-h = Спасибо, что позвонили
call-ended-answered = Разговор длился { $time }.
call-ended-abandoned = Разговора не было. Можно позвонить ещё раз.
call-ended-callback_requested = Мы обещали перезвонить и перезвоним.
call-ended-self_served = Мы сказали всё, что сейчас можем. Позвоните в рабочее время.
call-ended-rejected = Сейчас ждут слишком многие. Позвоните позже.
call-ended-interrupted-h = Связь прервалась по нашей вине
call-ended-interrupted = Позвоните ещё раз, вас ждут.
call-ended-promised = Мы перезвоним на ваш номер.
call-ended-unknown = Соединить не удалось. Позвоните ещё раз.
call-ended-again = Позвонить ещё раз
