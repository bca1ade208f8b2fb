"""Every standing sentence that the staff of a clinic read on its pages. What their patients read there is in `phrases.py`."""

from rxbot.message import Phrase
from rxbot.report.gaps import FIGURES, HIDDEN, definitions

ALL: dict[str, str] = {}
NOTE = "The staff of a clinic read this on its pages."


def phrase(phrase_id: str, english: str) -> Phrase:
    """Note a sentence under its id."""
    text_id = f"clinic_page.{phrase_id}"
    if text_id in ALL:
        raise ValueError(f"The phrase {text_id} stands here twice.")
    ALL[text_id] = english
    return Phrase(text_id, english)


# Clinics: on every page
LANGUAGE = phrase("language", "Language")
SIGN_OUT = phrase("sign_out", "Sign out")
BACK = phrase("back", "Back to your page")
MOMENT = phrase("moment", "{day}, {opens}")
CLINICIAN = phrase("clinician", "Clinician")
RECEPTION = phrase("reception", "Reception")
ROLES = {"clinician": CLINICIAN, "reception": RECEPTION}

# Clinics: the door
SIGN_IN = phrase("sign_in", "Sign in")
WELCOME = phrase("welcome", "Welcome")
WELCOME_ABOUT = phrase("welcome_about", "Here you make links that open a chat for your patients.")
STAYS = phrase("stays", "You stay signed in on this device for 12 hours. After 4 hours without use it ends.")
NOT_SIGNED_IN = phrase("not_signed_in", "Not signed in")
YOU_ARE_NOT = phrase("you_are_not", "You are not signed in")
ASK_FOR_LINK = phrase("ask_for_link", "Ask the person who runs rxbot for a sign-in link. They make one with:")
WORKS_ONCE = phrase("works_once", "Each link works once, within a day.")
FOR_RECEPTION = phrase("for_reception", "For reception they add this:")
OPEN_MINE = phrase("open_mine", "I signed in on this device today: open my page")
CODE_USED_TITLE = phrase("code_used_title", "Sign-in link used")
CODE_USED = phrase("code_used", "This sign-in link no longer works")
CODE_USED_ABOUT = phrase("code_used_about", "Each link works once, within a day. This one was used or has run out.")
ASK_FOR_NEW = phrase("ask_for_new", "Ask the person who runs rxbot for a new one. They make it with:")

# Clinics: what went wrong
TOO_LONG_OPEN = phrase("too_long_open", "This page has been open too long")
TOO_LONG_OPEN_DO = phrase(
    "too_long_open_do", "Nothing was done. Go back to your page and try once more. Cookies must be allowed."
)
NO_SUCH_PAGE = phrase("no_such_page", "There is no such page")
NO_SUCH_PAGE_DO = phrase("no_such_page_do", "The address may be cut short, or the link may belong to another clinic.")
NOT_DONE = phrase("not_done", "This could not be done")
NOT_DONE_DO = phrase("not_done_do", "Go back to your page and try once more.")
FOR_CLINICIANS = phrase("for_clinicians", "This is for clinicians")
FOR_CLINICIANS_DO = phrase(
    "for_clinicians_do",
    "You are signed in as reception. A clinician's sign-in link opens it; the person who runs rxbot makes one.",
)
WAIT = phrase("wait", "There were too many links that do not work")
WAIT_DO = phrase("wait_do", "Please wait ten minutes. Then open your sign-in link once more.")

# Clinics: the first page
MAKE_LINK = phrase("make_link", "Make a link")
MAKE_LINK_HEAD = phrase("make_link_head", "Make a link for a patient")
NEWS = phrase("news", "News")
UNREAD = phrase("unread", "{number} not read yet")
SHOW_OTHERS = phrase("show_others", "Show the others")
NO_TEAM = phrase("no_team", "No team of link workers is ready yet.")
NO_TEAM_ABOUT = phrase("no_team_about", "A patient would find nobody, so no links can be made.")
NO_TEAM_DO = phrase(
    "no_team_do",
    "The person who runs rxbot has to bind a team with the command below, and the team to tap the button of its test alert. "
    "Then open this page again.",
)
WHY = phrase("why", "Why")
NO_REASON = phrase("no_reason", "No reason given")
THEIR_LANGUAGE = phrase("their_language", "The patient's language")
NOT_CHOSEN = phrase("not_chosen", "Not chosen")
OWN_REFERENCE = phrase("own_reference", "Your own reference")
OPTIONAL = phrase("optional", "optional")
REFERENCE_HINT = phrase(
    "reference_hint",
    "So that you can tell this link apart. A name is never needed. Only your clinic sees it, and the patient when they ask what "
    "is kept.",
)
LINKS_MADE = phrase("links_made", "Links made here")
NO_LINKS = phrase("no_links", "None yet. The first one will stand here.")
NO_MORE_LINKS = phrase("no_more_links", "No more links.")
MORE_LINKS = phrase("more_links", "More links")
NEWER_LINKS = phrase("newer_links", "Newer links")
OLDER_LINKS = phrase("older_links", "Older links")
TO_GAPS = phrase("to_gaps", "What is lacking: needs and services, by area, language and age")

# Clinics: a link
SHOW_LINK = phrase("show_link", "Show the link")
SHOW_THIS = phrase("show_this", "Show this to your patient")
FOR_PATIENT = phrase("for_patient", "For the patient")
QR_OF_LINK = phrase("qr_of_link", "QR code of the link")
LEAFLET = phrase("leaflet", "Leaflet to print")
MAKE_ANOTHER = phrase("make_another", "Make another link")
SAY = phrase("say", "Say")
SEND_AS_TEXT = phrase("send_as_text", "Send as a text message")
COPY_MESSAGE = phrase("copy_message", "Copy the message")
COPY_LINK = phrase("copy_link", "Copy only the link")
COPIED = phrase("copied", "Copied.")
THIS_LINK = phrase("this_link", "This link")
SEE_WHETHER = phrase("see_whether", "See whether it was opened")
STANDING = phrase("standing", "Standing")
MADE = phrase("made", "Made")
REFERENCE = phrase("reference", "Your reference")
CODE_TO_TYPE = phrase("code_to_type", "Code to type")
BACK_TO_LINK = phrase("back_to_link", "Back to the link")
ONE_SHEET = phrase("one_sheet", "Prints on one A5 sheet.")
PRINT = phrase("print", "Print")
STANDINGS = {
    "not opened": phrase("is_not_opened", "Not opened"),
    "opened": phrase("is_opened", "Opened"),
    "in progress": phrase("is_in_progress", "In progress"),
    "waiting for a link worker": phrase("is_waiting", "Waiting for a link worker"),
    "with a link worker": phrase("is_with_worker", "With a link worker"),
    "closed": phrase("is_closed", "Closed"),
    "run out": phrase("is_run_out", "Run out"),
    "erased": phrase("is_erased", "Erased"),
}
MESSAGES_BACK = phrase("messages_back", "Messages back to you")
WAS_ERASED = phrase("was_erased", "This link was erased")
WAS_ERASED_ABOUT = phrase("was_erased_about", "The patient asked us to forget them. Nothing of what they said is kept.")
HAS_RUN_OUT = phrase("has_run_out", "This link has run out")
HAS_RUN_OUT_ABOUT = phrase("has_run_out_about", "Nobody opened it in time. You can make a new one.")
WAS_CLOSED = phrase("was_closed", "This link is closed")
WAS_CLOSED_ABOUT = phrase("was_closed_about", "The support that began with it has ended. To begin again, make a new one.")
WAS_OPENED = phrase("was_opened", "This link was opened")
WAS_OPENED_LINK = phrase("was_opened_link", "It works only on the phone that opened it first. There it leads back to the chat:")
WAS_OPENED_ABOUT = phrase(
    "was_opened_about", "It works only on the phone that opened it first. What came of it, your clinicians can see."
)

# Clinics: a message back
WRITTEN = phrase("written", "Written")
LINK = phrase("link", "Link")
OPEN_ITS_LINK = phrase("open_its_link", "Open the link it belongs to")
READ_ON = phrase("read_on", "✓ Read here on {day}, {opens}.")
IS_READ = phrase("is_read", "Read")
I_HAVE_READ = phrase("i_have_read", "I have read this")
GONE_TITLE = phrase("gone_title", "No longer here")
GONE = phrase("gone", "This message is not here")
GONE_ABOUT = phrase("gone_about", "A newer one has taken its place, or the patient asked us to forget them.")

# Clinics: what is lacking
GAPS = phrase("gaps", "What is lacking")
GAPS_ABOUT = phrase(
    "gaps_about",
    "What people of all clinics need, beside the services there are now. Answers from {first} up to, but not including, {last}: "
    "this page changes once a month.",
)
WHAT_FIGURES_MEAN = phrase("what_figures_mean", "What the figures mean")
GAPS_NONE = phrase("gaps_none", "Nobody has told of any needs in these months.")
GAPS_HIDDEN = phrase("gaps_hidden", HIDDEN)
FIGURE_HIDDEN = phrase("figure_hidden", "hidden")
NEED = phrase("need", "Need")
NOT_KNOWN = phrase("not_known", "not known")
SOURCES = {
    "referred": phrase("of_referred", "People who were referred"),
    "survey": phrase("of_survey", "People of the survey"),
}
GROUPS = {
    "all": phrase("by_all", "Everybody"),
    "area": phrase("by_area", "Area"),
    "language": phrase("by_language", "Language"),
    "age": phrase("by_age", "Age"),
}
FIGURE_NAMES = {name: phrase(f"figure_{name.replace(' ', '_')}", name.capitalize()) for name in FIGURES}
FIGURE_MEANINGS = {name: phrase(f"means_{name.replace(' ', '_')}", means) for name, means in definitions()}
