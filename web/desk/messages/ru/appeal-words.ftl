# Words of appeals that the centre itself names: statuses, kinds, dismissals, what is missing, refusals.

appeal-status-draft = Черновик
appeal-status-registered = Зарегистрировано
appeal-status-dismissed = Не обращение

appeal-kind-consultation = Консультация
appeal-kind-appeal_59fz = Обращение по 59-ФЗ

dismissal-silence = Тишина
dismissal-wrong_number = Ошиблись
dismissal-prank = Розыгрыш
dismissal-abuse = Оскорбления

missing-topic = тема
missing-asked = суть
missing-result = результат
missing-speaker = кто говорит

appeal-event-appeal_saved = Записано в черновик
appeal-event-appeal_registered = Сохранено, дан номер
appeal-event-appeal_changed = Изменено после регистрации
appeal-event-appeal_dismissed = Отмечено: не обращение
appeal-event-appeal_reopened = Снова черновик

error-stale = Это уже изменили. Ваш текст на месте: сравните и сохраните снова.
error-incomplete = Заполнено не всё. Черновик сохранён.
error-too_long = Слишком длинно. Текст на месте: сократите и сохраните снова.
error-too_large = Слишком много текста сразу. Текст на месте: сократите и сохраните снова.
error-bad_body = Центр не понял запрос. Обновите страницу: черновик сохранён.
error-no_such_appeal = Такого обращения нет
error-no_such_person = Такого человека нет
error-no_such_topic = Такой темы больше нет. Выберите другую.
error-no_such_result = Такого результата больше нет. Выберите другой.
error-too_many_topics = Тем может быть не больше трёх
error-not_your_appeal = Это пишет специалист звонка или старшая смены
error-appeal_dismissed = Отмечено как не обращение. Сначала верните в черновики.
error-appeal_registered = У обращения уже есть номер
error-not_answered_yet = Сначала ответьте на звонок
error-no_name = Нужны имя или фамилия
error-no_relation = Напишите, за кого
error-bad_birth_year = Проверьте год рождения
error-bad_day = Дата пишется так: 2026-11-24
error-bad_query = Нужны хотя бы две буквы или цифры
error-bad_filter = Центр не понял отбор. Проверьте условия.
