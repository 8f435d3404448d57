"""`python -m tools.check_migrations`: exit 1 where models and migrations differ. Needs no server."""

import os
import sys
import warnings


def main() -> int:
    """Ask Django what migrations our rooms still need; it prints them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.offline"
    import django

    django.setup()
    from django.apps import apps
    from django.core.management import call_command

    rooms = [config.label for config in apps.get_app_configs() if config.name.startswith("qorgan.")]
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    try:
        call_command("makemigrations", *rooms, check=True, dry_run=True, interactive=False, verbosity=1)
    except SystemExit as stop:
        return int(bool(stop.code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
