"""From a device's word for a sport to a kind of exercise; a word that is not here is asked of the person."""

# Words as devices and sites write them, in small letters. Numbers are Strava's in GPX.
_WORDS = {
    "walking": ("walking", "walk", "hiking", "hike", "snowshoeing", "10"),
    "aerobic": (
        "running", "run", "jogging", "trail_running", "treadmill_running", "cycling", "biking", "ride", "bike",
        "swimming", "swim", "rowing", "inline_skating", "cross_country_skiing", "elliptical", "cardio", "1", "9",
    ),
    "strength": ("strength", "strength_training", "weight_training", "weighttraining"),
    "mindful": ("yoga", "pilates", "tai_chi", "meditation"),
}  # fmt: skip
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}


def kind_of(sport: object) -> str:
    """Return the slug of an exercise type, or nothing."""
    return _KINDS.get(str(sport).strip().lower().replace(" ", "_"), "")
