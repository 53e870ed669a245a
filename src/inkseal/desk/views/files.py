"""Pictures and PDFs of one contract, inline, from our own bytes only; signing editors alone (C5.3, ED5)."""

from types import MappingProxyType
from typing import Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from inkseal.contracts import files
from inkseal.contracts.access import acting_as
from inkseal.core.actor import Role
from inkseal.desk.access import staff_only
from inkseal.desk.desk_request import DeskRequest
from inkseal.documents.render import PageNotThereError, render_page

#: Pixels per inch by the name in the address; no other size is made.
SIZES: Final = MappingProxyType({"thumb": 24, "view": 110, "zoom": 200})
READERS: Final = MappingProxyType({"print": files.read_print, "signed": files.read_signed, "sealed": files.read_sealed})


@require_safe
@staff_only
def page_image(request: DeskRequest, book_id: int, page: int, size: str) -> HttpResponse:
    """Show one page of the print that the author got."""
    actor = acting_as(request.staff, Role.SIGNING_EDITOR)
    if size not in SIZES:
        raise Http404
    pdf = files.read_print(book_id, actor=actor)
    try:
        content = render_page(pdf, page, dpi=SIZES[size])
    except PageNotThereError as err:
        raise Http404 from err
    return HttpResponse(content, content_type="image/png")


@require_safe
@staff_only
def picture_file(request: DeskRequest, book_id: int, file_id: int) -> HttpResponse:
    """Show one picture that the author uploaded, as it was re-encoded at intake."""
    actor = acting_as(request.staff, Role.SIGNING_EDITOR)
    return HttpResponse(files.read_picture(book_id, file_id, actor=actor), content_type="image/jpeg")


@require_safe
@staff_only
def document_file(request: DeskRequest, book_id: int, kind: str) -> HttpResponse:
    """Hand out the print, the signed or the sealed file."""
    actor = acting_as(request.staff, Role.SIGNING_EDITOR)
    if kind not in READERS:
        raise Http404
    response = HttpResponse(READERS[kind](book_id, actor=actor), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{book_id}-{kind}.pdf"'
    return response
