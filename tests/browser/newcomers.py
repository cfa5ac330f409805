"""Two people who are new here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Newcomer:
    """Who walks, with what they know and read: content speaks for itself and is no interface text."""

    language: str
    other_language: str
    email: str
    name: str
    zone: str
    mechanism: tuple[str, str]
    grade: tuple[str, str]
    need: str
    action: str
    plan: str
    floor: str
    third: str
    second: str
    when: str
    then: str
    sentence: str


XIAOHE = Newcomer(
    language="zh-hans",
    other_language="English",
    email="xiaohe@people.example",
    name="小禾",
    zone="Asia/Shanghai",
    mechanism=("行为激活", "Behavioural activation"),
    grade=("中等", "Moderate"),
    need="什么都灰蒙蒙的，做什么都没劲。",
    action="出门走五分钟，再走回来",
    plan="每天走十分钟",
    floor="穿上鞋，走到路口就回来。",
    third="你在候补第 3 位。",
    second="你在候补第 2 位。",
    when="我喝完下午的茶",
    then="出门走十分钟",
    sentence="每当我喝完下午的茶，我就出门走十分钟。",
)
ADA = Newcomer(
    language="en",
    other_language="中文",
    email="ada@people.example",
    name="Ada",
    zone="Europe/Berlin",
    mechanism=("Behavioural activation", "行为激活"),
    grade=("Moderate", "中等"),
    need="Everything is grey and I don't see the point.",
    action="Five minutes out, five minutes back",
    plan="Ten minutes on foot",
    floor="Shoes on, to the corner and back.",
    third="You are third in line.",
    second="You are second in line.",
    when="I have put the kettle on",
    then="I walk round the block",
    sentence="When I have put the kettle on, then I walk round the block.",
)
