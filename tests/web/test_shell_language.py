"""Three languages, the first one without asking."""

from django.test import Client

from qorgan.agencies.models import Staff
from tests.web.pages import signed_in


def lang(client: Client, address: str = "/sign-in/", **headers: str) -> str:
    page = client.get(address, headers=headers or None).content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_a_page_opens_in_the_countrys_first_language_whatever_the_browser_prefers(db: None) -> None:
    assert lang(Client(), **{"Accept-Language": "en-GB,en;q=0.9,ru;q=0.8"}) == "kk"


def test_a_chosen_language_stays(db: None) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "ru", "next": "/sign-in/?next=/cases/"})
    assert answer.headers["Location"] == "/sign-in/?next=/cases/"
    assert lang(client) == "ru"


def test_a_person_reads_in_the_language_kept_with_her_until_she_chooses_another(db: None) -> None:
    Staff.objects.filter(login="rudny").update(language="ru")
    client = Client()
    client.force_login(Staff.objects.get(login="rudny"), backend="django.contrib.auth.backends.ModelBackend")
    assert lang(client, "/figures/") == "ru"
    client.post("/language/", {"language": "kk"})
    assert lang(client, "/figures/") == "kk"


def test_an_unknown_language_changes_nothing(db: None) -> None:
    client = Client()
    assert client.post("/language/", {"language": "xx"}).status_code == 302
    assert lang(client) == "kk"


def test_choosing_a_language_leads_to_no_other_site() -> None:
    answer = Client().post("/language/", {"language": "ru", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_language_is_not_chosen_by_following_a_link() -> None:
    assert Client().get("/language/").status_code == 405


def test_every_page_offers_every_language_by_its_own_name(db: None) -> None:
    page = signed_in("inspector").get("/").content.decode()
    for name in ("Қазақша", "Русский", "English"):
        assert name in page
