"""The keys of a next round: where the group wants to be, what was promised, what it cost."""

from typing import Annotated, Any

from pydantic import Field

from workbook.model.base import Frozen, IsoDate, Money, NotStated, Slug, Text, Unsure
from workbook.model.choices import Category, Edition
from workbook.model.loose_days import LooseDay

A_DAY = "a date as year-month-day, or as far as it is known (2027, 2027-Q1, 2027-03, by June 2027)"
A_CATEGORY = (
    "one of discovery, data_collection, analysis, reporting, knowledge_mobilisation, "
    "facilitation, participants_time or management"
)
AN_EDITION = "one of private, partners or public"
Day = IsoDate | LooseDay | Unsure | NotStated | None


def is_left_out(value: Any) -> bool:
    """Whether a key holds nothing: then it is not written down, and what was made before stays the same."""
    return value is None or value in ((), {})


class Target(Frozen):
    """Where the group wants to be on a scale, by when, and who is responsible."""

    value: Annotated[int, Field(strict=True, ge=0, le=10, description="the step to be on, as a number", examples=["1"])]
    by: Annotated[Day, Field(description=f"{A_DAY}, or unsure", examples=["2027-12"])] = None
    who: Annotated[Text | None, Field(description="who is responsible, by role, or unsure")] = None
    edition: Annotated[Edition | None, Field(description=AN_EDITION, examples=["public"])] = None


class Promise(Frozen):
    """Something that was promised in the last round: what, by whom, to whom, by when.

    `edition` is the widest edition that it may appear in.
    """

    id: Annotated[
        Slug, Field(description="a short name in small letters, digits and hyphens", examples=["practices-language"])
    ]
    what: Annotated[Text, Field(description="what was promised, in words")]
    who: Annotated[Text | None, Field(description="who promised it, by role, or unsure")] = None
    to: Annotated[
        tuple[Slug, ...], Field(description="whom it was promised to, a list of audience ids", examples=["[grantees]"])
    ] = ()
    by: Annotated[Day, Field(description=f"{A_DAY}, or unsure", examples=["2027-12"])] = None
    edition: Annotated[Edition, Field(description=AN_EDITION, examples=["public"])] = Edition.PARTNERS


class Spent(Frozen):
    """What one kind of work cost in the last round."""

    category: Annotated[Category, Field(description=A_CATEGORY, examples=["data_collection"])]
    cost: Annotated[Money, Field(description="an amount of money, 0 or more, digits only", examples=["36000"])]
    responses: Annotated[
        int | None,
        Field(strict=True, ge=1, le=10**6, description="how many answered, for data collection", examples=["80"]),
    ] = None
