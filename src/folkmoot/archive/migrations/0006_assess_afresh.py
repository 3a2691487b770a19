from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0005_assessments"),
    ]

    operations = [
        migrations.AddField(
            model_name="toassess",
            name="afresh",
            field=models.BooleanField(default=False),
        ),
    ]
