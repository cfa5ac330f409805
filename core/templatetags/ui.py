"""Template tags of the design system. Built in: no `{% load %}` needed."""

from django import template

register = template.Library()
