"""The table of fingerprints, by which copies of a post are found among very many."""

from django.db import models

from folkmoot.members.models import Organisation


class WithinByNumber(models.Manager["Fingerprint"]):
    """Rows of one organisation, where the table holds no more than its number."""

    def within(self, org: Organisation) -> models.QuerySet["Fingerprint"]:
        """Return the rows that belong to `org`."""
        return self.filter(org=org.pk)


class Fingerprint(models.Model):
    """One of the few hashes that a post's words have (`procedure.cascade.prints`).

    It is worked out from the words and can be made again at any time; the database does not tie it to its post, for
    that would cost more than all else about it.
    """

    pk = models.CompositePrimaryKey("org", "shelf", "hash", "post")
    org = models.BigIntegerField(db_column="org_id")
    shelf = models.IntegerField()  # `shelves.shelf_of` the post
    hash = models.IntegerField()
    post = models.BigIntegerField(db_column="post_id")

    objects = WithinByNumber()
