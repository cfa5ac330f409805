"""Which columns hold a text in each language."""

from modeltranslation.translator import TranslationOptions, translator

from library import models

TEXTS = {
    models.Domain: ("name", "summary"),
    models.Mechanism: ("name", "one_line", "grade_reason", "does_not_apply_to", "try_it", "editors_record"),
    models.Claim: ("text",),
    models.Caveat: ("text",),
    models.Relation: ("why",),
    models.Phase: ("span", "text"),
    models.Citation: ("finding",),
    models.ExerciseType: ("name", "one_line", "headline", "examples", "dose_note"),
    models.TypeCaution: ("text",),
    models.MetValue: ("label",),
    models.ComparisonNote: ("text",),
    models.Need: ("name", "first_person", "action_title", "first_ten_minutes", "do_not_say", "product_rule"),
    models.NeedType: ("why",),
    models.NeedMechanism: ("why",),
    models.RedFlag: ("text",),
    models.HelpRegion: ("name",),
    models.HelpLine: ("name", "hours", "note"),
    models.SafetyText: ("text",),
}

for model, fields in TEXTS.items():
    translator.register(model, type(f"{model.__name__}Texts", (TranslationOptions,), {"fields": fields}))
