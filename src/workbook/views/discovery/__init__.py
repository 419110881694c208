"""Chapter 02 on the page: how long discovery takes, whom to talk to, and the discovery agenda.

Named here is what its notebook calls.
"""

from workbook.analysis.discovery.discovery import read_discovery, read_discovery_alone
from workbook.analysis.discovery.interviews import interviews_needed
from workbook.views.discovery.agenda import show_agenda, show_order, summarise_agenda
from workbook.views.discovery.figures import (
    compare_readings,
    draw_weeks,
    list_differences,
    read_twice,
    show_money,
    show_weeks,
    summarise,
    write_follows,
    write_headline,
)
from workbook.views.discovery.interview_count import count_interviews

__all__ = [
    "compare_readings",
    "count_interviews",
    "draw_weeks",
    "interviews_needed",
    "list_differences",
    "read_discovery",
    "read_discovery_alone",
    "read_twice",
    "show_agenda",
    "show_money",
    "show_order",
    "show_weeks",
    "summarise",
    "summarise_agenda",
    "write_follows",
    "write_headline",
]
