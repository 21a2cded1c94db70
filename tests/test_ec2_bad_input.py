"""Requests to EC2 that no SDK sends: each is answered with an error of EC2's, a 4xx, and the server goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from longshore import UNCHECKED

ROOT = Path(__file__).parent.parent
# One text for each way of being wrong: too long, no character of a name, two lines, a number that fits nowhere, an id of nothing.
WRONG = ["x" * 70_000, "\u0001", "a\nb", "-9223372036854775809", "vpc-zzzzzzzz", "", "🚢" * 300, "10.0.0.0/33", "../../etc/passwd"]
LONGEST_LIST = 500


def built() -> list[str]:
    """The operations that EC2 has here, as its table in the source says."""
    text = (ROOT / "services/ec2/src/service.rs").read_text()
    names = re.findall(r"^    async fn (\w+)\(", text[text.index("impl ::api::ec2::Ec2<Cx> for Ec2") :], re.M)
    assert len(names) >= 77
    return names


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2", UNCHECKED)


@pytest.fixture(scope="module")
def operations(ec2) -> dict:
    """The input shapes of what is built, by the client's method."""
    model = ec2.meta.service_model
    known = {xform_name(name): model.operation_model(name).input_shape for name in model.operation_names}
    return {name: known[name] for name in built()}


def answer(ec2, operation: str, given: dict) -> ClientError | None:
    """The error, where it is one: a modelled one. A request that fails otherwise raises."""
    try:
        getattr(ec2, operation)(**given)
    except ClientError as error:
        status, code = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        assert 400 <= status < 500 and status != 404, (operation, given, error)
        assert re.fullmatch(r"[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)*", code), (operation, code)
        return error
    return None


def wrong(shape, text: str, depth: int = 0):
    """A value of the shape whose every text is `text`; numbers are far out."""
    match shape.type_name:
        case "structure":
            return {} if depth > 3 else {name: wrong(inner, text, depth + 1) for name, inner in shape.members.items() if name != "DryRun"}
        case "list":
            return [wrong(shape.member, text, depth + 1)]
        case "map":
            return {text: wrong(shape.value, text, depth + 1)}
        case "integer" | "long":
            return -(2**31)
        case "boolean":
            return True
        case "timestamp":
            return 0
        case "blob":
            return b"\xff"
        case "float" | "double":
            return -1.5
        case _:
            return text


def test_a_member_that_is_required_and_missing(ec2, operations):
    probed = 0
    for name, shape in operations.items():
        for member in shape.required_members if shape else []:
            given = {m: wrong(shape.members[m], "x") for m in shape.required_members if m != member}
            error = answer(ec2, name, given)
            assert error is not None and error.response["Error"]["Code"] in ("MissingParameter", "InvalidParameterValue", "InvalidParameterCombination") or ".Malformed" in str(error) or ".NotFound" in str(error), (name, member, error)
            probed += 1
    assert probed > 50


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_every_member_wrong(ec2, operations, text):
    """One member at a time, and all at once."""
    refused = 0
    for name, shape in operations.items():
        if shape is None or name.startswith("create_default"):
            continue
        required = {m: wrong(shape.members[m], text) for m in shape.required_members}
        for member, inner in shape.members.items():
            if member != "DryRun":
                refused += answer(ec2, name, {**required, member: wrong(inner, text)}) is not None
        refused += answer(ec2, name, wrong(shape, text)) is not None
    assert refused > 300


def test_lists_without_end(ec2, operations):
    for name, shape in operations.items():
        for member, inner in shape.members.items() if shape else []:
            if inner.type_name == "list" and not name.startswith("create_default"):
                required = {m: wrong(shape.members[m], "x") for m in shape.required_members}
                answer(ec2, name, {**required, member: wrong(inner, "x") * LONGEST_LIST})
    assert ec2.describe_vpcs()["Vpcs"]
