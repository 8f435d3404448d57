"""Made-up records of which some are of one person, written differently, for `bench/match.py`.

The ways to write differently are those of the pairs of names; families live in one home: siblings, twins, a son named
like his father. No rule of folding is known here.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.knowing_work import Crowd

_RUSSIAN = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
_RUSSIAN_TOO = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АеГгКкНнУуУуУуГгИы")
_DROPPED = str.maketrans("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "АаГгКкНнОоУуУуХхИи")
_SIGNS = "әғқңөұүһіаеиоуыэяюйшщчжхцвгбдзклмнпрстфъьё"
_HANDS = {
    "passport": "a g k n o u u h i a e i o u y e ya yu i sh shch ch zh kh ts v g b d z k l m n p r s t f - - yo",
    "2018": "á ǵ q ń ó u ú h i a e ı o ý y e ia iu ı sh sh ch j h ts v g b d z k l m n p r s t f - - e",
    "2021": "ä ğ q ñ ö ū ü h ı a e i o u y e ia iu i ş ş ç j h s v g b d z k l m n p r s t f - - e",
    "informal": "a g k n o u u h i a e i o u i e ia u y sh sh ch j h c v g b d z k l m n p r s t f - - e",
}
_LATIN = {
    hand: {sign: "" if out == "-" else out for sign, out in zip(_SIGNS, outs.split(), strict=True)}
    for hand, outs in _HANDS.items()
}
_CYRILLIC = "абвгдежзийклмнопрстуфхшыя"
_HOME = 0.5  # of siblings, twins, father and son: those who gave the telephone of their home


@dataclass(frozen=True)
class Record:
    """What one record says of a person; `who` is the person, for counting only."""

    who: int
    surname: str
    given: str
    patronymic: str
    born: str  # 1987-04-09, or the year alone
    iin: str
    phone: str
    sex: str
    kinds: tuple[str, ...] = ()


class Town:
    """So many records of people, from a seed, in no order."""

    def __init__(self, seed: str, count: int) -> None:
        self.dice = random.Random(f"town {seed}")
        self._people = Crowd(f"match {seed}").persons(2 * count)
        self._number = 0
        self.records: list[Record] = []
        while len(self.records) < count:
            for person in self._household():
                self.records += self._written(person)
        del self.records[count:]
        self.dice.shuffle(self.records)

    def _household(self) -> list[Record]:
        first, dice = self._person(), self.dice
        lot = dice.random()
        if lot < 0.03:  # a sister or a brother
            born = date.fromisoformat(first.born) + timedelta(days=dice.randrange(400, 3000))
            return [first, self._kin(first, born)]
        if lot < 0.035:  # twins
            return [first, self._kin(first, date.fromisoformat(first.born))]
        if lot < 0.045 and first.sex == "male":  # a son who bears his father's name
            born = date.fromisoformat(first.born) + timedelta(days=dice.randrange(7000, 14000))
            son = replace(self._kin(first, born), given=first.given, sex="male", surname=first.surname)
            return [first, replace(son, patronymic=f"{first.given}ұлы")]
        return [first]

    def _person(self) -> Record:
        one, dice = next(self._people), self.dice
        self._number += 1
        female = dice.random() < 0.55
        surname, father = one["surname"], one["patronymic"].removesuffix("қызы")
        if surname.endswith("ов") and female:
            surname += "а"
        if surname.endswith(("ова", "ева")) and not female:
            surname = surname.removesuffix("а")
        patronymic = f"{father}{'қызы' if female else 'ұлы'}" if father else ""
        born = one["birth_date"].isoformat()
        number = f"{one['birth_date']:%y%m%d}{dice.randrange(10**6):06}"
        phone = f"+7701{dice.randrange(10**7):07}"
        sex = "female" if female else "male"
        return Record(self._number, surname, one["given"], patronymic, born, number, phone, sex)

    def _kin(self, first: Record, born: date) -> Record:
        other = self._person()
        while other.given == first.given:
            other = self._person()
        surname = first.surname.removesuffix("а") if first.surname.endswith("ова") else first.surname
        if surname.endswith("ов") and other.sex == "female":
            surname += "а"
        father = first.patronymic.removesuffix("қызы").removesuffix("ұлы")
        patronymic = f"{father}{'қызы' if other.sex == 'female' else 'ұлы'}" if father else ""
        number = f"{born:%y%m%d}{other.iin[6:]}"
        phone = first.phone if self.dice.random() < _HOME else other.phone
        return replace(other, surname=surname, patronymic=patronymic, born=born.isoformat(), iin=number, phone=phone)

    def _written(self, person: Record) -> list[Record]:
        """The records of a person: one, or as many as three."""
        count = self.dice.choices((1, 2, 3), (0.7, 0.2, 0.1))[0]
        return [self._varied(person) if place else self._plain(person) for place in range(count)]

    def _plain(self, person: Record) -> Record:
        """As a careful hand writes it, with what was known that day."""
        dice = self.dice
        return self._known(_hand(person, dice.choices(("kazakh", "russian", "passport"), (50, 45, 5))[0], dice))

    def _varied(self, person: Record) -> Record:
        """As another hand writes it, in a hurry."""
        dice = self.dice
        hands = ("kazakh", "russian", "dropped", "passport", "2018", "2021", "informal")
        one = _hand(person, dice.choices(hands, (30, 32, 20, 8, 2, 2, 6))[0], dice)
        if dice.random() < 0.13:
            one = _slipped(one, dice)
        if dice.random() < 0.03:
            one = _slipped(one, dice)
        if dice.random() < 0.05:
            one = _suffixed(one)
        if dice.random() < 0.04:
            one = replace(one, surname=one.given, given=one.surname, kinds=(*one.kinds, "order_swapped"))
        if dice.random() < 0.02:
            one = replace(one, given=one.given[:1] + ".", kinds=(*one.kinds, "initials"))
        if dice.random() < 0.01:
            one = replace(one, surname=f"{one.surname}-{self._person().surname}", kinds=(*one.kinds, "double"))
        if person.sex == "female" and dice.random() < 0.02:
            one = replace(one, surname=self._person().surname, kinds=(*one.kinds, "married"))
        if dice.random() < 0.05:
            one = _misdated(one, dice)
        if dice.random() < 0.02:
            one = replace(one, iin=_misnumbered(one.iin, dice), kinds=(*one.kinds, "iin_slip"))
        if dice.random() < 0.25:
            one = replace(one, phone=f"+7702{dice.randrange(10**7):07}", kinds=(*one.kinds, "other_phone"))
        return self._known(one)

    def _known(self, one: Record) -> Record:
        """What was said that day: many records have no number, some no date."""
        dice = self.dice
        date_said = dice.choices((one.born, one.born[:4], ""), (85, 7, 8))[0]
        return replace(
            one,
            born=date_said,
            iin=one.iin if dice.random() < 0.4 else "",
            phone=one.phone if dice.random() < 0.45 else "",
            patronymic=one.patronymic if dice.random() < 0.8 else "",
            sex=one.sex if dice.random() < 0.8 else "unknown",
        )


def _hand(one: Record, hand: str, dice: random.Random) -> Record:
    """A record in the letters of one hand."""
    if hand == "kazakh":
        return one
    parts = (one.surname, one.given, one.patronymic)
    if hand == "russian":
        table = _RUSSIAN if dice.random() < 0.8 else _RUSSIAN_TOO
        parts = (one.surname, one.given, _russified(one.patronymic))
        written = [part.translate(table) for part in parts]
    elif hand == "dropped":
        written = [part.translate(_DROPPED) for part in parts]
    else:
        written = [_latin(part, _LATIN[hand]) for part in parts]
        if hand == "passport" and dice.random() < 0.5:
            written = [part.upper() for part in written]
    return replace(one, surname=written[0], given=written[1], patronymic=written[2], kinds=(hand,))


def _russified(patronymic: str) -> str:
    for own, other in (("қызы", "овна"), ("ұлы", "ович")):
        if patronymic.endswith(own):
            father = patronymic.removesuffix(own)
            soft = father[-1:] in "йьеи"
            return f"{father.rstrip('йь')}{other.replace('о', 'е', 1) if soft else other}"
    return patronymic


def _latin(text: str, table: dict[str, str]) -> str:
    out = "".join(table.get(sign, sign) for sign in text.lower())
    return out[:1].upper() + out[1:]


def _slipped(one: Record, dice: random.Random) -> Record:
    """One slip of the hand in one part."""
    part = dice.choice([name for name in ("surname", "given", "patronymic") if len(getattr(one, name)) > 2])
    text = getattr(one, part)
    place = dice.randrange(1, len(text))
    way = dice.randrange(4)
    letters = _CYRILLIC if not text.isascii() else "abdegiklmnorstuy"
    if way == 0:
        text = text[:place] + text[place + 1 :]
    elif way == 1:
        text = text[:place] + dice.choice(letters) + text[place:]
    elif way == 2:
        text = text[:place] + dice.choice(letters) + text[place + 1 :]
    elif place + 1 < len(text):
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return replace(one, **{part: text}, kinds=(*one.kinds, "typo"))


def _suffixed(one: Record) -> Record:
    """The ending of the surname put on, or left away."""
    for end in ("ова", "ов", "ova", "ov"):
        if one.surname.endswith(end):
            return replace(one, surname=one.surname.removesuffix(end), kinds=(*one.kinds, "suffix_absent"))
    end = "ова" if one.sex == "female" else "ов"
    kinds = (*one.kinds, "suffix_added")
    return replace(one, surname=one.surname + end, kinds=kinds) if not one.surname.isascii() else one


def _misdated(one: Record, dice: random.Random) -> Record:
    year, month, day = one.born.split("-")
    if dice.random() < 0.3 and int(day) <= 12 and day != month:
        return replace(one, born=f"{year}-{day}-{month}", kinds=(*one.kinds, "date_turned"))
    for _try in range(20):
        place = dice.choice((2, 3, 5, 6, 8, 9))
        turned = one.born[:place] + str(dice.randrange(10)) + one.born[place + 1 :]
        try:
            date.fromisoformat(turned)
        except ValueError:
            continue
        if turned != one.born:
            return replace(one, born=turned, kinds=(*one.kinds, "date_digit"))
    return one


def _misnumbered(number: str, dice: random.Random) -> str:
    place = dice.randrange(len(number))
    return number[:place] + str((int(number[place]) + dice.randrange(1, 10)) % 10) + number[place + 1 :]
