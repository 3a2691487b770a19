from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casefile", "0005_whose_papers")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["by", "at"], name="events_by_whom"),
        ),
    ]
