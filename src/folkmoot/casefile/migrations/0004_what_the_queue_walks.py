import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0003_for_very_many_posts"),
        ("casefile", "0003_what_was_sought"),
        ("editions", "0002_whole_procedure"),
        ("members", "0002_whole_procedure"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="cases_by_due",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["org", "urgent", "due_at", "id", "stage", "platform", "claimed_by", "lane"],
                name="cases_most_urgent_first",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["org", "stage", "urgent", "due_at", "id", "platform", "claimed_by", "lane"],
                name="cases_to_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["org", "stage", "-id"], name="cases_by_stage"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("reports__gt", 1)), fields=["org", "stage"], name="cases_reported_again"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("met_at__isnull", False)), fields=["org", "met_at"], name="duties_by_answer"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)), fields=["org", "owed", "case"], name="duties_still_owed"
            ),
        ),
        migrations.AddIndex(
            model_name="papertext",
            index=models.Index(
                models.F("org"),
                django.db.models.functions.text.Upper("text"),
                condition=models.Q(("field", "email")),
                name="texts_by_address",
            ),
        ),
    ]
