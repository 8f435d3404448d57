"""Pages: what people see, over the queries and actions of the stages. Nothing below imports this room.

How a page is added on the shell:

1. `web/<area>/urls.py` with `app_name = "<area>"` and one path named `index`, the page the navigation leads to.
   `config/urls/staff.py` already mounts duties at `/`, reports, cases, orders and figures at `/<area>/`.
2. `web/<area>/views.py`: functions `def case(request: StaffRequest, number: str) -> HttpResponse` under
   `@staff_page(permission="cases.case.see")` (web/access.py). The first line fetches the thing through the stage's
   `visible_to`/query: a stranger gets `NotFound`. A write calls one action and redirects (303). Nothing catches
   `Refused` except a form that wants to keep what was typed: there use `web.forms.refuse(form, error)` and show the
   page again with status 422. `web.looks.note(request, thing="case", thing_id=case.id)` journals a look.
   A grave act stands under `@freshly` (web/account/again.py) too: whoever has not proved who she is within five minutes
   is asked to, and comes back to the form with what she typed, which `acts.sent` gives it.
3. `web/templates/<area>/<page>.html` begins with `{% extends "base_staff.html" %}` and fills `title`, `main` and,
   where the page has keys, `keys`. Fragments are `_name.html`: one fragment is one htmx target is one test.
   Tags of `templatetags/look.py` are always there (no `{% load %}`): icon, state, clock, clockbar, bar, when, day,
   key, tag, field, errors, pages, number, nb. `/style` shows each of them with its words.
4. Forms are plain `django.forms.Form`s that never save; show them with `{% errors form %}` and `{% field form.x %}`.
5. A key: `data-key="1"` (or `"N"`, `"G M"`, `"Ctrl Enter"`, `"F2"`) on the link, button or field and `{% key "1" %}`
   in its label. It works by the place on the keyboard; the page works without it.
6. A list says what is empty and the next step with `_empty.html`; a table that should become cards on a phone has
   `class="cards"`. No `style=`, no inline script, no address outside this server: the policy would block them.
"""
