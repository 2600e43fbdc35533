### Настройка тем обращений.

setup-topics = Темы
topics-note = По темам специалисты разбирают обращения. Тему не удаляют, а скрывают: новым обращениям её не предложат, а в прежних она останется.
topics-add-group = Новая группа
topics-add = Новая тема
topics-id = Код
topics-id-hint = Латинские буквы, цифры, дефис, подчёркивание; не меняется
topics-name = Название
topics-group = Группа
topics-says = Как об этом говорят
topics-says-hint = Через запятую. По этим словам тему находят в поиске.
topics-place = Место в списке
topics-place-hint = Чем меньше число, тем выше
topics-active = Предлагать специалистам
topics-hidden = скрыта
topics-no-says = слов пока нет
topics-none = В этой группе пока нет тем
error-bad_topic_id = Код: до 40 строчных латинских букв, цифр, дефисов и подчёркиваний
error-topic_id_taken = Этот код уже занят темой или группой
error-topic_tree_full = Больше 50 групп и 500 тем не бывает
error-no_such_topic_group = Такой группы тем нет
error-bad_says = Слов до 30, в каждом до 100 букв
error-bad_place = Место в списке: целое число от 1 до 10 000
error-bad_keep_days = Срок хранения: от 0 до 36 500 дней, 0 значит всегда
