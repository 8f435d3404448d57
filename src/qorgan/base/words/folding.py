"""One folding of a name for Kazakh, Russian and Latin spelling: the same person written by three hands folds alike.

`Әлімжанова`, `Алимжанова`, `Alimzhanova` and `Әлімжанов` give one key: letters become classes of sound, the endings of
surnames and patronymics and all vowels but a leading one fall away. A key is for finding who *may* be meant, never for
saying that two are the same.
"""

import re
import unicodedata

_CLASSES = {
    "a": "аәяa",
    "i": "еэиыiйy",
    "u": "оөoуұүюuw",
    "b": "бb",
    "v": "вv",
    "g": "ғгg",
    "d": "дd",
    "j": "жj",
    "z": "зz",
    "k": "қкхkqһh",
    "l": "лl",
    "m": "мm",
    "n": "нңn",
    "p": "пфpf",
    "r": "рr",
    "s": "сцsc",
    "t": "тt",
    "x": "шщч",
    "": "ъь",
}
_SOUNDS = str.maketrans({letter: sound for sound, letters in _CLASSES.items() for letter in letters} | {"e": "i"})
_WHOLE = str.maketrans({"ş": "ш", "ç": "ч", "ı": "i", "і": "и", "ǵ": "g"})  # before accents are taken away
# Latin letters that look like Cyrillic ones, in a word that mixes both.
_TWINS = str.maketrans("aceopxyкh", "асеорхукн")
_PAIRS = {
    **{"дж": "ж", "shch": "щ", "sch": "щ", "zh": "ж", "dj": "ж", "kh": "х", "gh": "ғ", "ch": "ч", "sh": "ш"},
    **{"ts": "ц", "тс": "ц", "ng": "ң", "нг": "ң", "ңғ": "ң", "ya": "я", "yu": "ю", "iu": "ю", "ia": "я", "x": "кс"},
}
_ENDINGS = re.compile(
    "(?:улы|ұлы|uly|кызы|қызы|kyzy|qyzy|ович|евич|ovich|evich|овна|евна|ovna|evna|ична|тегі|teği"
    "|ова|ева|ёва|ova|eva|ов|ев|ёв|ov|ev|ина|ин|ina|in|ский|ская|skiy|skii|sky|skaya)$"
)
_SHORTEST = 3  # letters that an ending leaves
_VOWELS = "aiu"


def fold(name: str) -> str:
    """The key of one part of a name; empty where it has no letter."""
    letters = _letters(name)
    stem = _ENDINGS.sub("", letters)
    sounds = _sounds(stem if len(stem) >= _SHORTEST else letters)
    key = sounds[:1] + "".join(sound for sound in sounds[1:] if sound not in _VOWELS)
    return re.sub(r"(.)\1+", r"\1", key if len(key) >= _SHORTEST else sounds)


def spoken(name: str, *, stem: bool = False) -> str:
    """A word of a name as it sounds, vowels kept: to tell how near two spellings are, never for a key.

    `stem`: without the ending of a surname or a patronymic.
    """
    letters = _letters(name)
    begun = _ENDINGS.sub("", letters) if stem else letters
    return re.sub(r"(.)\1+", r"\1", _sounds(begun if len(begun) >= _SHORTEST else letters))


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    if re.search("[a-z]", plain) and re.search("[а-яәғқңөұүһ]", plain):
        plain = plain.translate(_TWINS)
    bare = unicodedata.normalize("NFKD", plain.translate(_WHOLE))
    return "".join(letter for letter in bare if letter.isalpha())


def _sounds(letters: str) -> str:
    for written, heard in _PAIRS.items():
        letters = letters.replace(written, heard)
    sounds = letters.translate(_SOUNDS)
    return re.sub("u(?=[ai])", "v", sounds)  # Уәлихан and Валихан


def parts(name: str) -> list[str]:
    """The keys of the words of a name as it was written; initials say too little and are left out."""
    words = re.split(r"[\s,.]+", name)
    return [key for key in (fold(word) for word in words if len(word) > 1) if key]


def pair(one: str, other: str) -> str:
    """The key of two parts together, in whichever order they were written."""
    return "+".join(sorted((one, other)))
