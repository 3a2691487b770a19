import json

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def read_kinds(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Say of each case that is there already as what it was reported."""
    using = editor.connection.alias
    papers = apps.get_model("casefile", "Paper").objects.using(using).filter(kind="report").order_by("pk")
    kinds = apps.get_model("pinboard", "CaseKind").objects.using(using)
    batch = []
    for org, case, body in papers.values_list("org", "case", "body").iterator(chunk_size=2000):
        batch.append(kinds.model(org_id=org, case_id=case, kind=json.loads(bytes(body))["facts"]["kind"]))
        if len(batch) == 2000:
            kinds.bulk_create(batch, ignore_conflicts=True)
            batch = []
    kinds.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("pinboard", "0001_initial")]

    operations = [migrations.RunPython(read_kinds, migrations.RunPython.noop)]
