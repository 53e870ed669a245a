"""What the file says of itself, twice and alike: as XMP for archives, as an Info entry for old readers."""

import re
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

PRODUCER: Final = "Inkseal"
#: What XML cannot hold at all (XML 1.0, 2.2), and control characters, which a title has no use for.
_UNPRINTABLE: Final = re.compile("[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: ISO 19005-2, 6.6.2 and 6.6.4: a whole packet, in UTF-8, that names part and conformance level.
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{created}</xmp:CreateDate>
   <xmp:ModifyDate>{created}</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def one_line(title: str) -> str:
    """Return `title` as both places can say it: line ends and tabs as spaces, no other control characters."""
    return _UNPRINTABLE.sub(lambda match: " " if match[0].isspace() else "", title)


def xmp_packet(*, title: str, language: str, created: datetime) -> bytes:
    """Return the XMP packet. `title`: of one line (`one_line`). `created`: aware."""
    return _PACKET.format(
        title=escape(title),
        language=escape(language),
        created=created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        producer=PRODUCER,
    ).encode()


def pdf_date(moment: datetime) -> str:
    """Return an aware `moment` as ISO 32000-1, 7.9.4 writes it, in UTC."""
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
