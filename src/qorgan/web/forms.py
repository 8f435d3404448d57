"""A refusal beside the field it concerns, so that nothing typed is lost."""

from django import forms

from qorgan.base.errors import Refused


def refuse(form: forms.BaseForm, error: Refused) -> None:
    """Put the sentence of a refusal on its field, or over the form. The form must have been cleaned.

    Only for refusals that come before any write of the request: what was written is not rolled back when the page
    is shown again instead of refused.
    """
    field = error.field if error.field in form.fields else None
    form.add_error(field, str(error))
