"""Papers that have to be brought, from the list of a record and from prose."""

import pytest
from records import table

from rxbot.directory.model import Service
from rxbot.directory.rules.documents import Document, documents_of


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Must bring a photo ID", {Document.PHOTO_ID}),
        ("Valid driver's licence required", {Document.PHOTO_ID}),
        ("Bring proof of address.", {Document.PROOF_OF_ADDRESS}),
        ("Proof of name and address to verify residency", {Document.PHOTO_ID, Document.PROOF_OF_ADDRESS}),
        ("Must present a recent utility bill or lease", {Document.PROOF_OF_ADDRESS}),
        ("Provide proof of household income, such as pay stubs", {Document.PROOF_OF_INCOME}),
        ("Must bring a copy of last year's tax return", {Document.PROOF_OF_INCOME}),
        ("Must show ID for proof of age", {Document.PHOTO_ID, Document.PROOF_OF_AGE}),
        ("Birth certificate and social security card needed", {Document.BIRTH_CERTIFICATE, Document.SOCIAL_SECURITY}),
        ("Bring proof of citizenship or a green card", {Document.IMMIGRATION_PAPERS}),
        ("Please bring your Medicaid card", {Document.INSURANCE_CARD}),
        ("Written referral required", {Document.REFERRAL_LETTER}),
        ("Must bring a letter from your doctor", {Document.REFERRAL_LETTER}),
        ("Immunization records required", {Document.MEDICAL_PAPERS}),
        ("Current report card must be presented", {Document.SCHOOL_PAPERS}),
        ("Veterans must bring their DD Form 214", {Document.MILITARY_PAPERS}),
        ("Eviction notice required", {Document.BILL_OR_NOTICE}),
        ("Parent must sign a consent form", {Document.CONSENT}),
        ("Must bring:\n- Passport\n- Birth certificate\nOpen to all", {Document.PHOTO_ID, Document.BIRTH_CERTIFICATE}),
    ],
)
def test_papers_that_are_asked_for_are_named(text: str, documents: set[Document]) -> None:
    for service in (Service("s", "S", application_process=text), Service("s", "S", eligibility_description=text)):
        assert {found.value for found in documents_of(service)} == documents


@pytest.mark.parametrize(
    "text",
    [
        "No ID required",
        "Identification is not required",
        "No physical exam is required",
        "You are encouraged to bring some form of ID",
        "Helps you to get a birth certificate",
        "People who need help preparing their tax returns",
        "Bring proof of income if available",
        "Passport photos taken",
        "Call for information",
        "Debe traer una identificacion con foto y una factura de la luz, photo ID",
        "",
    ],
)
def test_papers_that_are_only_spoken_of_are_not_asked_for(text: str) -> None:
    assert documents_of(Service("s", "Service", application_process=text)) == ()


def test_the_list_of_a_record_needs_no_demand_and_keeps_its_words() -> None:
    [found] = documents_of(Service("s", "Service", documents=("Government-issued picture identification",)))
    assert (found.value, found.sentence) == (Document.PHOTO_ID, "Government-issued picture identification")


def test_each_paper_is_named_once_with_the_sentence_that_asks_for_it() -> None:
    service = Service("s", "Service", application_process="Call us. Must bring ID. Valid ID is required. Pay slips needed.")
    found = [(one.value, one.sentence) for one in documents_of(service)]
    assert found == [(Document.PHOTO_ID, "Must bring ID."), (Document.PROOF_OF_INCOME, "Pay slips needed.")]


def test_a_real_directory_asks_for_papers_in_every_seventh_record_or_so() -> None:
    rows = [row["application_process"] for row in table("miami-open211/data/services.csv")]
    asked = [documents_of(Service("s", "S", application_process=row)) for row in rows]
    assert 350 <= sum(bool(found) for found in asked) <= 700
    assert {one.value for found in asked for one in found} == set(Document)
