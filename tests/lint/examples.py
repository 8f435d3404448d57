"""For every rule of lint: files that break it, and files just as near that do not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """Files by path; the codes that lint must find in them, empty where it must find nothing."""

    name: str
    files: dict[str, str]
    code: str = ""


STAGE = "src/qorgan/orders"
INIT = {"src/qorgan/__init__.py": "", f"{STAGE}/__init__.py": ""}
PAGE = "src/qorgan/web/templates/orders/page.html"
ROOT_PATH = "/" + "root/data"  # in two pieces, or this file would break the rule itself
REGISTRY = "https://pypi" + ".org/simple"


def _stage(name: str, text: str) -> dict[str, str]:
    return INIT | {f"{STAGE}/{name}": text}


def _long_function(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


LAYOUT = (
    Example("folder without init", INIT | {f"{STAGE}/engine/clock.py": ""}, "Q101"),
    Example(
        "folder of data needs no init",
        INIT | {"src/qorgan/indicators/definitions/a.toml": "", "src/qorgan/indicators/__init__.py": ""},
    ),
    Example("junk drawer", _stage("utils.py", ""), "Q102"),
    Example("junk drawer as a folder", _stage("helpers/__init__.py", ""), "Q102"),
    Example("python in a country", INIT | {"src/qorgan/country/kz/rules.py": ""}, "Q103"),
    Example("data in a country", INIT | {"src/qorgan/country/kz/law/orders.toml": ""}),
)

SHAPE = (
    Example("file too long", _stage("rules.py", "x = 1\n" * 401), "Q111"),
    Example("file just long enough", _stage("rules.py", "x = 1\n" * 400)),
    Example("long test file", {"tests/orders/test_rules.py": "x = 1\n" * 500}),
    Example("test file too long", {"tests/orders/test_rules.py": "x = 1\n" * 501}, "Q111"),
    Example("function too long", _stage("rules.py", _long_function(41)), "Q112"),
    Example("function just long enough", _stage("rules.py", _long_function(40))),
    Example("two arguments by position", _stage("actions.py", "def issue(order, why, *, by, now): ..."), "Q113"),
    Example("atomic without by", _stage("actions.py", "@transaction.atomic\ndef issue(*, order, now): ..."), "Q113"),
    Example("write without now", _stage("actions.py", "def issue(*, order, by):\n    order.save()"), "Q113"),
    Example("journal without now", _stage("actions.py", "def issue(*, by):\n    journal.write(by=by)"), "Q113"),
    Example("a whole action", _stage("actions.py", "@transaction.atomic\ndef issue(*, by, now):\n    order.save()")),
    Example("a private helper is free", _stage("actions.py", "def _issue(a, b):\n    order.save()")),
    Example("an action that only computes", _stage("actions.py", "def digest(parts): ...")),
    Example(
        "gettext in an engine", _stage("engine/__init__.py", "from django.utils.translation import gettext"), "Q114"
    ),
    Example("django in an engine", _stage("engine/__init__.py", "def f():\n    import django.db"), "Q114"),
    Example("plain engine", _stage("engine/__init__.py", "from datetime import date")),
)

_FK = "from qorgan.cases.models import Case\nclass A:\n    b = models.ForeignKey({})\n"

RECORDS = (
    Example("accessor opened again", _stage("models.py", _FK.format("Case, related_query_name='x'")), "Q201"),
    Example("cascade to an imported stage", _stage("models.py", _FK.format("Case, on_delete=models.CASCADE")), "Q202"),
    Example("cascade by position", _stage("models.py", _FK.format("Case, models.CASCADE")), "Q202"),
    Example("cascade by string", _stage("models.py", _FK.format("'cases.Case', on_delete=models.CASCADE")), "Q202"),
    Example("cascade inside the stage", _stage("models.py", _FK.format("'Order', on_delete=models.CASCADE"))),
    Example("protect", _stage("models.py", _FK.format("Case, on_delete=models.PROTECT"))),
    Example("save in a query", _stage("queries.py", "order.save(update_fields=['a'])"), "Q203"),
    Example("create in a page", _stage("queries.py", "Order.objects.create(a=1)"), "Q203"),
    Example("update in a rule", _stage("rules.py", "Order.objects.filter(a=1).update(b=2)"), "Q203"),
    Example("delete in a job", _stage("jobs.py", "order.delete()"), "Q203"),
    Example("get_or_create", _stage("jobs.py", "Order.objects.get_or_create(a=1)"), "Q203"),
    Example("bulk_create", _stage("jobs.py", "Order.objects.bulk_create(orders)"), "Q203"),
    Example("sql that writes", _stage("queries.py", "cursor.execute('update orders_order set a = 1')"), "Q203"),
    Example("sets and digests may be updated", _stage("queries.py", "seen.update(more); digest.update(b'')")),
    Example("sql that reads", _stage("queries.py", "cursor.execute('select 1')")),
    Example(
        "the journal itself",
        INIT | {"src/qorgan/base/__init__.py": "", "src/qorgan/base/journal/__init__.py": "E.objects.create(a=1)"},
    ),
    Example(
        "session-level set_config", _stage("queries.py", "SQL = \"select set_config('q.staff', %s, false)\""), "Q204"
    ),
    Example("plain SET", _stage("queries.py", "SQL = 'SET row_security = off'"), "Q204"),
    Example("SET SESSION", _stage("queries.py", "SQL = 'set session statement_timeout to 5'"), "Q204"),
    Example("local set_config", _stage("queries.py", "SQL = \"select set_config('q.staff', %s, true)\"")),
    Example("SET LOCAL", _stage("queries.py", "SQL = 'set local statement_timeout = 5'")),
    Example("a sentence about a set", _stage("queries.py", "WORDS = 'Set the date of birth'")),
)

PORTABLE = (
    Example("path of a machine", {"docs/install.md": f"cd {ROOT_PATH}"}, "Q301"),
    Example("path of a machine in code", _stage("rules.py", f"HERE = '{ROOT_PATH}'"), "Q301"),
    Example("path under a variable", {"docs/install.md": f"cd $QORGAN{ROOT_PATH}"}),
    Example("registry", {"locks/core.txt": f"--index-url {REGISTRY}"}, "Q302"),
    Example(
        "registry of one's own", {"tools/a.sh": "export UV_DEFAULT_INDEX=" + "https://mirror.example/simple"}, "Q302"
    ),
    Example("address of a project", {"docs/a.md": "https://www.postgresql.org/docs/"}),
    Example("noqa for everything", _stage("rules.py", "x = 1  # noqa - because it is needed"), "Q303"),
    Example("noqa without reason", _stage("rules.py", "x = 1  # noqa: E501"), "Q303"),
    Example("ignore without reason", _stage("rules.py", "x = 1  # type: ignore[misc]"), "Q303"),
    Example("ignore of everything", _stage("rules.py", "x = 1  # type: ignore  # the stubs are wrong here"), "Q303"),
    Example("noqa with reason", _stage("rules.py", "x = 1  # noqa: E501 - an address cannot be broken")),
    Example("reason before", _stage("rules.py", "x = 1  # the keeper has one thread  # noqa: PLW1509")),
    Example("ignore with reason", _stage("rules.py", "x = 1  # type: ignore[misc]  # every model declares it")),
    Example("exception without reason", _stage("queries.py", "x = 1  # lint: allow Q203"), "Q303"),
    Example("exception with reason", _stage("queries.py", "order.save()  # lint: allow Q203 - only a file is meant")),
    Example("skip without reason", {"tests/a.py": "@pytest.mark.skip\ndef test_a(): ..."}, "Q304"),
    Example("skipif without reason", {"tests/a.py": "@pytest.mark.skipif(True)\ndef test_a(): ..."}, "Q304"),
    Example("skip with reason", {"tests/a.py": "def test_a():\n    pytest.skip('no older server on this machine')"}),
    Example(
        "xfail with reason", {"tests/a.py": "@pytest.mark.xfail(reason='waits for the courts')\ndef test_a(): ..."}
    ),
)

PAGES = (
    Example("style in place", {PAGE: '<p style="color: red"></p>'}, "Q401"),
    Example("style sheet", {PAGE: '<link rel="stylesheet" href="x.css"><p class="style"></p>'}),
    Example("trusted blindly", {PAGE: "{{ words|safe }}"}, "Q402"),
    Example("trusted with reason", {PAGE: "{{ chart|safe }}{# drawn by this system, no input in it #}"}),
    Example("text without translation", {PAGE: "<p>Order</p>"}, "Q403"),
    Example("Kazakh text in place", {PAGE: "<p>Нұсқама</p>"}, "Q403"),
    Example("spoken attribute", {PAGE: '<input placeholder="Surname">'}, "Q403"),
    Example("translated text", {PAGE: "<p>{% translate 'Order' %} &nbsp; {{ number }}</p>"}),
    Example("translated block", {PAGE: "{% blocktranslate %}Until {{ day }}{% endblocktranslate %}"}),
    Example("translated attribute", {PAGE: "<input placeholder=\"{% translate 'Surname' %}\">"}),
    Example("scripts and comments", {PAGE: "{# words #}<!-- words --><script>let words</script>"}),
    Example("names of things in code", {PAGE: "<p>{% translate 'Class' %} <code>.btn</code></p>"}),
    Example("letters of a language", {PAGE: '<span lang="kk">Әә Ғғ</span>'}),
    Example("a page in a language", {PAGE: '<html lang="kk"><p>Нұсқама</p></html>'}, "Q403"),
    Example("class of the body", {PAGE: "{% block body_class %}public{% endblock %}"}),
    Example("block with words", {PAGE: "{% block title %}Orders{% endblock %}"}, "Q403"),
    Example("the name of the system", {PAGE: "<title>Qorgan</title>"}),
)

EXAMPLES = (*LAYOUT, *SHAPE, *RECORDS, *PORTABLE, *PAGES)
