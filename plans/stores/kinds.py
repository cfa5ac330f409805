"""From a store's name for a workout to a kind of exercise and the effort that it is noted with unless somebody says.

Apple: the names of `HKWorkoutActivityType`. Health Connect: those of `ExerciseSessionRecord`. A name that is in neither
list (fishing, another workout) says too little; then the app says which kind it was.
"""

from typing import NamedTuple

APPLE, HEALTH_CONNECT = "apple_health", "health_connect"


class Kind(NamedTuple):
    """The slug of an exercise type, and an effort. Hard is only what hardly goes easily."""

    slug: str
    effort: str


WALKING = Kind("walking", "moderate")
STEADY, HARD = Kind("aerobic", "moderate"), Kind("aerobic", "vigorous")
STRENGTH = Kind("strength", "moderate")
CALM, LIVELY = Kind("mindful", "light"), Kind("mindful", "moderate")

_APPLE = {
    WALKING: "Walking Hiking WheelchairWalkPace",
    STEADY: """
        AmericanFootball AustralianFootball Badminton Baseball Basketball CardioDance Climbing Cricket
        CrossCountrySkiing Curling Cycling Dance DanceInspiredTraining DiscSports DownhillSkiing Elliptical
        EquestrianSports Fencing FitnessGaming Golf Gymnastics Handball HandCycling Hockey Lacrosse MartialArts
        MixedCardio MixedMetabolicCardioTraining PaddleSports Pickleball Racquetball Rowing Rugby SkatingSports
        Snowboarding SnowSports Soccer SocialDance Softball Squash StairClimbing Stairs StepTraining SurfingSports
        SwimBikeRun Swimming TableTennis Tennis TrackAndField UnderwaterDiving Volleyball WaterFitness WaterPolo
        WaterSports WheelchairRunPace Wrestling
    """,
    HARD: "Boxing HighIntensityIntervalTraining JumpRope Kickboxing Running",
    STRENGTH: "CoreTraining CrossTraining FunctionalStrengthTraining TraditionalStrengthTraining",
    CALM: "Cooldown Flexibility MindAndBody PreparationAndRecovery TaiChi Yoga",
    LIVELY: "Barre Pilates",
}
_HEALTH_CONNECT = {
    WALKING: "WALKING HIKING SNOWSHOEING",
    STEADY: """
        BADMINTON BASEBALL BASKETBALL BIKING BIKING_STATIONARY CRICKET DANCING ELLIPTICAL EXERCISE_CLASS FENCING
        FOOTBALL_AMERICAN FOOTBALL_AUSTRALIAN FRISBEE_DISC GOLF GYMNASTICS HANDBALL ICE_HOCKEY ICE_SKATING MARTIAL_ARTS
        PADDLING RACQUETBALL ROCK_CLIMBING ROLLER_HOCKEY ROWING ROWING_MACHINE RUGBY SCUBA_DIVING SKATING SKIING
        SNOWBOARDING SOCCER SOFTBALL SQUASH STAIR_CLIMBING STAIR_CLIMBING_MACHINE SURFING SWIMMING_OPEN_WATER
        SWIMMING_POOL TABLE_TENNIS TENNIS VOLLEYBALL WATER_POLO WHEELCHAIR
    """,
    HARD: "BOOT_CAMP BOXING HIGH_INTENSITY_INTERVAL_TRAINING RUNNING RUNNING_TREADMILL",
    STRENGTH: "CALISTHENICS STRENGTH_TRAINING WEIGHTLIFTING",
    CALM: "GUIDED_BREATHING STRETCHING YOGA",
    LIVELY: "PILATES",
}
KINDS: dict[str, dict[str, Kind]] = {
    source: {f"{prefix}{name}": kind for kind, names in listed.items() for name in names.split()}
    for source, prefix, listed in (
        (APPLE, "HKWorkoutActivityType", _APPLE),
        (HEALTH_CONNECT, "EXERCISE_TYPE_", _HEALTH_CONNECT),
    )
}


def kind_of(source: str, name: str) -> Kind | None:
    """Return what a store's name for a workout is here, if it says enough."""
    return KINDS[source].get(name)
