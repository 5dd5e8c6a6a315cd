"""The pages, one module for each slice; a controller put here is found without being listed anywhere."""

from __future__ import annotations

import importlib
import pkgutil
from functools import partial
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from litestar import Controller, Litestar
from markupsafe import Markup

from financing.access import RULES, Actor
from financing.acts import Act
from web.cookies import form_key
from web.places import address
from web.routes import ROUTES, home
from web.signs import menus


def controllers() -> list[type[Controller]]:
    """Every Controller defined in a module of this package."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Controller) and kind.__module__ == module.__name__
    ]


def equip(environment: Environment, app: Litestar) -> None:
    """Give templates what they need of the application."""
    environment.globals.update(
        url_for=partial(address, app),
        form_token=form_token,
        may=may,
        menu=menus(environment, partial(address, app)),
        home=home,
        settings=app.state.settings,
        open_to=lambda route, role: role in ROUTES.get(route, ()),
    )


@pass_context
def form_token(context: Context) -> Markup:
    """The two hidden fields of every form: that it is ours, and that it is this one (templates import `with context`)."""
    request: Any = context["request"]
    key = form_key(request.app.state.settings, request.visit.sid)
    hidden = Markup('<input type="hidden" name="{}" value="{}">')
    return hidden.format("csrf", key) + hidden.format("once", request.new_token())


def may(actor: Actor, act: Act, subject: object = None) -> bool:
    """Whether the button is worth showing: by role alone when there is nothing yet to act upon."""
    rule = RULES[act]
    return rule.test(actor, subject) if subject is not None else actor.role in rule.roles
