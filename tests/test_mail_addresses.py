"""The mail addresses of people are found however they are written; those of functions may stand."""

from __future__ import annotations

import pytest

from idesluss.checks import private_email
from written_numbers import (
    SETTINGS,
    in_prose,
)


@pytest.mark.parametrize(
    "written",
    [
        "kim.exempelsson@kommun.example",
        "Kim.Exempelsson@Kommun.Example",
        "k.exempelsson@kommun.example",
        "kim_exempelsson@kommun.example",
        "kim.exempelsson2@kommun.example",
        "kim.exempelsson+ide@kommun.example",
        "kim.von.exempel@kommun.example",
        "kim.exempelsson@avdelning.kommun.example",
        "exempelsson@kommun.example",
        "anna@kommun.example",
        "anna-karin@kommun.example",
        "anna.info@kommun.example",
        "ke@kommun.example",
        "kex@kommun.example",
        "kimexe12@kommun.example",
        "ke1234@student.example",
        "190112@student.example",
        "info@gmail.com",
        "klubben@hotmail.se",
        "klubben@live.se",
        "klubben@outlook.com",
        "klubben@icloud.com",
        "klubben@yahoo.co.uk",
        "klubben@telia.com",
        "klubben@proton.me",
        "åsa.öberg@malmö.example",
        "klubben@GMAIL.COM",
        "kim.exempelsson@xn--malm-8qa.example",
        "kim.exempelsson (at) kommun.example",
        "kim.exempelsson(at)kommun.example",
        "kim.exempelsson [at] kommun.example",
        "kim.exempelsson[at]kommun[dot]example",
        "kim.exempelsson {at} kommun.example",
        "kim.exempelsson (AT) kommun.example",
        "kim.exempelsson<at>kommun.example",
        "kim.exempelsson (a) kommun.example",
        "kim.exempelsson [snabel-a] kommun.example",
        "kim.exempelsson (snabela) kommun (punkt) example",
        "kim.exempelsson snabel-a kommun.example",
        "kim.exempelsson @ kommun.example",
        "kim.exempelsson\N{FULLWIDTH COMMERCIAL AT}kommun.example",
        "kim.exempelsson\\@kommun.example",
        "kim.exempelsson@kommun.example.",
        "kim.exempelsson@kommun.example, och",
        "kim\N{SOFT HYPHEN}.exempelsson@kommun.example",
    ],
)
def test_the_address_of_a_person_is_found(written: str) -> None:
    assert in_prose(private_email, written) == [(7, 14)]


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("<kim.exempelsson@kommun.example>", 15),
        ("(kim.exempelsson@kommun.example)", 15),
        ("**kim.exempelsson**@kommun.example", 16),
        ("kim.exempelsson@**kommun.example**", 14),
        ("`kim.exempelsson@kommun.example`", 15),
        ("_kim.exempelsson@kommun.example_", 15),
        ("mailto:kim.exempelsson@kommun.example", 21),
        ("[Skriv](mailto:kim.exempelsson@kommun.example)", 29),
        ("[Skriv](mailto:kim%2Eexempelsson%40kommun.example)", 29),
        ("[Skriv](mailto:info@kommun.example?cc=kim.exempelsson%40kommun.example)", 52),
        ("kim.exempelsson&#64;kommun.example", 14),
        ("kim.exempelsson&commat;kommun.example", 14),
        ("kim.exempelsson<b>@</b>kommun.example", 14),
        ("kim.exempelsson&#x40;kommun&period;example", 14),
    ],
)
def test_the_address_of_a_person_is_found_in_markup(written: str, column: int) -> None:
    assert in_prose(private_email, written) == [(7, column)]


@pytest.mark.parametrize(
    "written",
    [
        "kontakt@kommun.example",
        "info@kommun.example",
        "idesluss@exempelstad.example",
        "idéslussen@exempelstad.example",
        "registrator@kommun.example",
        "kommun@kommun.example",
        "helsingborg@helsingborg.example",
        "social.omsorg@kommun.example",
        "vard.utveckling@kommun.example",
        "vård.utveckling@kommun.example",
        "kultur.fritid@kommun.example",
        "drift.fastigheter@kommun.example",
        "idecoach.vard@kommun.example",
        "enheten.for.innovation@kommun.example",
        "barn-utbildning@kommun.example",
        "it-support@kommun.example",
        "bygglov@kommun.example",
        "raddningstjansten@kommun.example",
        "hr@kommun.example",
        "it@kommun.example",
        "noreply@kommun.example",
        "skola1@kommun.example",
        "mashup2018@kommun.example",
        "motet2018@kommun.example",
        "vision2035@kommun.example",
        "förnamn.efternamn@kommun.example",
        "fornamn.efternamn@kommun.example",
        "first.last@kommun.example",
        "namn@kommun.example",
        "idesluss (at) kommun.example",
        "kontakt [snabel-a] kommun.example",
        "kim.e@prov.example",  # the instance's own contact, in the settings
        "@kommun",
        "@kommun.example",
        "oss @kommun.example",
        "https://social.example/@kim.exempelsson",
        "git@github.com:idesluss/idesluss",
        "bild@2x.png",
        "kim.bild@stor.webp",
        "paket@1.2.3",
        "kim.exempelsson@dator",
        "a @ b",
        "vi ses @ Kulturhuset",
        "upp till 5@",
        "5 § (a) kommunallagen",
        "(a) är bra. (b) är sämre",
        "alternativ [a] och [b].se",
        "snabel-a skrivs @",
        "en snabel-a i adressen",
    ],
)
def test_other_addresses_may_stand(written: str) -> None:
    assert in_prose(private_email, written) == []


def test_a_listed_address_may_stand() -> None:
    settings = SETTINGS.model_copy(update={"function_addresses": ("Kim.Exempelsson@kommun.example",)})
    assert in_prose(private_email, "kim.exempelsson@KOMMUN.example", settings) == []
    assert in_prose(private_email, "kim.exempelsson (at) kommun.example", settings) == []
    assert in_prose(private_email, "kim.exempelsson@annan.example", settings) == [(7, 14)]
