"""How the directory answers a form: made once, or what two people wrote side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from organizations.actions.keeping import once, sent_before
from organizations.conflicts import based_on, differences
from organizations.forms.keeping import SentOnceMixin
from organizations.problems import Refused, Stale
from organizations.views.answers import page

CONFLICT = 409


def keep(
    request: HttpRequest,
    form: forms.BaseForm,
    template: str,
    context: dict[str, Any],
    *,
    save: Callable[[], Any],
    then: Callable[[Any], HttpResponse],
    afresh: Callable[[], forms.BaseForm],
    box: str | None = None,
) -> HttpResponse:
    """Save what is valid and go on by `then`; else the form again, a refusal standing at its `box`.

    The same sent twice is saved once. What somebody else changed meanwhile, as `afresh` (an unbound form of the thing
    as it stands now) shows it, is set beside what was typed: 409.
    """
    context = {"form": form, **context}
    if request.method != "POST":
        return page(request, template, context)
    key = form.key_for(request.user, request.get_full_path()) if isinstance(form, SentOnceMixin) else None
    try:
        made = sent_before(key)
        if made is None and form.is_valid():
            made = once(key, save)
        # Refused, for instance as a second of that name: perhaps the first was sent by the same click.
        if (made := made or sent_before(key)) is not None:
            return then(made)
    except Stale as why:
        return _both(request, why, form, afresh(), template, context, then=then)
    except Refused as why:
        form.add_error(box, why.sentence)
    return page(request, template, context, form=form)


def _both(
    request: HttpRequest,
    why: Stale,
    form: forms.BaseForm,
    fresh: Any,
    template: str,
    context: dict[str, Any],
    *,
    then: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """409 with both versions; when they say the same there is nothing left to do."""
    if not (both := differences(form, fresh)):
        return then(fresh.instance)
    for name in ("revision", "seen"):
        if name in fresh.fields:
            based_on(form, fresh[name].value(), box=name)
    form.add_error(None, why.sentence)
    answer = page(request, template, context | {"differences": both}, form=form)
    answer.status_code = CONFLICT
    return answer
