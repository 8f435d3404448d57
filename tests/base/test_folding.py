"""One folding of names for three alphabets."""

import pytest

from qorgan.base.words import folding

SAME = [
    ("Әлімжанова", "Алимжанова", "Alimzhanova", "Älimjanova", "Әлімжанов"),
    ("Есімханов", "Есимханов", "Esimkhanov", "ЕСИМХАНОВА"),
    ("Қалмырзаева", "Калмырзаева", "Qalmyrzaeva", "Kalmyrzayeva"),
    ("Шыңғыс", "Шынгыс", "Shyngys", "Şyñğys"),
    ("Жандосов", "Джандосов", "Zhandosov", "Жандосoв"),  # the last with a Latin o
    ("Нұрланқызы", "Нурланкызы", "Нурлановна"),
    ("Уәлиханов", "Валиханов", "Ualikhanov"),
]


@pytest.mark.parametrize("written", SAME, ids=lambda names: names[0])
def test_one_name_in_three_alphabets_folds_alike(written: tuple[str, ...]) -> None:
    assert len({folding.fold(name) for name in written}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Әсел", "Әсем"), ("Болат", "Марат"), ("Серік", "Ерік"), ("Асан", "Үсен"), ("Ли", "Ким")]
)
def test_other_names_fold_otherwise(one: str, other: str) -> None:
    assert folding.fold(one) != folding.fold(other)


def test_order_and_initials_do_not_matter_to_a_pair() -> None:
    assert folding.parts("Есімханов Е. Д. Ернұр") == folding.parts("Есимханов Ернур")
    one, other = folding.parts("Есімханов Ернұр")
    assert folding.pair(one, other) == folding.pair(other, one)


@pytest.mark.parametrize("nothing", ["", " ", "12-34", "…", "\x00"])
def test_what_has_no_letter_has_no_key(nothing: str) -> None:
    assert folding.fold(nothing) == ""
    assert folding.parts(nothing) == []
