import comments.legible
import comments.models
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0006_comment_looks_automated'),
    ]

    operations = [
        migrations.AlterField(
            model_name='comment',
            name='author_name',
            field=models.CharField(max_length=80, validators=[comments.models.validate_visible, comments.legible.validate_legible, comments.legible.validate_direction], verbose_name='Name'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='author_url',
            field=models.URLField(blank=True, validators=[django.core.validators.URLValidator(['http', 'https']), comments.legible.validate_direction], verbose_name='Website'),
        ),
        migrations.AlterField(
            model_name='comment',
            name='text',
            field=models.TextField(max_length=5000, validators=[django.core.validators.MinLengthValidator(2), comments.models.validate_visible, comments.legible.validate_legible, comments.legible.validate_links], verbose_name='Comment'),
        ),
    ]
