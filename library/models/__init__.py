"""What the library knows. Texts are in both languages in one row (see `library/translation.py`)."""

from library.models.evidence import Citation, EvidenceGrade, Horizon
from library.models.exercise import ComparisonNote, Emphasis, ExerciseType, MetValue, TypeCaution
from library.models.marks import Mark
from library.models.mechanisms import Caveat, Claim, Domain, Mechanism, Phase, Publication, Relation
from library.models.needs import Need, NeedMechanism, NeedType, RedFlag
from library.models.revisions import Revision
from library.models.safety import HelpLine, HelpRegion, SafetyText
from library.models.search import SearchDocument, SearchPosting, SearchWord

__all__ = [
    "Caveat",
    "Citation",
    "Claim",
    "ComparisonNote",
    "Domain",
    "Emphasis",
    "EvidenceGrade",
    "ExerciseType",
    "HelpLine",
    "HelpRegion",
    "Horizon",
    "Mark",
    "Mechanism",
    "MetValue",
    "Need",
    "NeedMechanism",
    "NeedType",
    "Phase",
    "Publication",
    "RedFlag",
    "Relation",
    "Revision",
    "SafetyText",
    "SearchDocument",
    "SearchPosting",
    "SearchWord",
    "TypeCaution",
]
