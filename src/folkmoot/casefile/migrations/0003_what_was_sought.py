import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def ask_for_those_that_stand(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the worker look what hangs together with each removal that stands already."""
    using = editor.connection.alias
    cases = apps.get_model("casefile", "Case").objects.using(using)
    gone = cases.filter(outcome__in=["remove", "reject"], standing=True, post__isnull=False)
    gone = gone.exclude(stage__in=["received", "second_look"])
    sought = apps.get_model("casefile", "Sought")
    sought.objects.using(using).bulk_create(
        (sought(org_id=case.org_id, root_id=case.pk, asked_at=case.opened_at) for case in gone.iterator()),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0002_whole_procedure"),
        ("members", "0002_whole_procedure"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(null=True)),
                ("posts", models.JSONField(default=list)),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.organisation"
                    ),
                ),
                (
                    "root",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sought", to="casefile.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("found_at", None)), fields=["asked_at"], name="sought_not_yet")
                ],
            },
        ),
        migrations.RunPython(ask_for_those_that_stand, migrations.RunPython.noop),
    ]
