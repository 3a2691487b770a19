from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casefile", "0004_what_the_queue_walks")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["by", "at"], name="events_by_whom"),
        ),
    ]
