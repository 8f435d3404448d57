"""What every process shares. A process's own module gives its name and, through its charter, its keys."""

import os
from pathlib import Path
from typing import Any

from qorgan.agencies.terms import SecondFactor
from qorgan.base import country, deployment, logs
from qorgan.base.db.answering import MANNERS
from qorgan.base.processes import CHARTERS, Key, Process


def settings_for(process: Process) -> dict[str, Any]:
    """All settings of one kind of process."""
    return _shared(process) | _secrets(process) | _LIBRARIES


def _secrets(process: Process) -> dict[str, Any]:
    """The keys the charter allows, and nothing for the others."""
    held = CHARTERS[process].key
    store = deployment.keys_login(process)
    persons = held is Key.PERSONS
    return {
        "FINGERPRINTS_KEY": deployment.fingerprints_key() if persons else b"",  # before the first master is made
        "MASTER_KEYS": deployment.masters() if persons else {},
        "INDEX_KEY": deployment.secret("index") if persons else b"",
        "KEYS_DSN": store.dsn() if store else "",
        "SIGNERS_KEY": deployment.secret("signers") if held is Key.SIGNERS else b"",
        "LINKS_KEY": deployment.secret("links") if held is Key.LINKS else b"",
        # The door seals what it cannot open; its own secret makes digests of codes, which open no record.
        # Staff pages seal with it what comes in over the API, and on the call screen, while the database is away.
        "DOOR_SEALS": deployment.door_public() if process in (Process.DOOR, Process.STAFF) else b"",
        "DOOR_CODES": deployment.secret("door-codes") if process is Process.DOOR else b"",
        "DOOR_OPENS": deployment.secret("door") if process is Process.WORKER else b"",
        "SECRET_KEY": deployment.secret(f"web-{process}").hex(),
        # Opens second factors and sessions, no record of anyone: no key of the charters, and the pages' alone.
        "SIGN_IN_KEY": deployment.secret("sign-in") if process is Process.STAFF else b"",
    }


def _manners(process: Process) -> dict[str, Any]:
    """How a process asks the database; one that answers pages: on one core, and not without end.

    The planner cannot see how few territories a scope holds and calls helpers for it, which cost more than they bring.
    """
    if process not in _WEB:
        return {"connect_timeout": 10, **MANNERS}
    # A page does not wait for a server that is away as long as the system would: what can be spooled is.
    options = "-c max_parallel_workers_per_gather=0"
    if os.environ.get("QORGAN_WITHOUT_PAGES") != "1":  # a command of staff takes the time it takes
        options += f" -c statement_timeout={10 if process is Process.DOOR else 30}s"
    return {"options": options, "connect_timeout": 4, **MANNERS}


def _database(process: Process) -> dict[str, Any]:
    login = deployment.login(process)
    return {
        "ENGINE": "qorgan.base.db.backend",
        "HOST": login.host,
        "PORT": login.port,
        "NAME": login.name,
        "USER": login.user,
        "PASSWORD": login.password,
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"application_name": f"qorgan-{process}", **_manners(process), **dict(login.options)},
    }


def _second_factor() -> str:
    """`QORGAN_SECOND_FACTOR`: records or everyone; nobody, in a demonstration alone. Raises ValueError."""
    policy = SecondFactor(os.environ.get("QORGAN_SECOND_FACTOR") or ("nobody" if deployment.is_demo() else "records"))
    if policy is SecondFactor.NOBODY and not deployment.is_demo():
        raise ValueError("QORGAN_SECOND_FACTOR=nobody is for demonstrations: real records need a second factor.")
    return policy.value


def _languages() -> list[tuple[str, str]]:
    return [(code, name) for code, name in country.toml("country.toml")["languages"].items()]


def _hosts() -> list[str]:
    return os.environ.get("QORGAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def _cookies(*, is_demo: bool) -> dict[str, Any]:
    """Names and manners of cookies. With TLS before it, each belongs to this host alone, and forms come from there."""
    prefix = "" if is_demo else "__Host-"
    return {
        "SESSION_COOKIE_NAME": f"{prefix}sessionid",
        "CSRF_COOKIE_NAME": f"{prefix}csrftoken",
        "LANGUAGE_COOKIE_NAME": f"{prefix}lang",
        "SESSION_COOKIE_SECURE": not is_demo,
        "CSRF_COOKIE_SECURE": not is_demo,
        "CSRF_TRUSTED_ORIGINS": [] if is_demo else [f"https://{host}" for host in _hosts()],
    }


def _spool() -> dict[str, Any]:
    """Where the segments lie, and how many of 8 MiB each process that accepts takes on the disk beforehand."""
    count = int(os.environ.get("QORGAN_SPOOL_SEGMENTS") or (2 if deployment.is_demo() else 8))
    return {"SPOOL": str(deployment.home() / "spool"), "SPOOL_SEGMENTS": count}


def _shared(process: Process) -> dict[str, Any]:
    place = country.toml("country.toml")
    return {
        "PROCESS": process.value,
        "DEMO": deployment.is_demo(),
        "SECOND_FACTOR": _second_factor(),
        # How many proxies of its own stand before a deployment: without them all staff would come from one address,
        # and a stranger's wrong passwords would shut out whom he names.
        "ALLAUTH_TRUSTED_PROXY_COUNT": int(os.environ.get("QORGAN_PROXIES", "0")),
        "DEBUG": False,
        "LOGGING": logs.settings(os.environ.get("QORGAN_LOG", "warning" if deployment.is_demo() else "info")),
        "ALLOWED_HOSTS": _hosts(),
        "DATABASES": {"default": _database(process)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": _needed(_APPS, process),
        "MIDDLEWARE": _needed(_MIDDLEWARE, process),
        "ROOT_URLCONF": f"qorgan.config.urls.{process}" if process in _WEB else "qorgan.config.urls.none",
        "WSGI_APPLICATION": None,
        "TEMPLATES": [_TEMPLATES],
        "STATIC_URL": "/static/",
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        # A demonstration runs on this machine without TLS; everything else stands behind a proxy that speaks it.
        **_cookies(is_demo=deployment.is_demo()),
        "TIME_ZONE": "UTC",
        "USE_TZ": True,
        "LANGUAGE_CODE": next(iter(place["languages"])),
        "LANGUAGES": _languages(),
        "LOCALE_PATHS": [str(country.folder() / "words")],
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        # A form in Cyrillic letters is six bytes a letter on its way: a whole book is read, then kept or refused.
        "DATA_UPLOAD_MAX_MEMORY_SIZE": (16 if process in (Process.DOOR, Process.STAFF) else 5) * _MEGABYTE,
        "CACHES": {"default": {"BACKEND": _MEMORY, "OPTIONS": {"MAX_ENTRIES": 100_000}}},
        "EXIT": os.environ.get("QORGAN_EXIT", ""),
        **_spool(),
    }


_WEB = frozenset({Process.STAFF, Process.PUBLIC, Process.DOOR, Process.PETITIONS})
_MEGABYTE = 1024 * 1024
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"

_STAGES = [
    "places",
    "agencies",
    "law",
    "files",
    "messages",
    "duties",
    "people",
    "reports",
    "cases",
    "risk",
    "missing",
    "offences",
    "orders",
    "courts",
    "shredding",
]
_FIGURES = ["facts", "indicators", "releases", "claims"]

_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "procrastinate.contrib.django",
    "qorgan.base",
    *[f"qorgan.{stage}" for stage in _STAGES + _FIGURES],
    "qorgan.web",
    "qorgan.api",
]

_PAGES, _JOBS = "pages of staff", "jobs"
# What only some processes need, and what for; the others are started without it.
_FOR: dict[str, str] = {
    "allauth": _PAGES,
    "allauth.account": _PAGES,
    "allauth.mfa": _PAGES,
    "axes": _PAGES,
    "allauth.account.middleware.AccountMiddleware": _PAGES,
    "axes.middleware.AxesMiddleware": _PAGES,
    "qorgan.api.problems.written_down": _PAGES,
    "qorgan.api.spooled.Spooled": _PAGES,
    "qorgan.web.calls.away.Away": _PAGES,
    "procrastinate.contrib.django": _JOBS,
}
_DOES: dict[Process, frozenset[str]] = {
    Process.STAFF: frozenset({_PAGES, _JOBS}),
    Process.WORKER: frozenset({_JOBS}),
    Process.MIGRATOR: frozenset({_PAGES, _JOBS}),  # it makes the tables of all
}


def _needed(names: list[str], process: Process) -> list[str]:
    """The apps, or the middleware, of a process. A command of staff answers no page (`cli.start`)."""
    does = _DOES.get(process, frozenset())
    if process is Process.STAFF and os.environ.get("QORGAN_WITHOUT_PAGES") == "1":
        does = frozenset({_JOBS})
    return [name for name in names if _FOR.get(name) in does or name not in _FOR]


_MIDDLEWARE = [
    "qorgan.web.middleware.logged",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qorgan.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qorgan.web.middleware.mandate",
    "qorgan.web.middleware.refusals",
    "qorgan.api.problems.written_down",
    "qorgan.api.spooled.Spooled",
    "qorgan.web.calls.away.Away",
    "axes.middleware.AxesMiddleware",
]

_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [str(Path(__file__).resolve().parents[2] / "web" / "templates")],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
            "qorgan.web.context.page",
        ],
        "loaders": [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
        "builtins": ["qorgan.web.templatetags.look"],
    },
}

_LIBRARIES: dict[str, Any] = {
    "AUTH_USER_MODEL": "agencies.Staff",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        {"NAME": "qorgan.web.account.strength.LikeHerself"},
    ],
    "LOGIN_URL": "/sign-in/",
    "LOGIN_REDIRECT_URL": "/",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": "login",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_RATE_LIMITS": False,
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_TOTP_ISSUER": "Qorgan",
    # A passkey cannot be guessed; this only bounds the work. An office behind one address comes to its shift at once.
    "MFA_RATE_LIMITS": {"webauthn_login": "120/m/ip"},
    # Five minutes: a grave act with its form is done in them, and who finds a desk open after them does none.
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 5 * 60,
    "ACCOUNT_ADAPTER": "qorgan.web.account.comings.Comings",
    "MFA_ADAPTER": "qorgan.web.account.factors.Factors",
    "MFA_FORMS": {
        "authenticate": "qorgan.web.account.codes.Code",
        "reauthenticate": "qorgan.web.account.codes.CodeAgain",
        "authenticate_webauthn": "qorgan.web.account.codes.SecurityKey",
        "login_webauthn": "qorgan.web.account.codes.PasskeyAlone",
        "reauthenticate_webauthn": "qorgan.web.account.codes.SecurityKeyAgain",
    },
    "SESSION_ENGINE": "qorgan.web.account.sessions",
    "AXES_FAILURE_LIMIT": 6,
    "AXES_COOLOFF_TIME": 0.25,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    # allauth hands the backends `username`, whatever the form calls it; under another name no failure is counted.
    "AXES_USERNAME_FORM_FIELD": "username",
    "AXES_LOCKOUT_CALLABLE": "qorgan.web.account.views.locked_out",
    "AXES_ENABLE_ADMIN": False,
    "AXES_CLIENT_IP_CALLABLE": "qorgan.web.account.comings.address",
    "AXES_DISABLE_ACCESS_LOG": True,  # the journal keeps who came in, without the address of a machine
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 12 * 3600,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    # Chromium sends `Origin: null` under no-referrer, and forms are refused; public pages set it for themselves.
    "SECURE_REFERRER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "PROCRASTINATE_AUTODISCOVER_MODULE_NAME": "jobs",
    "SILENCED_SYSTEM_CHECKS": [],
}
