"""An opinion, or a shadow task done, with the files that show it: the same acts, as forms with files."""

from ninja import File, Form, UploadedFile

from luodi.accounts.gate import SignedIn, require
from luodi.api import doors
from luodi.api.acts.entry import OpinionGiven, OpinionSent, TaskDone, TaskName
from luodi.api.reads.entry import TAG, Prepared
from luodi.api.shapes import Numbered, Slug
from luodi.desk.entering.entry_acts import project_of
from luodi.desk.entering.files import kept
from luodi.desk.views import found
from luodi.domain.entry.checks import sound
from luodi.entry import readers, reviewing, shadowing


@doors.acts(TAG, "/entry/asked/{int:asked}/opinion/files", "entry.opine", OpinionGiven)
def give_opinion_with_files(
    request: SignedIn, asked: Numbered, sent: Form[OpinionSent], files: File[list[UploadedFile]]
) -> dict[str, int]:
    """Say what one's own unit thinks, with the files that show it, ten at most."""
    project_of(request, readers.place_of_asked(asked), "entry.read")
    require(request.acting, "entry.opine", organisation=request.acting.organisation)
    sound(sent.view, sent.conditions, sent.blocking)
    seq = reviewing.give_opinion(
        asked=asked, view=sent.view, conditions=sent.conditions, blocking=sent.blocking, papers="\n".join(sent.papers),
        note=sent.note, files=kept(request), by=request.acting, at=request.now, key=doors.key(request),
    )  # fmt: skip
    return {"seq": seq}


@doors.acts(TAG, "/projects/{slug:slug}/fronts/{str:task}/finish/files", "front.write", list[Prepared])
def finish_task_with_files(
    request: SignedIn, slug: Slug, task: TaskName, sent: Form[TaskDone], files: File[list[UploadedFile]]
) -> list[dict[str, object]]:
    """Finish a shadow task with the paper it made and the files of it, ten at most."""
    project = found(request, slug, "front.write")
    ready = shadowing.finish_task(
        project=project, task=task, on=sent.on, paper=sent.paper, note=sent.note, files=kept(request), by=request.acting,
        at=request.now, key=doors.key(request),
    )  # fmt: skip
    return [{"matter": matter, "begun": begun, "done": done} for matter, (begun, done) in ready.items()]
