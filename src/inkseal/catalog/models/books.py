"""Books and authors (book_novelsxx, authorxx), and how an author is reached."""

from enum import IntEnum, unique

from django.db import models

from inkseal.catalog.columns import TinyIntegerField


@unique
class BookKind(IntEnum):
    """What a book is; only the first two are signed here and count for the rename lock (AMB-20)."""

    ORIGINAL = 1
    FANFIC = 2
    TRANSLATION = 3
    COMIC = 4


class Author(models.Model):
    """One author. His row is the first lock of every contract transition (contracts-2, C3.9)."""

    id = models.BigIntegerField(primary_key=True, db_column="cauthorid")
    pen_name = models.CharField(max_length=128, db_column="authorname")
    guid = models.BigIntegerField(null=True, blank=True)
    #: Set for good when the author's first book is signed (AMB-26).
    contracted = models.BooleanField(default=False)

    class Meta:
        db_table = "author"


class AuthorAccount(models.Model):
    """How an author signs in and reads: the address is sealed, found by its blind index only."""

    author = models.OneToOneField(Author, models.CASCADE, primary_key=True, db_column="cauthorid")
    email_sealed = models.CharField(max_length=600, db_column="email_en")
    language = models.CharField(max_length=10, default="en")

    class Meta:
        db_table = "author_account"


class Book(models.Model):
    """One book; `signtype` 249 means signed through the overseas online contract."""

    id = models.BigIntegerField(primary_key=True, db_column="CBID")
    author = models.ForeignKey(Author, models.PROTECT, db_column="cauthorid", related_name="books")
    title = models.CharField(max_length=255)
    pen_name = models.CharField(max_length=128, db_column="authorname")
    kind = TinyIntegerField(default=BookKind.ORIGINAL)
    sign_type = models.IntegerField(default=0, db_column="signtype")
    split_type = models.IntegerField(default=0, db_column="splittype")
    signed_at = models.DateTimeField(null=True, blank=True, db_column="signtime")
    updated_at = models.DateTimeField(db_column="updatetime")
    channel = models.CharField(max_length=32, default="1", db_column="sexattr")
    category_id = models.IntegerField(default=0, db_column="categoryid")
    language = models.CharField(max_length=32, default="en")

    class Meta:
        db_table = "book_novels"
