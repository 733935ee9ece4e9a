"""What ssops says about state in PostgreSQL."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "schema-pattern.table": "{value} в '{field}' — не имя таблицы",
    "schema-pattern.table.hint": "имя — не больше 63 латинских букв, цифр и подчёркиваний, первой не идёт цифра; перед ним можно написать схему и точку, например {example}",
    "schema-pattern.host": "{value} в '{field}' — не имя хоста",
    "schema-pattern.host.hint": "напишите только хост, например {example}; для порта и базы данных есть свои поля, а паролю место в SSOPS_POSTGRES_DSN или PGPASSWORD",
    "postgres.package": "чтобы хранить состояние в PostgreSQL, нужен пакет, который не установлен",
    "postgres.package.hint": "установите его: pip install 'ssops[postgres]'",
    "postgres.dsn": "в {variable} — не строка подключения к PostgreSQL",
    "postgres.dsn.hint": "запишите в {variable} строку вида postgresql://USER:PASSWORD@HOST:PORT/DATABASE; знаки %, @, :, / и ? в пароле пишутся как %25, %40, %3A, %2F и %3F",
    "postgres.unreachable": "не удаётся подключиться к хранилищу состояния, база данных '{place}': {why}",
    "postgres.unreachable.hint": "проверьте 'host', 'port', 'dbname', 'user' и 'sslmode' в разделе 'state' файла ssops.yaml и в SSOPS_POSTGRES_DSN, а также что сервер работает и пускает этот компьютер",
    "postgres.no_password.hint": "задайте пароль в PGPASSWORD или всю строку подключения в SSOPS_POSTGRES_DSN",
    "postgres.password.hint": "проверьте, что пароль в PGPASSWORD или SSOPS_POSTGRES_DSN принадлежит этому пользователю и что такая база данных есть",
    "postgres.late": "хранилище состояния, база данных '{place}', не ответило за {seconds} с",
    "postgres.late.hint": "запустите команду снова; если не поможет, посмотрите в pg_stat_activity, кто держит блокировку на '{table}', и проверьте сеть",
    "postgres.cancelled": "хранилище состояния, база данных '{place}', прервало запрос: он длился дольше, чем разрешает сервер",
    "postgres.lost": "соединение с хранилищем состояния, база данных '{place}', рвётся снова и снова",
    "postgres.forbidden": "у этого пользователя базы данных нет нужного права на таблицу '{table}' хранилища состояния, база данных '{place}'",
    "postgres.forbidden.hint": "для плана нужно SELECT на {table}, для применения — ещё INSERT, UPDATE и DELETE, а для самой первой записи — CREATE на схему, если таблицу не создаст владелец базы",
    "postgres.read_only": "хранилище состояния, база данных '{place}', сейчас не принимает записи: это реплика или база только для чтения",
    "postgres.read_only.hint": "укажите в 'host' мастер или все хосты через запятую — тогда мастер найдётся сам; управляемая база становится доступной только для чтения и тогда, когда на диске кончилось место",
    "postgres.full": "на диске хранилища состояния, база данных '{place}', нет места",
    "postgres.full.hint": "из записанного ничего не потеряно; освободите место на сервере базы данных и запустите команду снова",
    "postgres.no_schema": "в хранилище состояния, база данных '{place}', нет схемы для таблицы '{table}'",
    "postgres.no_schema.hint": "создайте её (CREATE SCHEMA) или исправьте 'table' в разделе 'state' файла ssops.yaml",
    "postgres.shape": "таблицу '{table}' хранилища состояния, база данных '{place}', создал не ssops",
    "postgres.shape.hint": "укажите другую в 'table' в разделе 'state' файла ssops.yaml: ssops создаст её при первой записи",
    "postgres.refused": "хранилище состояния, база данных '{place}', отказало (SQLSTATE {code}): {said}",
    "postgres.refused.hint": "из записанного ничего не потеряно; спросите того, кто ведёт базу данных, что это значит, и запустите команду снова",
}
