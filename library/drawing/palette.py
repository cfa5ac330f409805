"""The light colours of static/css/tokens.css, for pictures that no browser draws. A test keeps the two alike."""

PAPER, SURFACE, INK, INK_SOFT, MOSS, DAWN = "#fbfaf6", "#ffffff", "#1e2a23", "#4f5c54", "#2c6c47", "#c5772c"
DOMAINS = {
    "neurochemical": "#6f558c",
    "neuroplasticity": "#4c6f38",
    "physiological": "#236b8f",
    "cognitive-behavioural": "#815b1f",
    "social-environmental": "#8f4c53",
}
# Mixed with paper, as static/css/components/map.css mixes them.
SUN, RANGE, MONTHS, WEEKS, MINUTES = "#d79e6f", "#bbced7", "#d7e1e4", "#cbd8cb", "#e6ebe3"
