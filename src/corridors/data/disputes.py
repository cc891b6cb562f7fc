"""Disputed borders of the basemap: where each runs, and who holds and who claims the areas beside it.

Natural Earth has its disputed lines in a theme of their own, which the packages leave out. This is the short list of
those that are part of its borders of countries. Who holds and who claims an area is as Natural Earth notes it, in
``NOTE`` of its disputed lines (1:50m) and ``NOTE_BRK`` of its countries. It has none on Kosovo and on the line in
Korea: these two are in our words.
"""

from dataclasses import dataclass

from corridors.geo.frame import Box


@dataclass(frozen=True, slots=True)
class Claim:
    """A disputed area.

    Attributes
    ----------
    area
        Its name: a key of messages under ``dispute.``.
    held
        The alpha-3 code of the state that administers it. The area's own name if it administers itself, None if
        Natural Earth does not say.
    claimed
        Alpha-3 codes of the states that claim it.
    """

    area: str
    held: str | None
    claimed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed border, or a part of one.

    Attributes
    ----------
    name
        Its name: a key of messages under ``dispute.``.
    sides
        The two areas that it divides, in alphabetical order: alpha-3 codes, or Natural Earth's names.
    claims
        The disputed areas beside it.
    within
        The box that limits the dispute. None if the whole border is disputed.
    """

    name: str
    sides: tuple[str, str]
    claims: tuple[Claim, ...]
    within: Box | None = None


_ABYEI = Claim("abyei", "SDN", ("SSD",))
_AKSAI_CHIN = Claim("aksai_chin", "CHN", ("IND",))
_ARUNACHAL = Claim("arunachal_pradesh", "IND", ("CHN",))
_CRIMEA = Claim("crimea", "RUS", ("UKR",))
_DEMCHOK = Claim("demchok", "IND", ("CHN",))
_GOLAN = Claim("golan", "ISR", ("SYR",))
_HALAIB = Claim("halaib", "EGY", ("SDN",))
_JAMMU = Claim("jammu_and_kashmir", "IND", ("PAK",))
_KOSOVO = Claim("kosovo", "kosovo", ("SRB",))
_NORTHERN_AREAS = Claim("northern_areas", "PAK", ("IND",))
_NORTHERN_CYPRUS = Claim("northern_cyprus", "northern_cyprus", ("CYP",))
_SIACHEN = Claim("siachen", None, ("IND", "PAK"))
_SOMALILAND = Claim("somaliland", "somaliland", ("SOM",))
_WESTERN_SAHARA = Claim("western_sahara", "MAR", ("ESH",))

DISPUTES = (
    Dispute("aksai_chin", ("CHN", "IND"), (_AKSAI_CHIN,), (77.0, 33.3, 81.1, 36.0)),
    Dispute("demchok", ("CHN", "IND"), (_DEMCHOK,), (77.0, 30.0, 81.1, 33.3)),
    Dispute("arunachal_pradesh", ("CHN", "IND"), (_ARUNACHAL,), (91.5, 27.0, 97.5, 30.0)),
    Dispute("siachen", ("CHN", "Siachen Glacier"), (_SIACHEN,)),
    Dispute("northern_cyprus", ("CYP", "N. Cyprus"), (_NORTHERN_CYPRUS,)),
    Dispute("halaib", ("EGY", "SDN"), (_HALAIB,), (33.1, 21.5, 37.5, 22.5)),  # with Bir Tawil
    Dispute("western_sahara", ("ESH", "MAR"), (_WESTERN_SAHARA,)),
    Dispute("line_of_control", ("IND", "PAK"), (_JAMMU, _NORTHERN_AREAS), (73.0, 32.7, 77.2, 35.2)),
    Dispute("siachen", ("IND", "Siachen Glacier"), (_SIACHEN,)),
    Dispute("palestine", ("ISR", "PSE"), (Claim("palestine", "palestine"),)),
    Dispute("golan", ("ISR", "SYR"), (_GOLAN,)),  # the eastern edge
    Dispute("korea", ("KOR", "PRK"), ()),  # the military demarcation line
    Dispute("kosovo", ("Kosovo", "SRB"), (_KOSOVO,)),
    Dispute("siachen", ("PAK", "Siachen Glacier"), (_SIACHEN,)),
    Dispute("crimea", ("RUS", "UKR"), (_CRIMEA,), (32.5, 45.5, 35.5, 46.5)),  # the isthmus
    Dispute("abyei", ("SDN", "SSD"), (_ABYEI,), (27.8, 9.0, 29.0, 10.6)),
    Dispute("somaliland", ("SOM", "Somaliland"), (_SOMALILAND,)),
)
"""All disputed borders within the basemap and in the world around it."""
