from django.db import migrations

# Each database's own full-text index; moderation.search alone reads and writes it.
CREATE = {
    # Words come as they are to be found: nothing is folded or split any more.
    "sqlite": [
        "CREATE VIRTUAL TABLE moderation_search USING fts5(words, detail=none, tokenize=ascii)",
    ],
    "postgresql": [
        "CREATE TABLE moderation_search (comment_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX moderation_search_words ON moderation_search USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE moderation_search")


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
