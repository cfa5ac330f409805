"""Which columns hold a text in each language."""

from modeltranslation.translator import TranslationOptions, translator

from plans import models

TEXTS = {
    models.PlanTemplate: ("title", "goal", "audience", "progression_rule", "gap_rule", "evidence_note"),
    models.Contraindication: ("text",),
    models.Week: ("focus",),
    models.Session: ("title", "instruction", "floor"),
}

for model, fields in TEXTS.items():
    translator.register(model, type(f"{model.__name__}Texts", (TranslationOptions,), {"fields": fields}))
