"""Files that come in or go out: what they truly are, what they say and what they hide.

identity = identify(data, name)
if (refusal := refused(identity)) is None:
    traces = hidden(data, identity.kind)
    passages = shown(data, identity.kind)
    copy = clean(data, identity.kind)
"""

from __future__ import annotations

from gongkai.screening.files.identifying import identify
from gongkai.screening.files.inspection import clean, hidden
from gongkai.screening.files.kinds import Identity, Kind, refused
from gongkai.screening.files.reading import Passage, shown
from gongkai.screening.files.refusal import Refusal, RefusalCode, UnsafeFileError
from gongkai.screening.files.trace import Cleaned, Place, Trace
from gongkai.screening.files.words import KeptCode, TraceCode
from gongkai.screening.files.zips import Member, safe_members

__all__ = [
    "Cleaned",
    "Identity",
    "KeptCode",
    "Kind",
    "Member",
    "Passage",
    "Place",
    "Refusal",
    "RefusalCode",
    "Trace",
    "TraceCode",
    "UnsafeFileError",
    "clean",
    "hidden",
    "identify",
    "refused",
    "safe_members",
    "shown",
]
