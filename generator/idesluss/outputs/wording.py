"""How dates, amounts and fixed values read in the portal's language."""

from __future__ import annotations

from functools import cache

from idesluss.kinds import BY_NAME
from idesluss.kinds.fields import Period
from idesluss.kinds.words import OWN_VALUES, VALUES
from idesluss.outputs.words import MONTHS
from idesluss.settings import Settings
from idesluss.stages import STAGES
from idesluss.translate import gettext as _

STAGE_FIELDS = frozenset({"stage", "stages", "to", "skips"})
"""Fields whose values are stages."""


SWEDISH_SIGNS = str.maketrans({",": "\u00a0", ".": ","})
"""What stands in a number in Swedish for what stands there in English."""


class Wording:
    """The words of one instance, each made once; for a language that is in use all the while."""

    def __init__(self, settings: Settings) -> None:
        self._stages: dict[str, str] = {str(stage): label for stage, label in settings.stages.items()}
        self.is_swedish = settings.language == "sv"
        self.day = cache(self._day)
        self.short_day = cache(self._short_day)
        self.label = cache(self._label)
        self.stage = cache(self._stage)
        self.plural = cache(self._plural)

    def _day(self, value: str) -> str:
        """A date such as "2026-03-04", "2026-03" or "2026" as people write it."""
        year, month, day = (*value.split("-"), "", "")[:3]
        return " ".join(filter(None, (day.lstrip("0"), month and _(MONTHS[int(month) - 1]), year)))

    def _short_day(self, value: str) -> str:
        """The same with the month's first three letters, for narrow places."""
        year, month, day = (*value.split("-"), "", "")[:3]
        return " ".join(filter(None, (day.lstrip("0"), month and _(MONTHS[int(month) - 1])[:3], year)))

    def days(self, first: str, last: str | None) -> str:
        """A day, or from the first to the last of some: the first leaves out the month and year that the last tells."""
        if not last or last == first:
            return self.day(first)
        start, end = first.split("-"), last.split("-")
        shared = 0
        if len(start) == len(end):
            while start[shared] == end[shared]:
                shared += 1
        begins, ends = " ".join(self.day(first).split(" ")[: len(start) - shared]), self.day(last)
        return f"{begins}–{ends}" if " " not in begins and (shared or " " not in ends) else f"{begins} – {ends}"

    def period(self, period: Period) -> str:
        """A period in words; without an end it says from when."""
        if period.end:
            return self.days(period.start, period.end)
        return _("from {date}").format(date=self.day(period.start))

    def quoted(self, said: str) -> str:
        """What somebody said, between the language's own marks; what is quoted in it stands between single ones."""
        within = said.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
        return f"”{within}”" if self.is_swedish else f"“{within}”"

    def number(self, value: int) -> str:
        """A number with its thousands apart."""
        return f"{value:,}".replace(",", "\u00a0") if self.is_swedish else f"{value:,}"

    def decimal(self, value: float) -> str:
        if float(value).is_integer():
            return self.number(int(value))
        return f"{value:,}".translate(SWEDISH_SIGNS) if self.is_swedish else f"{value:,}"

    def kronor(self, value: int) -> str:
        """An amount, whose word goes to the next line where there is no room for both."""
        return _("{amount} kronor").format(amount=self.number(value))

    def percent(self, value: int) -> str:
        return f"{value}\u00a0%" if self.is_swedish else f"{value}%"

    def _label(self, field: str, value: str) -> str:
        """What a fixed value of a field is called."""
        if field in STAGE_FIELDS and value in STAGES:
            return self._stage(value)
        return _(OWN_VALUES.get((field, value)) or VALUES.get(value, value))

    def _stage(self, stage: str) -> str:
        """The label of a stage: the instance's own, or the common one."""
        return self._stages.get(stage) or _(STAGES[stage].label)

    def _plural(self, kind: str) -> str:
        """What the entries of a kind are called."""
        return _(BY_NAME[kind].plural)
