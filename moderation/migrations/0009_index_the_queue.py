from django.db import migrations

# CROSS JOIN makes SQLite begin with the comments, of which few are held.
FILL = {
    "sqlite": """
        INSERT INTO moderation_search_held (rowid, words)
        SELECT s.rowid, s.words FROM comments_comment c CROSS JOIN moderation_search s
        ON s.rowid = c.id WHERE c.status = 'held'
    """,
    "postgresql": """
        INSERT INTO moderation_search_held (comment_id, words)
        SELECT s.comment_id, s.words FROM comments_comment c JOIN moderation_search s
        ON s.comment_id = c.id WHERE c.status = 'held'
    """,
}


def fill(apps, schema_editor):
    schema_editor.execute(FILL[schema_editor.connection.vendor])


def empty(apps, schema_editor):
    schema_editor.execute("DELETE FROM moderation_search_held")


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0008_saved_views_and_queue_index'),
        ('comments', '0004_comment_standing'),
    ]

    operations = [
        migrations.RunPython(fill, empty),
    ]
