"""Pages of the administrator: people, their mandates and sign-in, channels of machines."""
