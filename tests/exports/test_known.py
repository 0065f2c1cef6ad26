"""Names as people write them are known."""

import pytest

from materiel.exports.known import country_of, sort_of, state_of


@pytest.mark.parametrize(
    ("name", "country"),
    [
        *(("Turkey", "TR"), ("Turkiye", "TR"), ("USA", "US"), ("UK", "GB"), ("UAE", "AE"), ("DPRK", "KP")),
        *(("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("south-korea", "KR"), ("Korea Utara", "KP")),
    ],
)
def test_states_are_known_by_their_everyday_names(name: str, country: str) -> None:
    assert (state_of(name), country_of(name), sort_of(name)) == (country, country, "state")


def test_who_is_no_state_is_none() -> None:
    assert state_of("Vladimir Putin") is None
    assert country_of("Vladimir Putin") == "RU"
    assert state_of("Nowhere Front") is None
