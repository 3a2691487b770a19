from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casefile", "0006_what_somebody_did_last")]

    operations = [
        # With whoever acted in front, SQLite took it where the case is known: all that somebody ever did.
        migrations.RemoveIndex(model_name="event", name="events_by_whom"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "by"], name="events_by_time"),
        ),
    ]
