"""Every standing sentence that providers of services read: the letter that asks them, and the page behind its link.

What stands at an address at which there is nothing is here too: a cut link leads there.
"""

from rxbot.directory.capacity import CapacityCode
from rxbot.directory.checks import Outcome
from rxbot.message import Phrase

ALL: dict[str, str] = {}
NOTE = "A provider of a service reads this, in a letter or on its page."


def phrase(phrase_id: str, english: str) -> Phrase:
    """Note a sentence under its id."""
    text_id = f"provider.{phrase_id}"
    if text_id in ALL:
        raise ValueError(f"The phrase {text_id} stands here twice.")
    ALL[text_id] = english
    return Phrase(text_id, english)


# Providers: the letter
LETTER_SUBJECT = phrase("letter_subject", "Are your details still right? ({scheme})")
LETTER_HELLO = phrase("letter_hello", "Hello,")
LETTER_WHO = phrase(
    "letter_who",
    "{scheme} helps people near you find support, groups and activities. We show them what a public directory says of you, and "
    "would like that to be right. We ask about:",
)
LETTER_ASK = phrase(
    "letter_ask", "Could you look whether your details are still right? It takes about two minutes, and you need no account:"
)
LETTER_LANGUAGES = phrase("letter_languages", "The page can be read in other languages too: {languages}.")
LETTER_UNTIL = phrase(
    "letter_until",
    "The link works until {day}. Whoever has it can answer for you, so please give it to nobody but your colleagues.",
)
LETTER_WHAT = phrase(
    "letter_what",
    "What social prescribing is: a clinic notices that somebody needs something other than medicine, such as company, advice or "
    "an activity. A link worker then helps them find a group or service like yours.",
)
LETTER_QUESTION = phrase("letter_question", "If you have a question, just answer this letter. Somebody reads it.")
LETTER_STOP = phrase(
    "letter_stop", "If you do not want us to write again, open the link and press “{button}” at the end of the page."
)
LETTER_THANKS = phrase("letter_thanks", "Thank you for what you do.")

# Providers: their page
LANGUAGE = phrase("language", "Language")
PAGE_TITLE = phrase("page_title", "Are these details right?")
PAGE_TITLE_WRONG = phrase("page_title_wrong", "Please look again: are these details right?")
NOTHING_SAVED = phrase("nothing_saved", "Nothing was saved yet")
PAGE_HEAD = phrase("page_head", "Are these details still right?")
PAGE_ABOUT = phrase(
    "page_about",
    "{scheme} helps people find support near them. This is called social prescribing: a clinic notices that somebody needs "
    "something other than medicine, such as company, advice or an activity. A link worker then helps them find a group or "
    "service like yours.",
)
PAGE_UNTIL = phrase(
    "page_until",
    "Below is what we know. We show people most of it, and by all of it we choose whom to tell of you. It takes about two "
    "minutes. You need no account, and this page works until {day}.",
)

# Providers: what is known of a service
IS_CLOSED = phrase("is_closed", "You told us that this is closed. We do not show it now.")
IS_SUSPENDED = phrase(
    "is_suspended",
    "People who tried this told us that something is wrong here. We do not show it now. Please look closely, the phone number "
    "too. Your answer goes to our link workers. They check it before we show it again.",
)
ALERT = phrase("alert", "Your note")
LIST = phrase("list", "From the list of {publisher}. Another list has one of this name too.")
ABOUT = phrase("about", "What it is")
KINDS = phrase("kinds", "Kind of help")
BRING = phrase("bring", "What people have to bring")
AREA = phrase("area", "For which area")
AREA_DRAWN = phrase("area_drawn", "inside a line on a map")
AREAS_MORE = phrase("areas_more", "{areas}, and {count} more")
ACCESS = phrase("access", "Getting in, and getting about inside")
AGES = phrase("ages", "Ages")
AGES_BETWEEN = phrase("ages_between", "{low} to {high}")
AGES_FROM = phrase("ages_from", "{low} and over")
AGES_TO = phrase("ages_to", "up to {high}")
WHERE = phrase("where", "Where")
PHONE = phrase("phone", "Phone")
OPENING = phrase("opening", "Opening times")
ENTRY = phrase("entry", "How people come")
COST = phrase("cost", "Cost")
WHOM = phrase("whom", "For whom")
LANGUAGES = phrase("languages", "Languages")
NOT_KNOWN = phrase("not_known", "not known")
OPEN_ON = phrase("open_on", "{weekdays}: {opens} to {closes}")
OPEN_ALL_DAY = phrase("open_all_day", "{weekdays}: day and night")

# Providers: what can be answered
OUTCOME_ASK = phrase("outcome_ask", "Is this right?")
OUTCOMES: dict[Outcome, Phrase] = {
    "right": phrase("outcome_right", "Still right"),
    "changed": phrase("outcome_changed", "Something has changed: write it below"),
    "closed": phrase("outcome_closed", "Closed: it does not exist any more"),
}
OUTCOMES_WHERE_CLOSED: dict[Outcome, Phrase] = {
    "right": phrase("outcome_right_again", "It is open again, and this is right"),
    "changed": OUTCOMES["changed"],
    "closed": phrase("outcome_still_closed", "Still closed"),
}
CHANGES_HEAD = phrase("changes_head", "Write what has changed")
CHANGES_HINT = phrase("changes_hint", "Fill in only what is new. Somebody reads it before people are shown it.")
NEW_PHONE = phrase("new_phone", "New phone number")
NEW_OPENING = phrase("new_opening", "New opening times")
NEW_ENTRY = phrase("new_entry", "How people come now")
NEW_ELSE = phrase("new_else", "Anything else that has changed")
ROOM_ASK = phrase("room_ask", "Is there room for new people? (You may leave this out.)")
ROOM: dict[CapacityCode, Phrase] = {
    "capacity": phrase("room_capacity", "Yes, people can come now"),
    "waitlist": phrase("room_waitlist", "There is a waiting list"),
    "no-capacity": phrase("room_full", "No, it is full"),
    "additional-assessment-required": phrase("room_assessment", "It depends: we talk with each person first"),
}
ROOM_WEEKS = phrase("room_weeks", "About how many weeks is the wait?")
AGREE_HEAD = phrase("agree_head", "May we refer people to you?")
AGREE_ABOUT = phrase(
    "agree_about",
    "When somebody agrees to it, a link worker gets in touch with you about them. You can always say no to a person.",
)
AGREE_YES = phrase("agree_yes", "Yes, we agree that people are referred to us")
AGREE_NO = phrase("agree_no", "No, people should get in touch by themselves")
WHO_HEAD = phrase("who_head", "Who is answering?")
WHO_HINT = phrase(
    "who_hint",
    "We keep your name and role with your answer, so that we know whom to ask. They are not shown to people.",
)
NAME = phrase("name", "Your name")
ROLE = phrase("role", "What you do there")
SEND = phrase("send", "Send")
SEND_HINT = phrase("send_hint", "You can come back to this page and answer again.")
STOP_HEAD = phrase("stop_head", "No more letters")
STOP_ABOUT = phrase("stop_about", "If you would rather not hear from us about your details, press this.")
STOP = phrase("stop", "Do not write to us again")

# Providers: what is wrong with what was filled in
WRONG_NOTHING = phrase("wrong_nothing", "Nothing is filled in yet. Choose an answer for at least one service.")
WRONG_NAME = phrase("wrong_name", "Write your name, so that we know whom to ask.")
WRONG_ROLE = phrase("wrong_role", "Write what you do there, such as manager or volunteer.")
WRONG_OUTCOME = phrase("wrong_outcome", "Choose one of the answers.")
WRONG_CHANGE = phrase("wrong_change", "Write what has changed.")
WRONG_PHONE = phrase("wrong_phone", "Write the phone number in figures. Anything else fits in the box below.")
WRONG_ROOM = phrase("wrong_room", "Choose one of the answers about room.")
WRONG_WEEKS = phrase("wrong_weeks", "Write the weeks as a number from 1 to {most}, or leave it empty.")
WRONG_LENGTH = phrase("wrong_length", "This is too long: {most} letters fit.")

# Providers: the other pages
THANKS_HEAD = phrase("thanks_head", "Thank you")
THANKS_SAVED = phrase("thanks_saved", "Your answer is saved. It helps people find you, and spares you calls about old details.")
THANKS_THEN = phrase(
    "thanks_then",
    "If you wrote that something has changed, somebody reads it first. If you wrote that something is closed, we do not show "
    "it any more.",
)
THANKS_SUSPENDED = phrase(
    "thanks_suspended",
    "We do not show {service} now, because people told us that something is wrong there. Our link workers have your answer, and "
    "check it before we show it again.",
)
LOOK_AGAIN = phrase("look_again", "Look at the page again")
WORKS_UNTIL = phrase("works_until", "The page works until {day}.")
STOPPED_HEAD = phrase("stopped_head", "We will not write to you again")
STOPPED_ABOUT = phrase(
    "stopped_about", "This is noted for the address we wrote to. We still show people what the directory says of you."
)
STILL_ANSWER = phrase("still_answer", "You can still answer on this page")
RUN_OUT_HEAD = phrase("run_out_head", "This page is not here any more")
RUN_OUT_WHY = phrase(
    "run_out_why", "Each link works for 30 days. This one has run out, or part of it is missing. Nothing was saved."
)
RUN_OUT_NOW = phrase(
    "run_out_now", "Try the link in our letter once more. If it is too old, answer the letter: somebody reads it."
)
NOTHING_HEAD = phrase("nothing_head", "There is nothing to answer here any more")
NOTHING_ABOUT = phrase(
    "nothing_about", "The directory does not have the services any more that we wrote to you about. Thank you for looking."
)
LARGE_HEAD = phrase("large_head", "That was too much for one form")
LARGE_ABOUT = phrase("large_about", "Nothing was saved. Please go back and write a little less.")
GO_BACK = phrase("go_back", "Go back")
WAIT_HEAD = phrase("wait_head", "There were too many links that do not work")
WAIT_ABOUT = phrase("wait_about", "Please wait ten minutes. Then open the link in our letter once more.")

# Whoever opens an address at which there is nothing
NOWHERE_HEAD = phrase("nowhere_head", "There is nothing at this address")
NOWHERE_WHY = phrase("nowhere_why", "A part of it may be missing. Please open the link once more that you were given.")
NOWHERE_PATIENT = phrase(
    "nowhere_patient", "If your clinic gave you a link, it opens a chat. Your clinic can give you a new one."
)
NOWHERE_PROVIDER = phrase(
    "nowhere_provider", "If we wrote to you about your service, open the link in our letter, or answer the letter."
)
NOWHERE_CLINIC = phrase("nowhere_clinic", "If you work at a clinic:")
NOWHERE_CLINIC_LINK = phrase("nowhere_clinic_link", "open your page")
