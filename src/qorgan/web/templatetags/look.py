"""Tags and filters of the look; every template has them without loading. `/style` shows each."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.conf import settings
from django.template.context import Context
from django.templatetags import i18n, static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import country, words
from qorgan.base.words.formats import NBSP
from qorgan.web import drawing

register = template.Library()
# Every page speaks and every page has static files: these two need no loading either.
register.tags.update(i18n.register.tags | static.register.tags)
register.filters.update(i18n.register.filters)

NONE = "\u2013"
ICONS = {"late": "late", "due": "due", "done": "done", "sealed": "seal", "plan": "plan", "": "plan"}


def lang() -> str:
    """The language of the page."""
    return get_language() or settings.LANGUAGE_CODE


def place_zone(context: Context, zone: tzinfo | None) -> tzinfo | str:
    """The clock to read: the one given, else the page's `zone`, else the country's."""
    found: tzinfo | str = zone or context.get("zone") or country.toml("country.toml")["zone"]
    return found


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from the sheet in `_icons.html`; never without its word beside it."""
    return format_html('<svg class="ic" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def state(kind: str, word: str, count: int | None = None) -> SafeString:
    """A state as shape, word and colour: late, due, done, sealed, or plan for what lies ahead."""
    if count is not None:
        word = f"{words.number(count, lang())}{NBSP}{word}"
    return format_html('<span class="state {}">{}{}</span>', kind, icon(ICONS.get(kind, kind)), word)


@register.simple_tag
def tag(word: str = "") -> SafeString:
    """The dashed tag of what is not verified yet."""
    return format_html('<span class="tag">{}</span>', word or _("to be verified"))


@register.simple_tag
def key(name: str) -> SafeString:
    """A keycap: the key, and what it types on the keyboard of this language where that is not a digit."""
    caps = [_cap(part) for part in name.split()]
    return format_html_join(" ", "{}", ((cap,) for cap in caps))


def _cap(name: str) -> SafeString:
    layouts = country.toml("country.toml").get("keyboard", {})
    typed = layouts.get(get_language() or "", {}).get(name, "")
    return format_html("<kbd>{}<i>{}</i></kbd>", name, typed) if typed else format_html("<kbd>{}</kbd>", name)


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | None, zone: tzinfo | None = None) -> SafeString:
    """A moment on the clock of its place: `zone`, else the page's `zone`, else the country's."""
    if at is None:
        return mark_safe("")
    text = words.moment(at, place_zone(context, zone), lang())
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), text)


@register.simple_tag(takes_context=True)
def day(context: Context, at: datetime | date, zone: tzinfo | None = None, weekday: bool = True) -> str:
    """A day in words, with its weekday: `2026 жылғы 20 қараша, жұма`."""
    if isinstance(at, datetime):
        place = place_zone(context, zone)
        at = at.astimezone(ZoneInfo(place) if isinstance(place, str) else place).date()
    text = words.date_long(at, lang())
    return f"{text}, {words.weekday(at, lang())}" if weekday else text


@register.filter
def short(at: date) -> str:
    """A day in figures: `20.11.2026`."""
    return words.date_short(at, lang())


@register.simple_tag
def bar(share: float, kind: str = "gone") -> SafeString:
    """A thin bar that repeats a number said in words: `share` of 0 to 1, of kind gone, late, due or done."""
    return drawing.mini(share, kind=kind)


@register.simple_tag(takes_context=True)
def clock(
    context: Context,
    due: datetime | None,
    since: datetime | None = None,
    done: datetime | None = None,
    zone: tzinfo | None = None,
) -> SafeString:
    """How long is left or past, then the moment, then the bar. `done` is when it was done, if it was.

    Written here and not in a template: a page of the day has it in each of its rows.
    """
    face = drawing.face(due=due, since=since, done=done, now=context["now"], lang=lang())
    if done is not None:
        term = words.moment(due, place_zone(context, zone), lang()) if due else ""
        by = format_html('<br><span class="sub">{}</span>', _("by %(moment)s") % {"moment": term}) if term else ""
        return format_html('<span class="clock">{}</span>{}', when(context, done, zone), by)
    if due is None:
        return format_html('<span class="clock">{}</span>', _("no term on record"))
    moment, bar = when(context, due, zone), face.bar or ""
    return format_html('<span class="clock">{}</span><br><span class="sub">{}</span>{}', face.text, moment, bar)


@register.inclusion_tag("look/_clockbar.html", takes_context=True)
def clockbar(
    context: Context,
    start: datetime,
    end: datetime,
    marks: list[drawing.Mark],
    label: str = "",
    zone: tzinfo | None = None,
) -> dict[str, Any]:
    """The bar of a long clock with its marks (`drawing.Mark`); the black line is now."""
    picture = drawing.clockbar(start=start, end=end, marks=marks, now=context["now"])
    return {"picture": picture, "label": label, "zone": place_zone(context, zone)}


@register.inclusion_tag("look/_field.html")
def field(bound: forms.BoundField, css: str = "", key: str = "", bare: bool = False) -> dict[str, Any]:
    """A field with its label, hint and what is wrong. `css`: c2, c3, c4, c6 in a `.form` grid; `key`: its key.

    `bare` leaves out the word *optional*, where every field of a form is.
    """
    widget = bound.field.widget
    kind = "plain"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "seg"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "tick"
    if widget.attrs.get("placeholder") == bound.label:  # the label says it already; repeated, it looks typed
        del widget.attrs["placeholder"]
    described = [f"{bound.id_for_label}_hint"] if bound.help_text else []
    attributes: dict[str, str | bool] = {"data-key": key} if key else {}
    if type(widget) in (forms.TextInput, forms.Textarea):
        attributes["dir"] = "auto"  # each text in its own direction, and none turns another
    if bound.errors:
        described.append(f"{bound.id_for_label}_err")
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    control = "" if kind == "seg" else bound.as_widget(attrs=attributes)
    return {"bound": bound, "kind": kind, "css": css, "control": control, "key": key, "bare": bare}


@register.inclusion_tag("look/_errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with a form, said over it, each line leading to its field."""
    return {
        "form": form,
        "fields": [bound for bound in form if bound.errors],
        "general": form.non_field_errors() if form.is_bound else [],
        "compared": getattr(form, "compared", ()),
    }


@register.inclusion_tag("look/_pages.html")
def pages(newer: str = "", older: str = "", shown: str = "") -> dict[str, str]:
    """Links to the newer and older part of a list, with what is shown between them."""
    return {"newer": newer, "older": older, "shown": shown}


@register.filter
def number(value: int | Decimal | None, digits: int | None = None) -> str:
    """Digits in groups, the language's decimal sign; a dash where there is no value."""
    return NONE if value is None else words.number(value, lang(), digits=digits)


@register.filter
def percent(value: Decimal, digits: int) -> str:
    """`37,9 %`, as the language writes it; `value` is in percent."""
    return words.percent(value, lang(), digits=digits)


@register.filter
def nb(text: str) -> str:
    """The same text with no-break spaces: numbers with units, initials with a surname."""
    return str(text).replace(" ", NBSP)
