"""Files into rows: what a file of posts is, which column is what, and what each row says. Pure: no database."""

from folkmoot.archive.intake.columns import FIELDS, Columns, chosen, guessed, listed
from folkmoot.archive.intake.dates import Moment, moment
from folkmoot.archive.intake.formats import FORMATS, open_posts
from folkmoot.archive.intake.in_batches import Batch, Work, batches
from folkmoot.archive.intake.posts import Reading, SeenPost, posts_in
from folkmoot.archive.intake.read_ahead import ahead, read
from folkmoot.archive.intake.rows import MOST_RAW, NOT_UTF8, Reject, Row
from folkmoot.archive.intake.shape import Asked, Format, PostFile, Track, Undecided
from folkmoot.archive.intake.source import Source, opened, recognise, rows_of

__all__ = [
    "FIELDS",
    "FORMATS",
    "MOST_RAW",
    "NOT_UTF8",
    "Asked",
    "Batch",
    "Columns",
    "Format",
    "Moment",
    "PostFile",
    "Reading",
    "Reject",
    "Row",
    "SeenPost",
    "Source",
    "Track",
    "Undecided",
    "Work",
    "ahead",
    "batches",
    "chosen",
    "guessed",
    "listed",
    "moment",
    "open_posts",
    "opened",
    "posts_in",
    "read",
    "recognise",
    "rows_of",
]
