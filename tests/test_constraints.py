"""What the models of the APIs forbid is refused by name, over the wire."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from botocore import xform_name

from longshore import UNCHECKED
from operations import OPERATIONS
from roles import refused

# The code of the refusal, and how many probes there are at least.
REFUSALS = {
    "ecs": ("InvalidParameterException", 400),
    "iam": ("ValidationError", 100),
    "logs": ("InvalidParameterException", 60),
    "sts": ("ValidationError", 10),
}


def violations(shape, valid: str) -> list:
    """Values that the model of a text or a number forbids."""
    facts = shape.metadata
    if getattr(shape, "enum", None):
        return ["moon"]
    if shape.type_name == "integer":
        beyond = [facts[end] + step for end, step in (("min", -1), ("max", 1)) if end in facts]
        return [value for value in beyond if abs(value) < 1 << 31]
    found = [valid[:1] * (facts["max"] + 1)] if facts.get("max", 1 << 20) < 200_000 else []
    found += [""] if facts.get("min", 0) > 0 else []
    least = facts.get("min", 1)
    return found + [text * max(least, 1) for text in ("\u0001", ":", "*") if "pattern" in facts and not matches(facts["pattern"], text * max(least, 1))]


def matches(pattern: str, text: str) -> bool:
    """As AWS's models mean their patterns; the classes of Unicode that some name are those of printable characters."""
    return re.fullmatch(re.sub(r"\\p\{\w+\}", r"\\w", pattern), text) is not None


def broken(shape, known: dict, depth: int = 4):
    """Values of a structure in which one thing is forbidden, however deep, and the name of that member."""
    for member, inner in shape.members.items():
        # What the SDK has learnt since our model was pinned is no member here.
        if member not in known.get(shape.name, {}).get("members", {}):
            continue
        of_list = inner.type_name == "list"
        element = inner.member if of_list else inner
        if element.type_name in ("string", "integer"):
            values = [(value, member) for value in violations(element, "x")]
        elif element.type_name == "structure" and depth > 0:
            values = broken(element, known, depth - 1)
        else:
            continue
        for value, name in values:
            yield {member: [value] if of_list else value}, name


@pytest.mark.parametrize("service", REFUSALS)
def test_every_constraint_of_the_model(control, service):
    """Each required member left out, each bound passed, each pattern broken: an error that names what is wrong."""
    client = control.client(service, UNCHECKED)
    refusal, least = REFUSALS[service]
    known = json.loads((Path(__file__).parent.parent / "models" / f"{service}.json").read_text())["shapes"]
    probed = 0
    for name in OPERATIONS[service]:
        if name == "StartLiveTail":
            continue  # the SDK puts a prefix before the host
        shape = client.meta.service_model.operation_model(name).input_shape
        minimal = {member: shape.members[member].enum[0] if shape.members[member].enum else "x" * max(shape.members[member].metadata.get("min", 1), 2) for member in shape.required_members if shape.members[member].type_name == "string"}
        call = getattr(client, xform_name(name))
        for member in shape.required_members:
            code, status, said = refused(call, **{k: v for k, v in minimal.items() if k != member})
            assert (code, status) == (refusal, 400) and "must not be null" in said, (name, member, said)
            probed += 1
        for value, member in broken(shape, known):
            code, status, said = refused(call, **{**minimal, **value})
            assert (code, status) == (refusal, 400) and member.lower() in said.lower(), (name, value, said)
            probed += 1
    assert probed > least, probed
