"""Requests to Elastic Load Balancing and Certificate Manager that no SDK sends: each is answered with a 4xx of the service's, and the server goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from longshore import UNCHECKED
from test_ec2_bad_input import LONGEST_LIST, WRONG, wrong

ROOT = Path(__file__).parent.parent
SERVICES = {"elbv2": 36, "acm": 8}


@pytest.fixture(scope="module", params=SERVICES)
def service(request, control):
    """A client, and the input shapes of what is built, by the client's method."""
    text = (ROOT / f"services/{request.param}/src/service.rs").read_text()
    built = re.findall(r"^    (\w+)\(\w+\) -> \w+ = \w+;", text, re.M)
    assert len(built) == SERVICES[request.param]
    client = control.client(request.param, UNCHECKED)
    model = client.meta.service_model
    known = {re.sub(r"\W", "", name).lower(): model.operation_model(name).input_shape for name in model.operation_names}
    methods = {re.sub(r"\W", "", name).lower(): xform_name(name) for name in model.operation_names}
    return client, {methods[n]: known[n] for n in (name.replace("_", "") for name in built)}


def answer(client, operation: str, given: dict) -> ClientError | None:
    """The error, where it is one: a modelled one. A request that fails otherwise raises."""
    try:
        getattr(client, operation)(**given)
    except ClientError as error:
        status, code = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        assert 400 <= status < 500 and status != 404, (operation, given, error)
        assert re.fullmatch(r"[A-Z][A-Za-z]+", code), (operation, code)
        return error
    return None


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_every_member_wrong(service, text):
    """One member at a time, and all at once."""
    client, operations = service
    refused = 0
    for name, shape in operations.items():
        required = {m: wrong(shape.members[m], text) for m in shape.required_members}
        for member, inner in shape.members.items():
            refused += answer(client, name, {**required, member: wrong(inner, text)}) is not None
        refused += answer(client, name, wrong(shape, text)) is not None
    assert refused > len(operations)


def test_lists_without_end(service):
    client, operations = service
    for name, shape in operations.items():
        for member, inner in shape.members.items():
            if inner.type_name == "list":
                required = {m: wrong(shape.members[m], "x") for m in shape.required_members}
                answer(client, name, {**required, member: wrong(inner, "x") * LONGEST_LIST})
    first = "describe_load_balancers" if "describe_load_balancers" in operations else "list_certificates"
    getattr(client, first)()
