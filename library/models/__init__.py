"""What the library knows. Texts are in both languages in one row (see `library/translation.py`)."""

from library.models.evidence import Citation, EvidenceGrade
from library.models.exercise import Emphasis, ExerciseType, TypeCaution
from library.models.mechanisms import Caveat, Claim, Domain, Mechanism, Phase, Relation
from library.models.needs import Need, NeedMechanism, NeedType, RedFlag
from library.models.safety import HelpLine, HelpRegion, SafetyText

__all__ = [
    "Caveat",
    "Citation",
    "Claim",
    "Domain",
    "Emphasis",
    "EvidenceGrade",
    "ExerciseType",
    "HelpLine",
    "HelpRegion",
    "Mechanism",
    "Need",
    "NeedMechanism",
    "NeedType",
    "Phase",
    "RedFlag",
    "Relation",
    "SafetyText",
    "TypeCaution",
]
