"""The clause libraries of the workspaces: each clause with every wording that it has had."""

from typing import Any, NamedTuple


class Kept(NamedTuple):
    """A clause of the library: its heading, and its wordings from the first to the newest."""

    heading: str
    wordings: tuple[tuple[str, ...], ...]


SECRECY, FORCE, LAW = "Taushetsplikt", "Force majeure", "Lovvalg og verneting"
CHANGES, LAW_ENGLISH = "Endringer", "Governing law and venue"
AT_WORK = "Taushetsplikt i arbeidsforhold"
NAMED = (
    "En part er ikke ansvarlig for forsinkelse eller manglende oppfyllelse som skyldes forhold "
    "utenfor partens kontroll, og som parten ikke kunne ha forutsett eller unngått."
)
TOLD = (
    "Parten skal varsle den andre parten uten ugrunnet opphold, og igjen når hindringen er borte."
)
LIBRARIES: dict[str, dict[str, Kept]] = {
    "salg": {
        SECRECY: Kept(
            "Taushetsplikt",
            (
                (
                    "Partene skal bevare taushet om det de får vite om hverandres "
                    "forretningsforhold, og bare bruke det til å oppfylle avtalen.",
                    "Opplysningene kan deles med medarbeidere og underleverandører som trenger "
                    "dem og har samme taushetsplikt. Plikten gjelder i fem år etter at avtalen er "
                    "avsluttet, og hindrer ikke utlevering som loven krever.",
                ),
            ),
        ),
        FORCE: Kept(
            "Force majeure",
            (
                (NAMED, TOLD),
                (
                    NAMED + " Naturhendelser, streik, pålegg fra myndighetene og omfattende svikt "
                    "i strøm eller nett er slike forhold.",
                    TOLD + " Varer hindringen i mer enn 60 dager, kan begge parter si opp avtalen "
                    "med 14 dagers skriftlig varsel.",
                ),
            ),
        ),
        CHANGES: Kept(
            "Endringer",
            (
                (
                    "Endringer i avtalen gjelder når begge parter har signert en ny versjon av "
                    "den. Ingen part kan overdra avtalen uten den andre partens skriftlige "
                    "samtykke, som ikke kan nektes uten saklig grunn.",
                ),
            ),
        ),
        LAW: Kept(
            "Lovvalg og verneting",
            (
                (
                    "Norsk rett gjelder for avtalen. Partene skal forsøke å løse tvister ved "
                    "forhandlinger. Fører de ikke fram, er Oslo tingrett verneting.",
                ),
            ),
        ),
        LAW_ENGLISH: Kept(
            "Governing law and venue",
            (
                (
                    "This agreement is governed by Norwegian law. The parties first try to settle "
                    "a dispute by negotiation. If they cannot, Oslo District Court has exclusive "
                    "jurisdiction.",
                ),
            ),
        ),
    },
    "personal": {
        AT_WORK: Kept(
            "Taushetsplikt",
            (
                (
                    "Arbeidstaker skal bevare taushet om Arbeidsgivers forretningsforhold og om "
                    "opplysninger om kunder og kolleger, også etter at arbeidsforholdet er "
                    "avsluttet.",
                    "Plikten begrenser ikke retten til å varsle om kritikkverdige forhold etter "
                    "arbeidsmiljøloven kapittel 2 A.",
                ),
            ),
        ),
    },
    "eiendom": {
        LAW: Kept(
            "Husleieloven og verneting",
            (
                (
                    "Husleieloven gjelder der ikke annet følger av denne avtalen. Tvister som "
                    "partene ikke blir enige om, hører under tingretten der Lokalet ligger.",
                ),
            ),
        ),
    },
}


def prose(*paragraphs: str) -> str:
    """The paragraphs of a wording as rich text."""
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def fields(kept: Kept, number: int) -> dict[str, Any]:
    """Heading and text of a wording, as a library clause stores them; the first one is 1."""
    return {"heading": kept.heading, "text": prose(*kept.wordings[number - 1])}
