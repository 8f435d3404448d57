"""Who says a figure, who passes it on, about whom. What the text does not say stays empty."""

from dataclasses import dataclass, replace

from qorgan.claims.engine.grammar.figure import Found, Voice
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind, Token

_LONGEST_NAME = 9
_OPENS_WITHIN = 9
_UNKNOWN_WORDS = 2  # between two words of one name: "одағының төрайымы"
_STOPS = frozenset(",;:()—–|.?!")


@dataclass(frozen=True, slots=True)
class _Said:
    """A voice and the token from which it speaks."""

    words: str
    place: int
    passes_on: bool = False


def voices(scene: Scene, before: Voice) -> tuple[list[Voice], Voice]:
    """The voice of each live figure, and that of the sentence for the next one."""
    said = [*_sources(scene), *_after_quotes(scene), *_openers(scene)]
    pronoun = scene.any_within("voices", "pronouns", 0, 4)
    whole = _whole(scene, said)
    if not whole.speaker and pronoun:
        whole = replace(whole, speaker=before.speaker, relay=whole.relay or before.relay)
    whole = replace(whole, about=_about(scene, whole))
    return [_of_figure(scene, found, said, whole) for found in scene.live()], whole


def _whole(scene: Scene, said: list[_Said]) -> Voice:
    relays = [one for one in said if one.passes_on]
    speakers = [one for one in said if not one.passes_on]
    relay = relays[0].words if relays else ""
    if not speakers and len(relays) > 1:
        return Voice(speaker=relays[-1].words, relay=relay)
    if not speakers:
        return Voice(speaker=relay)
    if len(speakers) > 1 and not relay and scene.any_within("voices", "passes_on", 0, len(scene.tokens)):
        return Voice(speaker=speakers[-1].words, relay=speakers[0].words)
    return Voice(speaker=speakers[-1 if relay else 0].words, relay=relay or _medium(scene))


def _medium(scene: Scene) -> str:
    """`«Дала хабаршысы» газетіне`, `телеканалу`: to whom it was said, who prints it."""
    for place, _phrase in scene.any_within("voices", "to_medium", 0, len(scene.tokens)):
        if scene.low(place - 1) == "»":
            start = next((at for at in range(place - 1, -1, -1) if scene.low(at) == "«"), place)
            return _text(scene.tokens[start:place])
        return scene.tokens[place].text
    return ""


def _sources(scene: Scene) -> list[_Said]:
    """`министрліктің мәліметінше`, `по данным МВД`."""
    found = []
    for place, phrase in scene.any_within("voices", "source_before", 0, len(scene.tokens)):
        first = _clause_start(scene, place)
        name = _text(scene.tokens[first:place])
        relays = scene.any_before("voices", "relay_before", place + len(phrase.words)) is not None
        if name and not scene.any_at("voices", "pronouns", first):
            found.append(_Said(_without_genitive(scene, name), place, relays))
    for place, phrase in scene.any_within("voices", "relay_before", 0, len(scene.tokens)):
        first = _clause_start(scene, place)
        name = _text(scene.tokens[first:place])
        if name and not any(one.place == place for one in found):
            found.append(_Said(_named_only(name), place, True))
        del phrase
    for key, relays in (("source_after", False), ("relay_after", True)):
        for place, phrase in scene.any_within("voices", key, 0, len(scene.tokens)):
            first = place + len(phrase.words)
            name = _until_stop(scene, first, relay=relays)
            if name:
                found.append(_Said(name, place, relays))
    return found


def _after_quotes(scene: Scene) -> list[_Said]:
    """`«...», – деді департамент өкілі`, `«...», — заявил представитель департамента`."""
    found: list[_Said] = []
    closed = [place for place, token in enumerate(scene.tokens) if token.text in '»”"']
    if not closed:
        return []
    for place, phrase in scene.any_within("voices", "speaker_after", closed[-1], len(scene.tokens)):
        name = _until_stop(scene, place + len(phrase.words))
        if name:
            found.append(_Said(name, 0))
            break
    return found


def _openers(scene: Scene) -> list[_Said]:
    """`Министрлік ... хабарлады`, `Акимат отрицает ...`: the speaker opens the sentence or its part."""
    verbs = scene.any_within("voices", "speaker_opens", 0, len(scene.tokens))
    if not verbs:
        return []
    starts = [0, *(place + 1 for place, token in enumerate(scene.tokens) if token.text in ":,")]
    found: list[_Said] = []
    for start in starts:
        last = _speaker_noun(scene, start)
        if last is None:
            continue
        conjunction = scene.low(start) in ("хотя", "что", "бұл", "это", "в", "на")
        if found and not conjunction and any(one.first > last for one in scene.live() if _same_part(scene, start, one)):
            found.append(_Said(_text(scene.tokens[start : last + 1]), start))
            continue
        follows = [place for place, phrase in verbs if place > last and (phrase.language == "kk" or place - last <= 3)]
        if follows and not scene.tokens[start].quoted:
            found.append(_Said(_text(scene.tokens[start : last + 1]), start))
    return found


def _same_part(scene: Scene, start: int, found: Found) -> bool:
    return scene.tokens[min(start, len(scene.tokens) - 1)].clause == scene.tokens[found.first].clause


def _speaker_noun(scene: Scene, start: int) -> int | None:
    """Where the name of a speaker ends that begins at a place; None where none does.

    A name is a word for a speaker with what stands close to it: a person's name, a name in quotes.
    """
    last: int | None = None
    place = start
    while place < min(start + _OPENS_WITHIN, len(scene.tokens)):
        token = scene.tokens[place]
        if token.text in _STOPS or token.kind in (Kind.NUMBER, Kind.PERCENT):
            break
        if token.text == "«":
            closed = next((at for at in range(place, len(scene.tokens)) if scene.low(at) == "»"), None)
            capital = scene.tokens[min(place + 1, len(scene.tokens) - 1)].text[:1].isupper()
            if closed is None or not capital or closed - place > _LONGEST_NAME:
                break
            last, place = (closed if last is not None else None), closed + 1
            continue
        if scene.any_at("voices", "speaker_nouns", place) or (last == place - 1 and token.text[:1].isupper()):
            last = place
        elif last is not None and place - last > _UNKNOWN_WORDS:
            break
        place += 1
    return last


def _clause_start(scene: Scene, place: int) -> int:
    first = place
    while first > 0 and place - first < _LONGEST_NAME and scene.tokens[first - 1].text not in _STOPS:
        first -= 1
    return first


def _until_stop(scene: Scene, first: int, *, relay: bool = False) -> str:
    last = first
    while last < len(scene.tokens) and last - first < _LONGEST_NAME:
        token = scene.tokens[last]
        ends = token.text in _STOPS or token.kind in (Kind.NUMBER, Kind.LINE)
        said = scene.any_at("voices", "speaker_opens", last) or token.low in ("сказано", "говорится", "указано", "со")
        if ends or said or (relay and token.low in ("со", "что")):
            break
        last += 1
    tokens = scene.tokens[first:last]
    medium = [place for place, _ in scene.any_within("voices", "to_medium", first, last)]
    return _text([token for place, token in enumerate(tokens, first) if place not in medium])


def _text(tokens: list[Token]) -> str:
    """The words as they stand, with the spaces that stood between them."""
    said = ""
    for token in tokens:
        near = not said or said[-1] in "«“(" or token.text in "»”),."
        said += token.text if near else " " + token.text
    return said.strip(" «»") if said.count("«") != said.count("»") else said


def _named_only(name: str) -> str:
    """`«Меридиан» порталының`: the name in quotes is who it is."""
    first, last = name.find("«"), name.find("»")
    return name[first : last + 1] if 0 <= first < last else name


def _without_genitive(scene: Scene, name: str) -> str:
    for ending in scene.lexicon.languages["kk"].data["parts"]["genitive"]:
        if name.endswith(ending) and len(name) > len(ending) + 3:
            return name[: -len(ending)]
    return name


def _about(scene: Scene, whole: Voice) -> str:
    """An institution inside another one's words: `«Министерство отчиталось о ...»`, said by a deputy."""
    if not whole.speaker:
        return ""
    for place in range(len(scene.tokens)):
        begins = scene.low(place - 1) in ("«", "“", '"')
        if begins and scene.any_at("voices", "speaker_nouns", place):
            name = scene.tokens[place].text
            if name.lower() not in whole.speaker.lower():
                return name
    return ""


def _of_figure(scene: Scene, found: Found, said: list[_Said], whole: Voice) -> Voice:
    quoted = bool(scene.tokens[found.first].quoted)
    voice = replace(whole, denied=_denied(scene, found), quoted=quoted)
    openers = sorted((one for one in said if one.place <= found.first and not one.passes_on), key=lambda one: one.place)
    if len(openers) > 1 and not whole.relay:
        return replace(voice, speaker=openers[-1].words)
    return voice


def _denied(scene: Scene, found: Found) -> bool:
    """Whether the words around say that it is not so: in its own part of the sentence, up to a colon."""
    if scene.low(found.last) == "емес" or scene.low(found.first - 1) == "не":
        return True
    ends = [0, *(place for place, token in enumerate(scene.tokens) if token.text in ":;"), len(scene.tokens)]
    first = max(place for place in ends if place <= found.first)
    last = min(place for place in ends if place > found.first)
    return bool(scene.any_within("voices", "denial", first, last))
