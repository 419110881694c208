"""Parameter files -> model: the only room that opens them, and the door at which editions are made.

Lists (`folders`), reads (`reading`), brings older files forward (`schema`), writes (`writing`, `snapshots`) and hands
out what an edition may show (`door`). `forms.saving` writes the answers that people give; nothing else writes there.
"""

from workbook.disk.writing import (
    list_written,
    make_folder,
    make_folders_private,
    remove_temporary,
    write_atomically,
    write_bytes,
)
from workbook.storage.creating import create_engagement, create_from_files
from workbook.storage.door import (
    ENGAGEMENTS,
    gather_portfolio,
    load_engagement,
    load_portfolio,
    read_edition,
    release_engagement,
    snapshot_portfolio,
)
from workbook.storage.earlier import find_followed, find_lost, list_earlier, list_following
from workbook.storage.facts import list_fact_problems, read_facts_data
from workbook.storage.folders import (
    AGREED_FILE,
    EARLIER_FOLDER,
    FACTS_FILE,
    SET_ASIDE,
    SURVEYS_FOLDER,
    VOICES_FOLDER,
    find_engagement,
    find_outputs,
    find_project,
    find_slug,
    leave_shipped_out,
    list_links,
    list_slugs,
    list_strays,
    propose_name,
    refuse_new_name,
    refuse_unwritable_name,
)
from workbook.storage.made import put_made, read_record, stands_as_made, write_record
from workbook.storage.places import Of, Place, find_places
from workbook.storage.reading import (
    MOST_VOICES,
    Known,
    Stamp,
    check_engagement,
    is_long_form,
    list_hints,
    read_engagement,
    read_stamp,
    read_voices,
)
from workbook.storage.releases import (
    RELEASES_FILE,
    forget_last,
    forget_released,
    keep_level,
    read_releases,
    write_releases,
)
from workbook.storage.schema import MIGRATIONS, SCHEMA
from workbook.storage.snapshots import (
    SNAPSHOTS,
    read_portfolio_snapshot,
    read_snapshot,
    write_snapshot,
)
from workbook.storage.translations import list_translation_problems
from workbook.storage.withdrawn import WITHDRAWN_FILE, read_secret, read_withdrawn, remember_withdrawn

__all__ = [
    "AGREED_FILE",
    "EARLIER_FOLDER",
    "ENGAGEMENTS",
    "FACTS_FILE",
    "MIGRATIONS",
    "MOST_VOICES",
    "RELEASES_FILE",
    "SCHEMA",
    "SET_ASIDE",
    "SNAPSHOTS",
    "SURVEYS_FOLDER",
    "VOICES_FOLDER",
    "WITHDRAWN_FILE",
    "Known",
    "Of",
    "Place",
    "Stamp",
    "check_engagement",
    "create_engagement",
    "create_from_files",
    "find_engagement",
    "find_followed",
    "find_lost",
    "find_outputs",
    "find_places",
    "find_project",
    "find_slug",
    "forget_last",
    "forget_released",
    "gather_portfolio",
    "is_long_form",
    "keep_level",
    "leave_shipped_out",
    "list_earlier",
    "list_fact_problems",
    "list_following",
    "list_hints",
    "list_links",
    "list_slugs",
    "list_strays",
    "list_translation_problems",
    "list_written",
    "load_engagement",
    "load_portfolio",
    "make_folder",
    "make_folders_private",
    "propose_name",
    "put_made",
    "read_edition",
    "read_engagement",
    "read_facts_data",
    "read_portfolio_snapshot",
    "read_record",
    "read_releases",
    "read_secret",
    "read_snapshot",
    "read_stamp",
    "read_voices",
    "read_withdrawn",
    "refuse_new_name",
    "refuse_unwritable_name",
    "release_engagement",
    "remember_withdrawn",
    "remove_temporary",
    "snapshot_portfolio",
    "stands_as_made",
    "write_atomically",
    "write_bytes",
    "write_record",
    "write_releases",
    "write_snapshot",
]
