"""Files that come with a paper. They arrive here already checked and re-encoded (`steps.pictures`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.casefile.files import file_mark
from folkmoot.casefile.models import Attachment, Paper


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: a picture without metadata, or plain text."""

    name: str
    media_type: str
    content: bytes


def hashes(files: Sequence[Upload]) -> list[str]:
    """Return the hash of each file, in order, as they stand in the paper's facts."""
    return [file_mark(file.name, file.media_type, file.content) for file in files]


def attach(paper: Paper, files: Sequence[Upload]) -> None:
    """Keep `files` with `paper`, in the same transaction."""
    Attachment.objects.bulk_create(
        Attachment(
            org_id=paper.org_id,
            paper=paper,
            number=number,
            name=file.name,
            media_type=file.media_type,
            content=file.content,
            hash=file_mark(file.name, file.media_type, file.content),
        )
        for number, file in enumerate(files, start=1)
    )
