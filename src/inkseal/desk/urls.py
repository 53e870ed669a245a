"""Addresses of the desk, below /desk/."""

from typing import Final

from django.urls import path

from inkseal.desk.views.audit import audit_page
from inkseal.desk.views.contract import contract_page, peek
from inkseal.desk.views.files import document_file, page_image, picture_file
from inkseal.desk.views.propose import propose_page
from inkseal.desk.views.queue import queue_page
from inkseal.desk.views.reveal import reveal_digits
from inkseal.desk.views.sign_in import sign_in
from inkseal.desk.views.sign_out import sign_out
from inkseal.desk.views.submit import submit_page

app_name: Final = "desk"
urlpatterns: Final = [
    path("", queue_page, name="queue"),
    path("sign-in", sign_in, name="sign-in"),
    path("sign-out", sign_out, name="sign-out"),
    path("contracts/<int:book_id>", contract_page, name="contract"),
    path("contracts/<int:book_id>/peek", peek, name="peek"),
    path("contracts/<int:book_id>/propose", propose_page, name="propose"),
    path("contracts/<int:book_id>/submit", submit_page, name="submit"),
    path("contracts/<int:book_id>/audit", audit_page, name="audit"),
    path("contracts/<int:book_id>/reveal", reveal_digits, name="reveal"),
    path("contracts/<int:book_id>/pages/<int:page>/<str:size>.png", page_image, name="page"),
    path("contracts/<int:book_id>/pictures/<int:file_id>.jpg", picture_file, name="picture"),
    path("contracts/<int:book_id>/files/<str:kind>.pdf", document_file, name="file"),
]
