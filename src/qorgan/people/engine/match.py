"""Which records may be of one person, over all of them at once: the model of Fellegi and Sunter, by Splink on DuckDB.

Pure: rows in, pairs out. The database lives in this process's memory and has no place on a disk to spill to. A pair is
proposed to people, and believed by nobody: what two records say is weighed, how common a name is with it.

Needs the extra `match`; everything of it is imported inside the functions.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from qorgan.base.words import folding
from qorgan.people.engine.habits import Habits
from qorgan.people.engine.spelling import Word
from qorgan.people.engine.tokens import Born, Name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink import Linker
    from splink.internals.blocking_rule_creator import BlockingRuleCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator
    from splink.internals.linker_components.training import LinkerTraining

# The probability that two records are one person from which they are proposed: by weights that were learned, and by
# those on record, which know nothing of these people.
LEARNED, ON_RECORD = 0.5, 0.95
SEED = 20_240_616
LEARNS = 500  # pairs beyond doubt from which the model learns; where there are fewer, it weighs by what is on record
_CHANCE = 2e7  # pairs that chance is learned from: one name in two records is rare
_SAMPLE = 4e6  # pairs that are enough for the rest
_MANY = 200_000  # records of which a sample of the pairs is enough to learn from
_FOUND = 0.6  # of the true pairs, by the rules that cannot err
_ONCE_IN = 1e-5  # how often two of few records are one person, on record
_DAUGHTER = re.compile("(?:қызы|кызы|[kqg][yi]z[yiı]|[ое]вна|[oe]vna|ична)$", re.IGNORECASE)
_SON = re.compile("(?:[ұу]лы|ul[yi]|[ое]вич|[oe]vich)$", re.IGNORECASE)
_FEMININE = re.compile("(?:[оеё]ва|[oe]va)$", re.IGNORECASE)
_HURRIED = re.compile("(?<=[a-z]{3})(?:uli|kizi|qizi|gizi|ogli|ugli)$", re.IGNORECASE)


_TYPES: dict[str, str] = {
    **dict.fromkeys(
        ("s", "g", "p", "pair", "ss", "sw", "sn", "gs", "ps", "gi", "pi", "born", "iin", "phone", "sex"), "string"
    ),
    **{"n": "int64", "y": "int16", "sf": "list", "gf": "list"},
}


def missing() -> bool:
    """Whether the extra `match` is not installed."""
    return find_spec("splink") is None


@dataclass
class Frame:
    """Records to compare, by column, in the order in which they were added."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _TYPES})

    def __len__(self) -> int:
        return len(self.columns["n"])

    def add(self, name: Name, *, born: Born | None, iin: str, phone: str, sex: str, habits: Habits) -> None:
        """A record: the name as tokens know it, whatever is known of birth and numbers; "" for what is not."""
        surname, given, patronymic = map(_bare, name.parts)
        parts = (surname, given, patronymic)
        keys = [part.keys if part else () for part in parts]
        first = [each[0] if each else None for each in keys]
        row = {
            "n": len(self),
            "s": first[0],
            "g": first[1],
            "p": first[2],
            "pair": folding.pair(first[0], first[1]) if first[0] and first[1] else None,
            "ss": _sound(surname, stem=True),
            "sw": _sound(surname),
            "sn": (_sound(surname) or "").removesuffix("a") or None,
            "gs": _sound(given),
            "ps": _sound(patronymic, stem=True),
            "sf": list(keys[0][1:]),
            "gf": [*keys[1][1:], *_wholes(given, habits)],
            "gi": given.first if given and given.is_initial else None,
            "pi": patronymic.first if patronymic and patronymic.is_initial else None,
            "born": f"{born.year:04}-{born.month:02}-{born.day:02}" if born and born.is_whole else None,
            "y": born.year if born else None,
            "iin": iin or None,
            "phone": phone or None,
            "sex": sex or _sex(name),
        }
        for column, value in row.items():
            self.columns[column].append(value)


def _sex(name: Name) -> str | None:
    """Whose son or daughter she or he is says it too."""
    surname, _given, patronymic = (part.text if part else "" for part in name.parts)
    if _DAUGHTER.search(patronymic) or _FEMININE.search(surname):
        return "female"
    return "male" if _SON.search(patronymic) else None


def _bare(part: Word | None) -> Word | None:
    """A part without the dot of an initial, and without what a hurried hand makes of the ending of a patronymic."""
    text = _HURRIED.sub("", part.text).rstrip(".") if part else ""
    return part if part is None or text == part.text else Word(text) if text else None


def _sound(part: Word | None, *, stem: bool = False) -> str | None:
    return folding.spoken(part.text, stem=stem) or None if part else None


def _wholes(given: Word | None, habits: Habits) -> list[str]:
    return [key for whole in habits.wholes(given.text) for key in Word(whole).keys] if given else []


@dataclass(frozen=True)
class Pair:
    """Two records, by their places in the frame, that may be of one person, with how likely that is."""

    one: int
    other: int
    probability: float


def pairs(frame: Frame, *, least: float | None = None, memory: str = "8GB") -> list[Pair]:
    """The pairs that are likely enough, or at `least` so likely; the likeliest first. Needs the extra `match`."""
    if len(frame) < len(("one", "other")):
        return []
    with _database(memory) as database:
        learns = _fill(database, frame) >= LEARNS
        linker = _linker(database, len(frame), learns=learns)
        wanted = least if least is not None else LEARNED if learns else ON_RECORD
        found = linker.inference.predict(threshold_match_probability=wanted, warning_mode="never")
        rows = database.sql(
            f"select n_l, n_r, match_probability from {found.physical_name} where not ({_CONTRADICTS})"
            " order by match_probability desc, n_l, n_r"
        ).fetchall()
    return [Pair(*row) for row in rows]


def _database(memory: str) -> DuckDBPyConnection:
    import duckdb

    database = duckdb.connect(":memory:", config={"temp_directory": "", "memory_limit": memory})
    database.execute("set enable_external_access = false")  # lint: allow Q204 - a database of this process alone
    return database


def _fill(database: DuckDBPyConnection, frame: Frame) -> int:
    """Put the records into the table; how many pairs of them are of one person beyond doubt."""
    import pyarrow

    types = {"string": pyarrow.string(), "list": pyarrow.list_(pyarrow.string())}
    schema = pyarrow.schema([(name, types.get(kind) or getattr(pyarrow, kind)()) for name, kind in _TYPES.items()])
    database.register("told", pyarrow.table(frame.columns, schema=schema))
    database.execute("create table records as select * from told")
    database.unregister("told")
    return sum(
        database.sql(
            "select coalesce(sum(n * (n - 1) // 2), 0) from (select count(*) n from records"
            f" where {' and '.join(f'{column} is not null' for column in columns)} group by {', '.join(columns)})"
        ).fetchall()[0][0]
        for columns in _CERTAIN
    )


def _linker(database: DuckDBPyConnection, count: int, *, learns: bool) -> Linker:
    """The model of so many records, which has learned from them, or not."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)  # what few records cannot teach keeps its weight on record
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        comparisons=list(_comparisons(learns)),
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in _BLOCKS],
        probability_two_random_records_match=min(_ONCE_IN, 0.4 / count),
        retain_matching_columns=True,
        linker_uid="q",
    )
    linker = Linker(DuckDBAPI(database).register("records"), settings, log_level=None)
    if learns:
        _learn(linker.training, count)
    return linker


def _learn(training: LinkerTraining, count: int) -> None:
    """Learn from the records how often chance makes two alike, and how often two of one person differ."""
    from splink import block_on

    certain: list[str | BlockingRuleCreator] = [block_on(*columns) for columns in _CERTAIN]
    training.estimate_probability_two_random_records_match(certain, recall=_FOUND)
    training.estimate_u_using_random_sampling(max_pairs=_CHANCE, seed=SEED)
    for columns in _TRAINING:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns),
            estimate_without_term_frequencies=True,
            max_pairs=_SAMPLE if count >= _MANY else None,
            record_sample_proportion=0.1,
        )


_BLOCKS = (
    ("iin",),
    ("phone",),
    ("pair",),
    ("s", "p"),
    ("g", "p"),
    ("born",),
    ("s", "y"),
)
_CERTAIN = (("iin",), ("pair", "born"))
_TRAINING = (("born",), ("s", "g"))


def _sounds(key: str, heard: str) -> str:
    """One name in two spellings: one key, and vowels that are not far apart."""
    far = f"damerau_levenshtein({heard}_l, {heard}_r) * 4"
    return f"({key}_l = {key}_r and {far} <= greatest(length({heard}_l), length({heard}_r)))"


def _near(heard: str, other: str = "") -> str:
    """A slip of the hand, or two in a long name."""
    one, two = f"{heard}_l", f"{other or heard}_r"
    longest = f"greatest(length({one}), length({two}))"
    return (
        f"(damerau_levenshtein({one}, {two}) <= case when {longest} >= 9 then 2 when {longest} >= 4 then 1 else 0 end)"
    )


_TURNED = "(s_l = g_r and g_l = s_r)"
_BOTH = f"{_sounds('s', 'ss')} and {_sounds('g', 'gs')}"
_SURNAME = f"({_sounds('s', 'ss')} or list_contains(sf_l, s_r) or list_contains(sf_r, s_l))"
_GIVEN = f"({_sounds('g', 'gs')} or list_contains(gf_l, g_r) or list_contains(gf_r, g_l))"
_NEAR_SURNAME = f"({_near('ss')} or {_near('sw')})"
_NEARLY_TURNED = f"{_near('sw', 'gs')} and {_near('gs', 'sw')}"
_INITIAL = "(gi_l = left(g_r, 1) or gi_r = left(g_l, 1))"
# Condition, how often of true pairs, how often by chance, the column whose frequency is weighed. Splink takes the
# frequency against the level that asks for that column alone, so the plain ones stay plain.
_NAME = (
    (f"pair_l = pair_r and ({_BOTH} or {_TURNED})", 0.80, 1.5e-5, "pair"),
    ("s_l = s_r and g_l = g_r", 0.005, 1e-6, ""),
    (f"{_SURNAME} and ({_near('gs')} or {_GIVEN})", 0.05, 6e-6, "s"),
    (f"{_SURNAME} and {_INITIAL}", 0.02, 1e-5, "s"),
    (f"{_GIVEN} and {_NEAR_SURNAME}", 0.06, 1.6e-5, "g"),
    (f"{_NEAR_SURNAME} and {_near('gs')} or {_NEARLY_TURNED}", 0.01, 5e-5, ""),
    ("g_l = g_r", 0.02, 3e-3, "g"),
    ("s_l = s_r", 0.01, 1.5e-3, "s"),
    ("", 0.02, 0.995, ""),
)
_KIN = (1, 7, 8)  # places of the levels above at which the given name is another
# Within one key: the same ending and the same vowels, or not. `Нұрмат` and `Нұрматов` are two families, mostly.
_SURNAME_FORM = (("sn_l = sn_r", 0.9, 0.5, ""), ("ss_l = ss_r", 0.07, 0.3, ""), ("", 0.03, 0.2, ""))
_FORM = (0.93, 0.8), (0.07, 0.2)
_GIVEN_FORM = (("gs_l = gs_r", *_FORM[0], ""), ("", *_FORM[1], ""))
_FATHER_FORM = (("ps_l = ps_r", *_FORM[0], ""), ("", *_FORM[1], ""))
_PATRONYMIC = (
    ("p_l = p_r", 0.86, 3e-3, "p"),
    (f"{_near('ps')} or pi_l = left(p_r, 1) or pi_r = left(p_l, 1)", 0.06, 3e-3, ""),
    ("", 0.08, 0.99, ""),
)
_DIGITS = "replace(born_l, '-', ''), replace(born_r, '-', '')"
_BORN = (
    ("born_l = born_r", 0.80, 4e-5, "born"),
    ("y_l = y_r and born_l[6:7] = born_r[9:10] and born_l[9:10] = born_r[6:7]", 0.015, 1e-5, ""),
    (f"born_l is not null and born_r is not null and hamming({_DIGITS}) = 1", 0.035, 1e-3, ""),
    ("y_l = y_r and (born_l is null or born_r is null)", 0.02, 3e-3, ""),
    ("y_l = y_r", 0.01, 0.012, ""),
    ("", 0.02, 0.98, ""),
)
_IIN = (
    ("iin_l = iin_r", 0.96, 1e-7, ""),
    ("hamming(iin_l, iin_r) = 1", 0.035, 1e-6, ""),
    ("", 0.005, 0.999998, ""),
)
# The telephone of a home is everyone's in it: chance is not what makes two numbers one, so it is not learned.
_PHONE = (("phone_l = phone_r", 0.7, 1e-3, ""), ("", 0.3, 0.999, ""))
_SEX = (("sex_l = sex_r", 0.98, 0.5, ""), ("", 0.02, 0.5, ""))
_COMPARED: tuple[tuple[str, str, tuple[tuple[str, float, float, str], ...]], ...] = (
    ("name", "s_l is null or s_r is null or g_l is null or g_r is null", _NAME),
    ("surname_form", "s_l is null or s_r is null or s_l <> s_r", _SURNAME_FORM),
    ("given_form", "g_l is null or g_r is null or g_l <> g_r", _GIVEN_FORM),
    ("father_form", "p_l is null or p_r is null or p_l <> p_r", _FATHER_FORM),
    ("patronymic", "p_l is null or p_r is null", _PATRONYMIC),
    ("birth", "y_l is null or y_r is null", _BORN),
    ("number", "iin_l is null or iin_r is null or length(iin_l) <> length(iin_r)", _IIN),
    ("telephone", "phone_l is null or phone_r is null", _PHONE),
    ("gender", "sex_l is null or sex_r is null", _SEX),
)
_FIXED = ("telephone", "number")


def _value(comparison: str, place: int) -> str:
    """What Splink calls the level at a place of a comparison: the last is 0."""
    levels = next(levels for name, _null, levels in _COMPARED if name == comparison)
    return f"gamma_{comparison} = {len(levels) - 1 - place}"


# Brothers, sisters and twins share all but the given name, a son that of his father; only a number of one's own says
# more than the name, and only the day of birth more than the patronymic.
_OTHER_NAME = " or ".join(_value("name", place) for place in _KIN)
_OTHER_FATHER = f"{_value('patronymic', 2)} and gamma_birth < 2"
_NAME_ALONE = f"gamma_birth = -1 and gamma_patronymic = -1 and not {_value('telephone', 0)}"
_CONTRADICTS = " or ".join((_OTHER_NAME, _OTHER_FATHER, _value("birth", 5), _NAME_ALONE))
_CONTRADICTS = f"({_CONTRADICTS}) and not {_value('number', 0)}"


def _comparisons(learns: bool) -> Iterator[Any]:
    from splink.comparison_level_library import CustomLevel, ElseLevel
    from splink.comparison_library import CustomComparison

    for name, null, levels in _COMPARED:
        made: list[ComparisonLevelCreator | dict[str, Any]] = [CustomLevel(null).configure(is_null_level=True)]
        for condition, often, chance, column in levels:
            level = CustomLevel(condition) if condition else ElseLevel()
            level.configure(m_probability=often, u_probability=chance)
            if name in _FIXED:
                level.configure(fix_m_probability=True, fix_u_probability=True)
            if column and learns:
                level.configure(tf_adjustment_column=column, disable_tf_exact_match_detection=column == "pair")
            made.append(level)
        yield CustomComparison(made, output_column_name=name)
