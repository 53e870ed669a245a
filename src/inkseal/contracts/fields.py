"""Every field an author fills in, once: its page, its column, whether it is sealed, and how it is checked (C5.6)."""

from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final

from inkseal.contracts.enums import Page


@unique
class Table(StrEnum):
    """Where a field is kept."""

    MAIN = "main"
    EXTRA = "extra"
    STEP = "step"


@unique
class Kind(StrEnum):
    """How a value is checked."""

    TEXT = "text"
    DATE = "date"
    DIALLING_CODE = "dialling_code"
    PHONE = "phone"
    EMAIL = "email"
    COUNTRY = "country"
    SWIFT = "swift"
    DOCUMENT_NUMBER = "document_number"
    CARD_TYPE = "card_type"
    SEX = "sex"
    YES_NO = "yes_no"


@unique
class Group(StrEnum):
    """Headings of the forms."""

    DECLARATION = "declaration"
    PERSON = "person"
    CONTACT = "contact"
    EMERGENCY = "emergency"
    BANK = "bank"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `column` is the model attribute; sealed columns end in `_en` in the database."""

    name: str
    page: Page
    group: Group
    table: Table
    column: str
    kind: Kind = Kind.TEXT
    required: bool = False
    #: Plain characters; sealed columns are wide enough for four bytes each at these limits.
    max_length: int = 100
    #: Stands in the printed contract, so it needs glyphs and belongs to the content hash.
    printed: bool = False
    minors_only: bool = False

    @property
    def sealed(self) -> bool:
        """Whether the column holds a token of the vault."""
        return self.column.endswith("_en")


B, F = Page.BASIC, Page.INFORMATION
M, X, S = Table.MAIN, Table.EXTRA, Table.STEP
G, K = Group, Kind

FIELDS: Final[tuple[Field, ...]] = (
    Field("nationality", B, G.DECLARATION, X, "nationality", K.COUNTRY, required=True, max_length=2, printed=True),
    Field("birthday", B, G.DECLARATION, M, "birthday_en", K.DATE, required=True, max_length=10, printed=True),
    Field("is_alone", B, G.DECLARATION, S, "is_alone", K.YES_NO, required=True),
    Field("is_all_copyright", B, G.DECLARATION, S, "is_all_copyright", K.YES_NO, required=True),
    Field("is_exclusive_sign", B, G.DECLARATION, S, "is_exclusive", K.YES_NO, required=True),
    Field("is_guarder_agreen", B, G.DECLARATION, S, "guardian_agrees", K.YES_NO, required=True, minors_only=True),
    Field("realname", F, G.PERSON, M, "realname_en", required=True, max_length=80, printed=True),
    Field("sex", F, G.PERSON, M, "sex", K.SEX),
    Field("cardtype", F, G.PERSON, M, "cardtype", K.CARD_TYPE, required=True, printed=True),
    Field("cardid", F, G.PERSON, M, "cardid_en", K.DOCUMENT_NUMBER, required=True, max_length=64, printed=True),
    Field("job", F, G.PERSON, X, "job"),
    Field("email", F, G.CONTACT, M, "email_en", K.EMAIL, required=True, max_length=100, printed=True),
    Field("telpre", F, G.CONTACT, M, "telpre", K.DIALLING_CODE, required=True, max_length=5, printed=True),
    Field("mobile", F, G.CONTACT, M, "mobile_en", K.PHONE, required=True, max_length=15, printed=True),
    Field("address", F, G.CONTACT, M, "address_en", required=True, max_length=300, printed=True),
    Field("zipcode", F, G.CONTACT, M, "zipcode", max_length=20),
    Field("phone", F, G.CONTACT, M, "phone_en", K.PHONE, max_length=15),
    Field("whatsapp", F, G.CONTACT, X, "whatsapp_en", max_length=30),
    Field("wechat", F, G.CONTACT, M, "wechat_en", max_length=30),
    Field("line", F, G.CONTACT, X, "line_en", max_length=30),
    Field("discord", F, G.CONTACT, X, "discord_en", max_length=30),
    Field("skype", F, G.CONTACT, X, "skype_en", max_length=30),
    Field("facebook_message", F, G.CONTACT, X, "facebook_message_en", max_length=30),
    Field("qq", F, G.CONTACT, M, "qq_en", max_length=30),
    Field("contactname", F, G.EMERGENCY, M, "contactname_en", max_length=80),
    Field("contacttelpre", F, G.EMERGENCY, M, "contacttelpre", K.DIALLING_CODE, max_length=5),
    Field("contactmobile", F, G.EMERGENCY, M, "contactmobile_en", K.PHONE, max_length=15),
    Field("contact_email", F, G.EMERGENCY, X, "contact_email_en", K.EMAIL, max_length=100),
    Field("bank_openname", F, G.BANK, M, "bank_openname_en", required=True, max_length=80, printed=True),
    Field("bank_account", F, G.BANK, M, "bank_account_en", required=True, max_length=40, printed=True),
    Field("bank", F, G.BANK, M, "bank", required=True, max_length=255, printed=True),
    Field("bank_info", F, G.BANK, M, "bank_info", max_length=255, printed=True),
    Field("bank_address", F, G.BANK, X, "bank_address", max_length=255, printed=True),
    Field("country", F, G.BANK, X, "country_abbreviation", K.COUNTRY, required=True, max_length=2, printed=True),
    Field("swiftcode", F, G.BANK, X, "swiftcode", K.SWIFT, required=True, max_length=11, printed=True),
    Field("user_address", F, G.BANK, X, "user_address_en", max_length=300, printed=True),
    Field("keeper_cardid", F, G.GUARDIAN, M, "keeper_cardid_en", K.DOCUMENT_NUMBER, required=True,
          max_length=64, printed=True, minors_only=True),
    Field("guarder_card_type", F, G.GUARDIAN, X, "guarder_card_type", K.CARD_TYPE, required=True,
          printed=True, minors_only=True),
    Field("guardian_email", F, G.GUARDIAN, X, "guardian_email_en", K.EMAIL, required=True,
          max_length=100, minors_only=True),
)  # fmt: skip

BY_NAME: Final = MappingProxyType({field.name: field for field in FIELDS})


def fields_of(page: Page, *, minor: bool) -> tuple[Field, ...]:
    """Return the fields of one form; those of a guardian only for a minor."""
    return tuple(field for field in FIELDS if field.page is page and (minor or not field.minors_only))
