from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0004_what_the_queue_walks"),
        ("members", "0003_api"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="duty",
            name="duties_still_owed",
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True)), fields=["owed", "case"], name="duties_not_met"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("met_at__isnull", True), ("lapsed_at__isnull", False)),
                fields=["org", "case"],
                name="duties_handed_over",
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("kind", "interest")), fields=["org", "by"], name="papers_of_interest"
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("kind", "report")), fields=["org", "by"], name="papers_of_reporters"
            ),
        ),
    ]
