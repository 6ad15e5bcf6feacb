"""Databases: statements and tools that lose data."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

import re

from shellper.safety.rules.conditions import (
    ALWAYS,
    CAUTION,
    CODE_TAKERS,
    DESTRUCTIVE,
    FORBIDDEN,
    Condition,
    Context,
    any_word,
    matching,
    operands,
    opt,
    rule,
    text_matches,
    verb,
)

_SQL = "mysql psql sqlite3 sqlcmd sqlplus pgcli mycli litecli duckdb clickhouse-client clickhouse cqlsh isql bq snowsql cockroach impala-shell hive beeline presto trino usql mssql-cli"
_LOSING = (
    r"\bdrop\s+(database|schema|table|user|role|index|view|keyspace|column|owned|tablespace|function|collection|if)\b"
    r"|\btruncate\s+(table\s+)?\w|\bdelete\s+from\b|\balter\s+table\b[^;]{1,1000}\b(?:drop|delete\s+where)\b|\bupdate\s+\S+\s+set\b"
)

_DYNAMIC = re.compile(
    r"\b(execute|prepare|exec|do|call|query_to_xml|dblink\w*|perform|(group_)?concat(_ws)?|format|printf)\b|\|\||\$\$|/\*!",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"(?:\A|;)\s*explain\b(?!\s*\(?[^;]{0,80}\banaly[sz]e\b)[^;]*", re.IGNORECASE)
"""A statement of which only the plan is shown."""
_LITERAL = r"\"(?:[^\"]|\"\")*\"|/\*.*?(?:\*/|\Z)|--(?=\s|$)[^\n]*"
_READINGS = (
    re.compile(r"'(?:[^']|'')*'|" + _LITERAL, re.DOTALL),
    re.compile(r"'(?:[^'\\]|''|\\.)*'|" + _LITERAL, re.DOTALL),
)
"""String literals and comments: as the standard has them, and as MySQL has them, where a backslash escapes."""


def _losing_statement() -> Condition:
    """A statement that loses data, in an argument or in what is piped in; words in literals and comments are none.

    Where a literal can be run, or a statement be put together from literals, they count too.
    """
    losing = re.compile(_LOSING, re.IGNORECASE | re.DOTALL)

    def loses(text: str) -> bool:
        text = _EXPLAINED.sub(";", text)
        if not losing.search(text) or _DYNAMIC.search(text):
            return bool(losing.search(text))
        return any(losing.search(literal.sub("''", text)) for literal in _READINGS)

    return Condition(lambda context: any(loses(text) for text in context.texts))


def _redis_texts(context: Context) -> list[str]:
    """What redis is told to do; patterns to look for, and the commands that it is asked about, are none of it."""
    call = context.call
    asks = any(word.plain.lower() in ("command", "help") for word in call.operands[:1])
    patterns = {word.plain for word in call.option_values("--pattern", "--quoted-pattern")}
    told = [] if asks else [word.plain for word in call.args if word.plain not in patterns]
    return told + list(call.stdin.texts)


_REDIS_LOSING = re.compile(r"\b(flushall|flushdb|shutdown|del|unlink|debug)\b", re.IGNORECASE)
_REDIS_LOSES = Condition(lambda c: any(_REDIS_LOSING.search(text) for text in _redis_texts(c)))

_CODE_LOSES = r"\b(?:execute\w*|query|exec|run|prepare|do)\s*\(\s*[\"'`]+\s*(?:drop|truncate|delete\s+from)\b"
_HOSTED = "npx bunx pnpx wrangler turso pscale supabase neonctl d1 prisma"

# fmt: off
RULES = [
    rule(CODE_TAKERS, text_matches(_CODE_LOSES), DESTRUCTIVE, "removes or changes data in a database"),
    rule(_HOSTED, _losing_statement(), DESTRUCTIVE, "removes or changes data in a database"),
    rule("wp", verb("db", "reset|drop|clean") | verb("site", "empty|delete"), DESTRUCTIVE, "removes data in a database"),
    rule(_SQL, _losing_statement(), DESTRUCTIVE, "removes or changes data in a database"),
    rule("dropdb dropuser pg_dropcluster", operands(1), DESTRUCTIVE, "removes a database or its users"),
    rule("mysqladmin", verb("drop|flush-hosts|shutdown") | any_word("drop", "shutdown"), DESTRUCTIVE, "removes a database"),
    rule("pg_restore", opt("-c", "--clean"), DESTRUCTIVE, "removes data before it restores"),
    rule("pg_resetwal pg_resetxlog", ALWAYS, DESTRUCTIVE, "can lose data"),
    rule("mongorestore", opt("--drop"), DESTRUCTIVE, "removes data before it restores"),
    rule("mongo mongosh", text_matches(r"dropDatabase|\.drop\(|\.dropAll|\.remove\(|delete(Many|One)\(|dropCollection|dropUser|shutdownServer"), DESTRUCTIVE, "removes data in a database"),
    rule("redis-cli valkey-cli keydb-cli", _REDIS_LOSES, DESTRUCTIVE, "removes data in a database"),
    rule("memcflush memcrm", ALWAYS, DESTRUCTIVE, "empties the cache"),
    rule("nc ncat telnet", text_matches(r"\b(flush_all|flushall)\b"), DESTRUCTIVE, "empties a cache"),
    rule("etcdctl", verb("del") & opt("--from-key", "--prefix"), FORBIDDEN, "removes all data"),
    rule("etcdctl", verb("del|rm|rmdir") | verb("member", "remove"), DESTRUCTIVE, "removes data"),
    rule("consul", verb("kv", "delete") | verb("leave"), DESTRUCTIVE, "removes data"),
    rule("influx influxdb", text_matches(r"\bdrop\b|\bdelete\b"), DESTRUCTIVE, "removes data in a database"),
    rule("rabbitmqctl", verb("reset|force_reset|delete_queue|delete_vhost|delete_user|purge_queue|stop_app|stop"), DESTRUCTIVE, "removes queues"),
    rule("kafka-topics kafka-topics.sh", opt("--delete") | any_word("--delete"), DESTRUCTIVE, "removes topics"),
    rule("kafka-delete-records kafka-delete-records.sh", ALWAYS, DESTRUCTIVE, "removes topics"),
    rule("rails rake bundle", matching(r"db:(drop|reset|purge|schema:load|migrate:reset|rollback|truncate_all|setup)(:.*)?"), DESTRUCTIVE, "removes a database"),
    rule("php artisan", matching(r"migrate:(fresh|reset|refresh|rollback)|db:wipe"), DESTRUCTIVE, "removes data in a database"),
    rule("python manage.py django-admin uv poetry", any_word("flush", "reset_db", "sqlflush") , DESTRUCTIVE, "removes data in a database"),
    rule("alembic knex flyway liquibase sequelize prisma npx", any_word("downgrade", "clean", "db:drop", "drop-all", "dropAll") | verb("migrate", "reset") | verb("prisma", "migrate", "reset") | verb("migrate:rollback"), DESTRUCTIVE, "removes data in a database"),
    rule("mix", matching(r"ecto\.(drop|reset|rollback)"), DESTRUCTIVE, "removes a database"),
    rule("curl", matching(r"(https?://)?[^/]*:9200/.*") & any_word("DELETE", "-XDELETE"), DESTRUCTIVE, "removes an index"),
    rule("curl http", matching(r".*/_delete_by_query\b.*"), DESTRUCTIVE, "removes data in a database"),
    rule("sqlite3", text_matches(r"(?:^|\n)\s*\.restore\b"), DESTRUCTIVE, "replaces a database"),
    rule("dotnet", verb("ef", "database", "drop"), DESTRUCTIVE, "removes a database"),
    rule("typeorm npx", matching(r"schema:drop|migration:revert"), DESTRUCTIVE, "removes data in a database"),
    rule("flask", verb("db", "downgrade"), DESTRUCTIVE, "removes data in a database"),
    rule("cypher-shell", text_matches(r"\b(detach\s+)?delete\b|\bdrop\b"), DESTRUCTIVE, "removes data in a database"),
    rule("rabbitmqadmin", verb("delete|purge"), DESTRUCTIVE, "removes queues"),
    rule("nats", any_word("purge", "rm", "delete"), DESTRUCTIVE, "removes queues"),
    rule("celery", any_word("purge"), DESTRUCTIVE, "removes queues"),
    rule("zkCli.sh zkcli", text_matches(r"\b(delete|deleteall|rmr)\b"), DESTRUCTIVE, "removes data"),
    rule("memcached-tool", any_word("flush"), DESTRUCTIVE, "empties the cache"),
    rule("doveadm", any_word("expunge") | verb("mailbox", "delete"), DESTRUCTIVE, "removes mail"),
    rule("postsuper", opt("-d"), DESTRUCTIVE, "removes mail"),
    rule(_SQL + " mysqldump pg_dump mongodump mongo mongosh redis-cli pg_restore mysqlimport mongorestore createdb createuser", ~opt("--help", "--version", "-V"), CAUTION, "works on a database"),
]
# fmt: on
