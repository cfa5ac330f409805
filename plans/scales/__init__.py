"""Questionnaires for private check-ins: what they measure is here, their words are the operator's to supply."""
