"""The rows of the order's paper, in each of its languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import words
from qorgan.orders.papers.contents import OrderPaper, ProtectedPerson, Provision, Texts

BLANK = "_"  # a line to write on, drawn by the template


@dataclass(frozen=True)
class Voice:
    """One language of the paper: its code and its printed words."""

    lang: str
    labels: Mapping[str, Any]

    def text(self, texts: Texts) -> dict[str, str]:
        """The words in this language, or in the one they were given in, with that language's code."""
        lang = self.lang if texts.get(self.lang) else next((key for key, text in texts.items() if text), self.lang)
        return {"lang": lang, "text": texts.get(lang, "")}


def filled(pattern: str, **parts: object) -> str:
    """The pattern with its named places filled. What is filled in is never read as a pattern itself."""
    return pattern.format_map(parts)


def joined(voices: Sequence[Voice], label: str) -> str:
    """A printed word in every language: `шығарған / вынес`."""
    return " / ".join(dict.fromkeys(voice.labels[label] for voice in voices))


def _cell(voice: Voice, label: str, *runs: dict[str, Any], items: Sequence[Any] = ()) -> dict[str, Any]:
    return {"lang": voice.lang, "label": voice.labels[label], "runs": list(runs), "items": list(items)}


def _run(text: str, *, strong: bool = False, lang: str = "") -> dict[str, Any]:
    return {"text": text, "strong": strong, "lang": lang}


def of(order: OrderPaper, voices: Sequence[Voice]) -> list[list[dict[str, Any]]]:
    """Row by row, each with a cell for every language."""
    kinds = (_issued, _addressee, _protected, _circumstances, _basis, _prohibited, _term, _checks, _breach, _appeal)
    told = [[kind(order, voice) for voice in voices] for kind in kinds]
    return [*told, [_breaches(order, voice) for voice in voices]] if order.breaches else told


def _issued(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    officer = order.officer
    parts = {"post": officer.post, "rank": officer.rank, "name": officer.name, "place": order.place}
    said = {key: voice.text(texts)["text"] for key, texts in parts.items()}
    if order.issued_at is None:
        return _cell(voice, "issued", _run(filled(voice.labels["not_issued"], **said)))
    zone = ZoneInfo(order.zone)
    day = words.date_long(order.issued_at.astimezone(zone), voice.lang)
    at = f"{day}, {words.time_of_day(order.issued_at, zone, voice.lang)}"
    # A place that is shortened brings a full stop of its own: Шымкент қ.
    return _cell(voice, "issued", _run(filled(voice.labels["issued_text"], moment=at, **said).replace("..", ".")))


def _addressee(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    who = order.addressee
    runs = [_run(voice.text(who.name)["text"], strong=True)]
    if who.born_on:
        born = filled(
            voice.labels["born"],
            date=words.date_long(who.born_on, voice.lang),
            date_locative=words.date_long(who.born_on, voice.lang, case="locative"),
        )
        runs.append(_run(f", {born}"))
    runs.append(_run("."))
    if who.iin:
        label = voice.labels["iin_synthetic" if order.is_synthetic else "iin"]
        runs.append(_run(" " + filled(label, iin=_spaced(who.iin)) + "."))
    return _cell(voice, "addressee", *runs)


def _spaced(iin: str) -> str:
    return f"{iin[:6]}\u00a0{iin[6:]}"


def _protected(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    people = [_person(person, voice) for person in order.protected]
    return _cell(voice, "protected", _run("; ".join(people) + "."))


def _person(person: ProtectedPerson, voice: Voice) -> str:
    parts = [voice.text(person.name)["text"]]
    if person.bond:
        parts.append(voice.text(person.bond)["text"])
    if person.age is not None:
        parts.append(filled(words.plural(person.age, voice.lang, voice.labels["age"]), age=person.age))
    return ", ".join(parts)


def _circumstances(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    told = voice.text(order.circumstances)
    if told["lang"] == voice.lang:
        return _cell(voice, "circumstances", _run(told["text"]))
    note = voice.labels["only_in"].get(told["lang"])
    return _cell(voice, "circumstances", _run(f"({note}) " if note else ""), _run(told["text"], lang=told["lang"]))


def _cited(provision: Provision, voice: Voice) -> str:
    act = voice.text(provision.act)["text"].replace("№ ", "№\u00a0")
    return filled(voice.labels["provision"], act=act, article=provision.article)


def _basis(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    return _cell(voice, "basis", _run("; ".join(_cited(provision, voice) for provision in order.basis) + "."))


def _prohibited(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    cell = _cell(voice, "prohibited", items=[voice.text(text) for text in order.prohibitions])
    short = voice.text(order.addressee.short)["text"]
    return cell | {"label": filled(voice.labels["prohibited"], short=short)}


def _term(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    labels = voice.labels
    days = order.term_days
    term = filled(labels["term_text"], days=days) if days else labels["term_unknown"]
    term += _by(order.term_basis, voice, verify="term" in order.to_verify)
    served, ends = BLANK, BLANK
    if order.served_at:
        served = words.moment(order.served_at, order.zone, voice.lang)
    if order.ends_at:
        ends = words.moment(order.ends_at, order.zone, voice.lang)
    zone = filled(labels["zone"], place=voice.text(order.place)["text"])
    lines = [
        {"label": labels["served"], "moment": served, "after": ""},
        {"label": labels["ends"], "moment": ends, "after": zone},
    ]
    return _cell(voice, "term", _run(term)) | {"lines": lines}


def _by(provision: Provision | None, voice: Voice, *, verify: bool) -> str:
    """The provision of a clock behind its words, with a star where it is to be verified."""
    star = "*" if verify else ""
    return f" ({_cited(provision, voice)}){star}" if provision else star


def _checks(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    labels = voice.labels
    if order.check_days is None:
        return _cell(voice, "checks", _run(labels["checks_none"]))
    basis = _by(order.check_basis, voice, verify="checks" in order.to_verify)
    if not order.check_dates:
        return _cell(voice, "checks", _run(filled(labels["checks_every"], days=order.check_days) + basis))
    *before, last = order.check_dates
    dates = words.date_short(last, voice.lang)
    if before:
        named = ", ".join(
            words.day_month(day, voice.lang) if day.year == last.year else words.date_short(day, voice.lang)
            for day in before
        )
        dates = filled(labels["and"], list=named, last=dates)
    return _cell(voice, "checks", _run(filled(labels["checks_dates"], days=order.check_days, dates=dates) + basis))


def _breach(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    cited = _cited(order.breach, voice) if order.breach else "—"
    return _cell(voice, "breach", _run(f"{cited}."))


def _breaches(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    return _cell(voice, "breaches", items=[voice.text(one) for one in order.breaches])


def _appeal(order: OrderPaper, voice: Voice) -> dict[str, Any]:
    text = voice.labels["appeal_text"]
    return _cell(voice, "appeal", _run(text.rstrip("*") if order.appeal_is_verified else text))


def ribbon(order: OrderPaper, voices: Sequence[Voice]) -> dict[str, Any] | None:
    """The term as a line of time: where it begins and ends, each check at its share of it. None before service."""
    if order.served_at is None or order.ends_at is None:
        return None
    zone, lang = ZoneInfo(order.zone), voices[0].lang
    start, length = order.served_at.astimezone(zone), order.ends_at - order.served_at
    marks = []
    for day in order.check_dates:
        past = start.replace(year=day.year, month=day.month, day=day.day) - start
        if timedelta(0) <= past <= length:
            marks.append({"at": past / length, "text": words.day_month(day, lang)})
    return {
        "start": words.moment(order.served_at, zone, lang),
        "end": words.moment(order.ends_at, zone, lang),
        "marks": marks,
        "served": joined(voices, "mark_served"),
        "check": joined(voices, "mark_check"),
        "ends": joined(voices, "mark_ends"),
    }


def signatures(order: OrderPaper, voices: Sequence[Voice]) -> list[dict[str, str]]:
    """The lines to sign on. Once it is recorded how the order was received, only that way is printed."""
    main = voices[0]
    issued = {"text": joined(voices, "sign_issued"), "name": main.text(order.officer.short)["text"]}
    addressee = main.text(order.addressee.short)["text"]
    at = words.moment(order.served_at, order.zone, main.lang) if order.served_at else ""
    received = {"text": joined(voices, "sign_received"), "name": ", ".join(part for part in (addressee, at) if part)}
    if order.refusal is not None:
        reason = main.text(order.refusal.reason)["text"] or joined(voices, "sign_no_reason")
        witness = main.text(order.refusal.witness)["text"] or joined(voices, "sign_name")
        return [
            issued,
            {"text": joined(voices, "sign_refused"), "name": f"{reason}. {addressee}, {at}"},
            {"text": joined(voices, "sign_witness"), "name": witness},
        ]
    if order.served_at:
        return [issued, received]
    return [
        issued,
        received,
        {"text": joined(voices, "sign_refusal"), "name": ""},
        {"text": joined(voices, "sign_witness"), "name": joined(voices, "sign_name")},
    ]


def small_print(order: OrderPaper, voices: Sequence[Voice]) -> list[list[dict[str, str]]]:
    """The notes under the signatures, each in every language."""
    labels = ["no_address"]
    if not order.appeal_is_verified or order.to_verify:
        labels.append("verify")
    if order.is_signed is not None:
        labels.append("signed" if order.is_signed else "unsigned")
    return [[{"lang": voice.lang, "text": voice.labels[label]} for voice in voices] for label in labels]


def copies(order: OrderPaper, voices: Sequence[Voice]) -> str:
    """Who receives a copy."""
    said = [order.copies.get(voice.lang) or voice.labels["copies"] for voice in voices]
    return " / ".join(dict.fromkeys(said))
