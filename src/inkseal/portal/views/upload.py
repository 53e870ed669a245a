"""Pictures of signed pages and documents: one or many at a time; those that are refused are named, the others kept."""

from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from inkseal.contracts.enums import PictureKind
from inkseal.contracts.errors import FieldFaultsError, NotYoursError
from inkseal.contracts.upload_picture import upload_picture
from inkseal.documents.intake import MAX_BYTES, PictureFault, PictureRefusedError
from inkseal.portal.author_request import AuthorRequest
from inkseal.portal.refused_pictures import Refused
from inkseal.portal.sentences import picture_sentence
from inkseal.portal.session import author_only
from inkseal.portal.views.pages import pages_answer


@require_POST
@author_only
def upload(request: AuthorRequest, book_id: int) -> HttpResponse:
    """Take the pictures in, one after another."""
    kind, sort = _place(request)
    place = str(kind) if kind is PictureKind.SIGNED else f"{kind}:{sort}"
    files = request.FILES.getlist("pictures")
    if not files:
        nothing = Refused("", place, gettext("Please choose a picture first."))
        return pages_answer(request, book_id, (nothing,), HTTPStatus.UNPROCESSABLE_ENTITY)
    sentences = [(file.name or "", _take(request, book_id, kind, sort, file)) for file in files]
    refused = tuple(Refused(name, place, sentence) for name, sentence in sentences if sentence)
    if refused:
        return pages_answer(request, book_id, refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:pages", book_id)


def _take(request: AuthorRequest, book_id: int, kind: PictureKind, sort: int, file: "UploadedFile[bytes]") -> str:
    """Store one picture; return what is wrong with it, or ''."""
    if (file.size or 0) > MAX_BYTES:
        return picture_sentence(PictureFault.TOO_MANY_BYTES)
    try:
        upload_picture(book_id, kind, file.read(), sort=sort, actor=request.actor, now=request.now)
    except PictureRefusedError as error:
        return picture_sentence(error.fault)
    except FieldFaultsError:
        return gettext("There are too many pictures. Please take out those you do not need.")
    return ""


def _place(request: AuthorRequest) -> tuple[PictureKind, int]:
    """Return what the pictures show; only a form of ours names it, so anything else is answered as unknown."""
    kind, sort = request.POST.get("kind", ""), request.POST.get("sort", "0")
    if kind not in set(PictureKind) or sort not in {"0", "1", "2", "3"}:
        raise NotYoursError
    if (kind == PictureKind.SIGNED) != (sort == "0"):
        raise NotYoursError
    return PictureKind(kind), int(sort)
