from django.apps import AppConfig
from django.core.checks import Tags, register
from django.urls import register_converter

from core.converters import IsoDay
from core.deletion import check_what_goes_in_the_database


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        register_converter(IsoDay, "day")
        register(check_what_goes_in_the_database, Tags.models)
