from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casefile", "0007_what_was_done_last")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["case", "seq", "paper"], name="events_of_reports", condition=Q(step="file_report")
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["case", "seq"],
                name="events_of_last_words",
                condition=Q(step__in=["decide", "confirm_proposal", "decide_as_panel", "reconsider", "record_minute"]),
            ),
        ),
    ]
