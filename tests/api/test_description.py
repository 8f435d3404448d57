"""The API against its own description: whatever is sent, the answer is one that the description names."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from qorgan.config.wsgi import application
from tests.api.conftest import token_of

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PROBES = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_description_names(transactional_db: None, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    headers = {"Authorization": f"Bearer {token_of('desk')}"}
    answered: Counter[int] = Counter()

    @PROBES
    @given(case=described["/api/reports"]["POST"].as_strategy(generation_mode=mode))
    def probe(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            case.body["registered_at"] = "2026-11-20T13:05:00+05:00"  # most moments that fit the form are refused
        response = case.call(headers=headers)
        answered[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    probe()
    assert answered.total() >= 50
    assert set(answered) <= {200, 201, 400, 401, 409, 422}, answered
    assert (422 in answered) if mode is GenerationMode.NEGATIVE else (201 in answered), answered


def test_the_description_is_served_and_names_what_a_sender_needs(client: Client, db: None) -> None:
    told = client.get("/api/openapi.json").json()
    operation = told["paths"]["/api/reports"]["post"]
    assert told["openapi"].startswith("3.")
    assert {"200", "201", "401", "403", "409", "413", "422", "503"} <= set(operation["responses"])
    (key,) = operation["parameters"]
    assert (key["in"], key["name"].lower().replace("_", "-"), key["required"]) == ("header", "idempotency-key", True)
    assert operation["security"] == [{"ChannelToken": []}]
