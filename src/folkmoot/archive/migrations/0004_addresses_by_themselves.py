import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_for_very_many_posts")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                models.F("org"), django.db.models.functions.text.Upper("address"), name="contacts_by_address"
            ),
        ),
    ]
