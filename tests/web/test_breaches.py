"""A breach on the pages: from the order and from a report by one key, with what followed it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions as courts
from qorgan.courts.terms import DecisionKind, Kind
from qorgan.orders import actions as orders
from qorgan.orders import queries
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import Followed, Noticed
from qorgan.web.orders.papers import compose
from tests import factories
from tests.courts import made
from tests.orders.test_breaches import protocol, told
from tests.web.pages import signed_in

DAY = timedelta(days=1)
ALMATY = ZoneInfo("Asia/Almaty")


def _typed(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('Asia/Almaty')):%d.%m.%Y %H:%M}"


def test_the_order_page_leads_by_one_key_to_its_breach(owner: Actor) -> None:
    order = factories.served(by=owner, now=clock.now() - DAY)
    browser = signed_in("inspector")
    page = browser.get(f"/orders/{order.id}/").content.decode()
    assert f'href="/orders/{order.id}/breach/" data-key="B"' in page
    form = {"seen": order.version, "prohibitions": ["contact"], "note": "есікті соққан", "breached_at": ""}
    late = browser.post(f"/orders/{order.id}/breach/", {**form, "noticed_at": _typed(clock.now() + DAY)})
    assert late.status_code == 422
    assert "not in the future" in late.content.decode()
    assert "есікті соққан" in late.content.decode()
    kept = browser.post(f"/orders/{order.id}/breach/", {**form, "noticed_at": _typed(clock.now())})
    breach = Breach.objects.get(order=order)
    assert kept.url == f"/orders/breach/{breach.id}/"
    shown = browser.get(kept.url).content.decode()
    assert "есікті соққан" in shown
    assert "461" in shown
    listed = browser.get(f"/orders/{order.id}/").content.decode()
    assert f"/orders/breach/{breach.id}/" in listed
    assert f"/orders/breach/{breach.id}/" in browser.get(f"/cases/{order.case_id}/").content.decode()


def test_the_report_page_leads_by_one_key_to_the_order_it_breaks(owner: Actor) -> None:
    order = factories.served(by=owner, now=clock.now() - DAY)
    report = factories.report(by=owner, now=clock.now())
    browser, address = signed_in("inspector"), f"/orders/called/{report.id}/"
    assert f'href="{address}" data-key="B"' in browser.get(f"/reports/{report.id}/").content.decode()
    typed = {"number": "жоқ", "prohibitions": ["contact"], "breached_at": ""}
    wrong = browser.post(address, typed)
    assert wrong.status_code == 422
    assert "No order of this number is in sight." in wrong.content.decode()
    browser.post(address, typed | {"number": order.number})
    breach = Breach.objects.get(order=order)
    assert (breach.noticed, breach.report_id) == (Noticed.REPORT, report.id)
    assert f"/orders/breach/{breach.id}/" in browser.get(f"/reports/{report.id}/").content.decode()
    again = browser.post(address, typed | {"number": order.number})
    assert again.status_code == 422


def test_an_order_that_is_over_is_refused_on_the_page_with_its_article(owner: Actor) -> None:
    order = factories.served(by=owner, now=clock.now() - 31 * DAY)
    report = factories.report(by=owner, now=clock.now())
    answer = signed_in("inspector").post(
        f"/orders/called/{report.id}/", {"number": order.number, "prohibitions": ["contact"], "breached_at": ""}
    )
    assert answer.status_code == 422
    assert "60" in answer.content.decode()
    assert not Breach.objects.exists()


def test_what_followed_is_written_on_the_page_and_what_the_court_decided_is_shown(owner: Actor) -> None:
    now = clock.now()
    order = factories.served(by=owner, now=now - 2 * DAY)
    breach = orders.note_breach(order=order, told=told(now - DAY), by=owner, now=now - DAY)
    drawn = protocol(order, by=owner, now=now - DAY)
    browser, address = signed_in("inspector"), f"/orders/breach/{breach.id}/"
    order.refresh_from_db()
    typed = {"kind": "protocol", "happened_at": _typed(now), "why": "", "seen": order.version, "offence": ""}
    missing = browser.post(f"{address}follow/", typed)
    assert missing.status_code == 422
    assert drawn.offence is not None
    browser.post(f"{address}follow/", typed | {"offence": str(drawn.offence.id)})
    assert Followed(breach.outcomes.get().kind) is Followed.PROTOCOL
    send = browser.get(f"/courts/send/breach/{breach.id}/").content.decode()
    assert order.number in send
    court = made.court()
    material = courts.Material(kind=Kind.ADMINISTRATIVE, court_id=court.id, breach=breach, offence=drawn.offence)
    sent = courts.send(material=material, by=owner, now=now)
    with acting(made.clerk()):
        ruling = made.ruling(DecisionKind.WARNING, at=now)
        decision = courts.decide(court_case=sent, ruling=ruling, by=made.clerk(), now=now)
    shown = browser.get(address).content.decode()
    for words in (drawn.offence.number, sent.number, decision.number, "warning"):
        assert words in shown


def test_a_stranger_is_told_that_no_such_breach_is_there(owner: Actor) -> None:
    now = clock.now()
    order = factories.served(by=owner, now=now - DAY)
    breach = orders.note_breach(order=order, told=told(now), by=owner, now=now)
    for path in ("", "follow/", "join/"):
        assert signed_in("rudny").get(f"/orders/breach/{breach.id}/{path}").status_code in (403, 404)
    assert signed_in("head").get(f"/orders/breach/{breach.id}/").status_code == 200


def test_the_paper_names_the_breach_and_what_followed_and_not_who_told_of_it(owner: Actor) -> None:
    now = clock.now()
    order = factories.served(by=owner, now=now - DAY)
    report = factories.report(by=owner, now=now)
    breach = orders.note_breach(order=order, told=told(now), report=report, by=owner, now=now)
    orders.follow_breach(breach=breach, followed=orders.Consequence(Followed.WARNED, now), by=owner, now=now)
    view = queries.opened_orders(Order.objects.filter(pk=order.pk).select_related("case"))[0]
    (told_of,) = compose(view, now=now).breaches
    assert told_of["ru"].endswith("официальное предостережение")
    assert signed_in("inspector").get(f"/orders/{order.id}/paper.pdf").content.startswith(b"%PDF")
    assert not any(report.number in words or "сообщен" in words for words in told_of.values())
