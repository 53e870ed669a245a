"""Takes one file from a stranger into memory: nothing reaches the disk, and reading ends at the limit."""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

#: Larger than any contract; the same limit as documents.validate.
LARGEST_BYTES: Final = 50_000_000
#: Beyond this the rest of a request is not even read to be thrown away.
HOPELESS_BYTES: Final = 2 * LARGEST_BYTES


class MemoryIntake(FileUploadHandler):
    """Keeps one upload in memory and remembers when it was too large."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.parts: list[bytes] = []
        self.size_bytes = 0
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        """Keep one part, or stop at the limit."""
        self.size_bytes += len(raw_data)
        if self.size_bytes > LARGEST_BYTES:
            self.too_large = True
            self.parts.clear()
            raise StopUpload(connection_reset=False)
        self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """Return the file."""
        content = BytesIO(b"".join(self.parts))
        return InMemoryUploadedFile(
            content, self.field_name, str(self.file_name), self.content_type, file_size, self.charset
        )


def declared_bytes(request: HttpRequest) -> int:
    """Return the length that the request says it has; 0 when it says none."""
    text = request.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else 0
