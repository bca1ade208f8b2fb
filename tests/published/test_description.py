"""The API does what its description says: schemathesis asks whatever the description allows, and whatever it does not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, seed, settings
from schemathesis.generation import GenerationMode

from rxbot.clinic.pages import House
from rxbot.web import create_web

OPERATIONS = 11  # all but the description itself
EXAMPLES = 15  # of each operation and kind; more would only take longer


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the client that schemathesis asks with
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_the_description_says(published: House, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_asgi("/hsds/openapi.json", create_web(published))
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == OPERATIONS
    for operation in operations:

        @seed(1)
        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def asks(case: schemathesis.Case) -> None:
            assume(case.query.get("postcode") or "proximity" not in case.query)  # which no description can say
            assume("" not in case.query.values())  # one that may be empty is taken for a wrong one all the same
            assume(
                not any(isinstance(case.query.get(name), float) for name in ("page", "per_page"))
            )  # 30.0 is whole in JSON alone
            case.call_and_validate()

        if mode is GenerationMode.POSITIVE or operation.query:  # an id may be any text
            asks()
