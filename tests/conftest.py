"""What every test shares: no test depends on how fast the machine is."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("workbook", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("workbook")
