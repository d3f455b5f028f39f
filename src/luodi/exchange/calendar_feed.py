"""The plan as iCalendar: a day event for every decision that is due, and an alarm before what is critical."""

from datetime import datetime, timedelta, timezone

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan
from luodi.exchange.terms import term

SHANGHAI = timezone(timedelta(hours=8))
REMIND_DAYS = 3


def write(plan: Plan, catalogue: Catalogue, language: str) -> bytes:
    """An .ics file; event ids are stable, so that importing a newer plan moves events instead of doubling them."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//luodi//plan//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plan.name[language])
    stamp = datetime(plan.as_of.year, plan.as_of.month, plan.as_of.day, tzinfo=SHANGHAI)
    for step in plan.steps:
        event = Event()
        event.add("uid", f"{plan.project}-{step.matter}@luodi")
        event.add("dtstamp", stamp)
        event.add("dtstart", step.finish)
        event.add("dtend", step.finish + timedelta(days=1))
        event.add("summary", f"{'● ' if step.critical else ''}{step.name[language]} · {term('finish', language)}")
        event.add(
            "description",
            f"{catalogue.units[step.unit][language]}\n{step.start} — {step.finish}\n{step.because[language]}",
        )
        event.add("categories", [catalogue.stages[step.stage][language]])
        if step.critical:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", step.name[language])
            alarm.add("trigger", timedelta(days=-REMIND_DAYS))
            event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
