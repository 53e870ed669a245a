"""The only way in and out of the author's columns: sealed ones pass through the vault, plain ones do not."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import models

from inkseal import vault
from inkseal.contracts.enums import PictureKind
from inkseal.contracts.fields import BY_NAME, FIELDS, Field, Table
from inkseal.contracts.models import SigningStep
from inkseal.contracts.models.signing import SigningColumns, SigningExtraColumns

#: Picture lists and the sealed file: JSON texts that are sealed whole (C1.7).
FILE_COLUMNS: Final = ("signed_contract_en", "sealed_contract_en", "card_images_en", "guarder_card_images_en")
PICTURE_COLUMN: Final = {
    PictureKind.SIGNED: "signed_contract_en",
    PictureKind.CARD: "card_images_en",
    PictureKind.GUARDIAN_CARD: "guarder_card_images_en",
}
_NUMBERS: Final = (models.SmallIntegerField, models.IntegerField)


class AuthorRows:
    """A main row and its extension, of one author: reads and writes fields by their form names."""

    def __init__(self, main: SigningColumns, extra: SigningExtraColumns, step: SigningStep | None) -> None:
        self.main = main
        self.extra = extra
        self.step = step
        self.subject = vault.author_subject(main.author_id)

    def read(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """Return the opened values of the named fields (all by default); what was never written is ''."""
        fields = FIELDS if names is None else [BY_NAME[name] for name in names]
        return {field.name: self._read(field) for field in fields}

    def write(self, values: Mapping[str, str]) -> None:
        """Set tidied values by field name; the rows are not saved here."""
        for name, value in values.items():
            self._write(BY_NAME[name], value)

    def read_text(self, column: str) -> str:
        """Return the opened text of a sealed column of the extension."""
        token = getattr(self.extra, column)
        return vault.open_sealed(self.subject, self.extra._meta.db_table, column, token) if token else ""

    def write_text(self, column: str, text: str) -> None:
        """Seal `text` into a column of the extension; '' empties it."""
        table = self.extra._meta.db_table
        setattr(self.extra, column, vault.seal(self.subject, table, column, text) if text else None)

    def copy_from(self, other: "AuthorRows") -> None:
        """Take over every value of another copy, sealed anew for this table (a token fits one table only)."""
        for field in (*self.main._meta.concrete_fields, *self.extra._meta.concrete_fields):
            if field.attname in _OWN or field.attname.endswith("_en"):
                continue
            row, source = (self.main, other.main) if field.model is type(self.main) else (self.extra, other.extra)
            setattr(row, field.attname, getattr(source, field.attname))
        self.write({name: value for name, value in other.read().items() if BY_NAME[name].sealed})
        for column in FILE_COLUMNS:
            if column != "sealed_contract_en":
                self.write_text(column, other.read_text(column))

    def save(self) -> None:
        """Write the rows."""
        self.main.save()
        self.extra.save()

    def _row(self, field: Field) -> models.Model | None:
        return {Table.MAIN: self.main, Table.EXTRA: self.extra, Table.STEP: self.step}[field.table]

    def _read(self, field: Field) -> str:
        row = self._row(field)
        value = None if row is None else getattr(row, field.column)
        if value is None:
            return ""
        if field.sealed:
            return vault.open_sealed(self.subject, row._meta.db_table, field.column, value) if row else ""
        return str(value)

    def _write(self, field: Field, value: str) -> None:
        row = self._row(field)
        if row is None:
            return
        column = row._meta.get_field(field.column)
        if field.sealed:
            stored: str | int | None = (
                vault.seal(self.subject, row._meta.db_table, field.column, value) if value else None
            )
        elif isinstance(column, _NUMBERS):
            stored = int(value) if value else (None if column.null else 0)
        else:
            stored = value or (None if column.null else "")
        setattr(row, field.column, stored)


#: Columns that belong to one copy: its keys, its place in the workflow, its own times.
_OWN: Final = frozenset({"id", "review", "updated_at", "created_at"})
