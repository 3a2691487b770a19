from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0006_assess_afresh"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="toassess",
            index=models.Index(fields=["platform", "-id"], name="to_assess_of_a_place"),
        ),
    ]
