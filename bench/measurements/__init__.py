"""What ``npm run bench`` measures: a module each, with ``measure`` and ``rows``."""
