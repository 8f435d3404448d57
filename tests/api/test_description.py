"""The API against its own description: whatever is sent, the answer is one that the description names."""

from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from qorgan.config.wsgi import application
from tests.api.conftest import token_of

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def described(db: None) -> Any:
    """The description as a stranger gets it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_names(case: Any, desk_token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {desk_token}"}, checks=CHECKS)


@pytest.fixture
def desk_token(db: None) -> str:
    """The token of a duty desk."""
    return token_of("desk")


def test_the_description_is_served_and_names_what_a_sender_needs(client: Client, db: None) -> None:
    told = client.get("/api/openapi.json").json()
    operation = told["paths"]["/api/reports"]["post"]
    assert told["openapi"].startswith("3.")
    assert {"200", "201", "401", "403", "409", "413", "422", "503"} <= set(operation["responses"])
    (key,) = operation["parameters"]
    assert (key["in"], key["name"].lower().replace("_", "-"), key["required"]) == ("header", "idempotency-key", True)
    assert operation["security"] == [{"ChannelToken": []}]
