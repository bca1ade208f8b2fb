"""Every standing sentence of the bot, so that one person can read all it may say.

To the person first, then to the link workers. {named} places are filled when a message leaves.
"""

from rxbot.directory.reasons import Ask, Why
from rxbot.directory.reports import ReportKind
from rxbot.directory.rules.documents import Document
from rxbot.message import Phrase

ALL: dict[str, str] = {}
AGREES: set[str] = set()
REFUSES: set[str] = set()
"""Which buttons a bare yes means, and which a bare no."""


def phrase(phrase_id: str, english: str) -> Phrase:
    """Note a sentence under its id."""
    if phrase_id in ALL:
        raise ValueError(f"The phrase {phrase_id} stands here twice.")
    ALL[phrase_id] = english
    return Phrase(phrase_id, english)


def agreeing(phrase_id: str, english: str) -> Phrase:
    """Note what stands on a button that a bare yes means."""
    AGREES.add(phrase_id)
    return phrase(phrase_id, english)


def refusing(phrase_id: str, english: str) -> Phrase:
    """Note what stands on a button that a bare no means."""
    REFUSES.add(phrase_id)
    return phrase(phrase_id, english)


# Coming in
WHICH_LANGUAGE = phrase("which_language", "Hello. Which language is good for you?")
LANGUAGE_OR_PERSON = phrase(
    "language_or_person", "Sorry, I did not understand. Please tap your language. Or tap the button next to it, for a person."
)
NO_LINK = phrase(
    "no_link",
    "Hello. I help patients of our clinics find support nearby. If you have a code from your clinic, please type it "
    "here. If not, please ask them for a link.",
)
NO_LINK_PERSON = phrase(
    "no_link_person",
    "I cannot bring a person here, because I have no link for you. Please ring your clinic or go there. "
    "They can make you a new link.",
)
NO_LINK_DANGER = phrase("no_link_danger", "If you are in danger now, ring {number}.")
LINK_USED = phrase("link_used", "This link was already opened on another phone. Please ask your clinic for a new one.")
LINK_OLD = phrase("link_old", "This link has run out. Please ask your clinic for a new one.")
LINK_RESTS = phrase(
    "link_rests", "You have tried many links today. Please try again tomorrow, or ask your clinic for a code to type."
)
LANGUAGE_CHANGED = phrase("language_changed", "I write to you in {language} now.")
WELCOME_BACK = phrase("welcome_back", "Welcome back. We go on where we stopped.")

# The row under every question, and what More opens
BACK = phrase("back", "Back")
SKIP = phrase("skip", "Skip")
KEEP = phrase("keep", "Keep it")
PERSON = phrase("person", "A person")
MORE = phrase("more", "More")
DONE = phrase("done", "Done")
MORE_HEAD = phrase("more_head", "What do you need?")
HELP_NOW = phrase("help_now", "I need help now")
REFUSE = phrase("refuse", "I would rather not say")
UNSURE = phrase("unsure", "I am not sure")
LANGUAGE = phrase("language", "Language")
STOP = phrase("stop", "Stop")
FORGET_ME = phrase("forget_me", "Erase my data")
GO_ON = agreeing("go_on", "Go on")

# Asking
NUMBER = phrase("number", "{n}")
ALL_OF_THEM = phrase("all_of_them", "All of these")
PICK_ANY = phrase("pick_any", "Tap all that fit. Then tap Done.")
SAID_BEFORE = phrase("said_before", "You said: {answer}")
OR_TYPE = phrase("or_type", "You can also type your own words.")
OR_TYPE_DAY = phrase("or_type_day", "You can also type a day, as in: on Tuesday.")
SCALE_ENDS = phrase("scale_ends", "0 is {first}. 10 is {last}.")
NOT_OFFICIAL = phrase(
    "not_official", "We translated these four questions ourselves. It is not the official text. You may skip them."
)
ABOUT_PART = phrase("about_part", "<b>{part}</b>")
DID_YOU_MEAN = phrase("did_you_mean", "Did you mean this: {guess}?")
YES_THAT = agreeing("yes_that", "Yes, that")
NO_SHOW_AGAIN = refusing("no_show_again", "No, ask me again")
OR_SHARE_PLACE = phrase("or_share_place", "Or tap the button below to show me where you are. I keep only the area.")
SHARE_PLACE = phrase("share_place", "Show where I am")
PLACE_NOTED = phrase("place_noted", "I look near {place}.")
PLACE_CLOSED = phrase("place_closed", "That is fine.")
PICK_UP_TO = phrase("pick_up_to", "Tap up to {most}. Then tap Done.")
TYPE_PLACE = phrase("type_place", "Type a town, an area or a postcode.")
NEAR_CLINIC = phrase("near_clinic", "Near {clinic}")
TYPE_WORDS = phrase("type_words", "Type as much or as little as you like.")
READ_BY_TEAM = phrase("read_by_team", "It is not read day and night.")
READ_BY_NOBODY = phrase("read_by_nobody", "You share your answers with nobody, so only this program reads it.")
DID_YOU_MEAN_PLACE = phrase("did_you_mean_place", "I do not know that name. Did you mean one of these?")
STILL_NO_SUCH_PLACE = phrase("still_no_such_place", "I still do not know that place. You can tap a button, or ask for a person.")
WHICH_PLACE = phrase("which_place", "Which one do you mean?")
PLACE_LINE = phrase("place_line", "{number}. {place}")
NO_SUCH_PLACE = phrase("no_such_place", "I do not know that place. Try the name of a town, or a postcode.")
NOT_UNDERSTOOD = phrase("not_understood", "Sorry, I did not understand that.")
STILL_NOT_UNDERSTOOD = phrase(
    "still_not_understood", "Sorry, I still did not understand. You can tap a button, or ask for a person."
)
NOT_AN_ANSWER = phrase("not_an_answer", "I did not understand this as an answer. I have passed it to our link workers.")
WHAT_THIS_IS = phrase(
    "what_this_is",
    "{clinic} gave you this link. I ask what matters to you and show services near you. A link worker helps you from there. "
    "You decide who reads your answers.",
)
A_PROGRAM = phrase("a_program", "I am a program, not a person. To talk with a person, tap “{person}”.")
TOLD_WORKER = phrase("told_worker", "Thank you for telling me. {worker} will read it.")
TOLD_TEAM = phrase("told_team", "Thank you for telling me. Our link workers will read it.")
TOLD_FOR_LATER = phrase("told_for_later", "Thank you for telling me. A link worker can read it later.")
TOLD_NOBODY = phrase("told_nobody", "Thank you for telling me. I am only a program, and nobody else reads it.")
QUESTION_WAS = phrase("question_was", "The question was:")
TOO_EARLY = phrase("too_early", "You wrote that before my last message came. Please read it and answer.")
ADDED = phrase("added", "I have added that to your answer.")
TOO_MANY = phrase("too_many", "You can pick up to {most}. Tap one again to take it off.")
ONE_NUMBER = phrase("one_number", "Please choose one number.")
PICK_ONE_FIRST = phrase("pick_one_first", "Please tap at least one, or tap Skip.")
CANNOT_SKIP = phrase("cannot_skip", "I need this answer before we go on.")
FIRST_QUESTION = phrase("first_question", "This is the first question.")
CHANGED = phrase("changed", "I have changed your answer. <b>{question}:</b> {answer}")
LEFT_AS_IT_IS = phrase("left_as_it_is", "I have left it as it is.")
NOTED_ALREADY = phrase("noted_already", "I have noted that already.")
EDIT_IS_NO_ANSWER = phrase(
    "edit_is_no_answer",
    "You have changed a message. If it was an answer, I still have the first one. To change it, tap Back until you see its "
    "question.",
)
OLD_BUTTON = phrase("old_button", "That button is from an earlier message. We go on from here.")
GOT_MEDIA = phrase("got_media", "Thank you. I cannot listen to or look at what you sent.")
GOT_MEDIA_PASSED_ON = phrase("got_media_passed_on", "I have passed it to our link workers.")
WAS_AWAY = phrase("was_away", "Sorry, you could not reach me for a while. If you tapped a button then, please tap it again.")
UNREADABLE = phrase("unreadable", "Sorry, I could not read what you sent. Please try again in other words, or ask for a person.")
IF_IN_DANGER = phrase("if_in_danger", "If you are in danger, ring {number} now.")

# Review
REVIEW_HEAD = phrase("review_head", "Here is what you told me. Is it right?")
REVIEW_LINE = phrase("review_line", "{number}. <b>{question}:</b> {answer}")
REVIEW_OK = agreeing("review_ok", "Yes, it is right")
CHANGE_SOMETHING = refusing("change_something", "Change something")
CHANGE_WHICH = phrase("change_which", "Which one do you want to change? You can also type its number.")
CHANGE = phrase("change", "{number}. {question}")
CHANGE_PART = phrase("change_part", "{part}: more")
CHANGE_MEASURE = phrase("change_measure", "How I am")
CHANGE_AN_ANSWER = phrase("change_an_answer", "Change an answer")
LOOK_AGAIN_ASK = phrase("look_again_ask", "Shall I look for services again?")
LOOK_AGAIN = agreeing("look_again", "Yes, look again")
SKIPPED = phrase("skipped", "skipped")
NOT_ASKED = phrase("not_asked", "not asked so far")
REFUSED = phrase("refused", "would rather not say")
NOT_SURE = phrase("not_sure", "not sure")

# Services
BEFORE_SERVICES = phrase(
    "before_services",
    "Before I show services, I ask a little about you. I ask only what they depend on. You can skip it.",
)
SERVICES_HEAD = phrase("services_head", "<b>{domain}</b>: these may help you.")
FURTHER_SERVICES = phrase("further_services", "<b>{domain}</b>: I found nothing near you. This is further away.")
NEAREST_SERVICE = phrase(
    "nearest_service",
    "<b>{domain}</b>: I found nothing for just what you chose. This comes nearest. A link worker can look further with you.",
)
NEAREST_SERVICE_ALONE = phrase(
    "nearest_service_alone",
    "<b>{domain}</b>: I found nothing for just what you chose. This comes nearest. You can ask for a person to look further.",
)
NO_SERVICE = phrase("no_service", "<b>{domain}</b>: I found nothing that fits. A link worker can look further with you.")
NO_SERVICE_ALONE = phrase(
    "no_service_alone", "<b>{domain}</b>: I found nothing that fits. You can ask for a person to look further."
)
NOT_SHOWN_YET = phrase(
    "not_shown_yet", "There is more you want help with: {domains}. I show nothing for it yet. A link worker looks at it with you."
)
NOT_SHOWN_YET_ALONE = phrase(
    "not_shown_yet_alone",
    "There is more you want help with: {domains}. I show nothing for it yet. You can ask for a person to look at it.",
)
SERVICE_NAME = phrase("service_name", "<b>{number}. {name}</b>")
SERVICE_NAME_ALONE = phrase("service_name_alone", "<b>{name}</b>")
SERVICE_BY = phrase("service_by", "By {organization}")
SERVICE_KIND = phrase("service_kind", "What it is: {kinds}")
SERVICE_HELPS = phrase("service_helps", "Fits what you chose: {choice}")
SERVICE_WHOM = phrase("service_whom", "For whom: {words}")
SERVICE_CONDITIONS = phrase("service_conditions", "Conditions: {words}")
SERVICE_WHEN = phrase("service_when", "When: {weekdays}, {opens} to {closes}")
SERVICE_WHEN_TWICE = phrase("service_when_twice", "When: {weekdays}, {opens} to {closes} and {reopens} to {closes_again}")
SERVICE_WHEN_ALL_DAY = phrase("service_when_all_day", "When: {weekdays}, day and night")
SERVICE_WHEN_ALWAYS = phrase("service_when_always", "When: every day, day and night")
SERVICE_WHEN_VARIES = phrase("service_when_varies", "When: it varies. Ask them")
SERVICE_WHEN_MORE = phrase("service_when_more", "There are more times. Ask them")
SERVICE_WHEN_SAID = phrase("service_when_said", "When: {words}")
OPEN_UNTIL = phrase("open_until", "Open now until {time}")
OPENS_TODAY = phrase("opens_today", "Opens today at {time}")
OPENS_TOMORROW = phrase("opens_tomorrow", "Opens tomorrow at {time}")
OPENS_ON = phrase("opens_on", "Opens on {day} at {time}")
SERVICE_WHY = phrase("service_why", "Why this one: {reasons}")
SERVICE_WHY_THESE = phrase("service_why_these", "Why each of these: {reasons}")
SERVICE_ASK = phrase("service_ask", "Ask first: {questions}")
SERVICE_DISTANCE = phrase("service_distance", "Distance: {km}, {address}")
SERVICE_NEAR = phrase("service_near", "Distance: {km}")
SERVICE_ADDRESS = phrase("service_address", "Where: {address}")
SERVICE_FROM_AFAR = phrase("service_from_afar", "Where: by phone or online")
SERVICE_AT_HOME = phrase("service_at_home", "Where: they come to your home")
SERVICE_COST = phrase("service_cost", "Cost: {cost}")
SERVICE_LANGUAGES = phrase("service_languages", "Languages: {languages}")
SERVICE_LANGUAGES_UNKNOWN = phrase("service_languages_unknown", "Languages: not said")
SERVICE_PHONE = phrase("service_phone", "Phone: {phone}")
SERVICE_APPOINTMENT = phrase("service_appointment", "Make an appointment before you go")
SERVICE_DOCUMENTS = phrase("service_documents", "They may ask to see: {documents}")
SERVICE_FRESH = phrase("service_fresh", "🟢 Checked in {month}")
SERVICE_AGEING = phrase("service_ageing", "🟠 Last checked in {month}. Ring before you go")
SERVICE_STALE = phrase("service_stale", "🔴 Last checked in {month}. It may not be there any more. Ring first")
SERVICE_NOT_CHECKED = phrase("service_not_checked", "⚪ We do not know when this was last checked")
SERVICE_ROOM = phrase("service_room", "There was room (told on {day})")
SERVICE_WAITLIST = phrase("service_waitlist", "There is a waiting list (told on {day})")
SERVICE_WAITLIST_WEEKS = phrase("service_waitlist_weeks", "There is a waiting list of about {weeks} weeks (told on {day})")
SERVICE_FULL = phrase("service_full", "It was full (told on {day}). Ask whether there is room now")
SERVICE_ASSESSMENT = phrase("service_assessment", "They talk with each person first, to see whether it fits (told on {day})")
SERVICE_ALERT = phrase("service_alert", "Note from them: {words}")
WRITTEN_WORDS = phrase("written_words", "“{words}”")
WRITTEN_WORDS_IN = phrase("written_words_in", "“{words}” (in {language})")
WANT_THIS = phrase("want_this", "I want to try {number}")
WANT_NOTED = phrase("want_noted", "Noted: {services}.")
WANT_TAKEN_OFF = phrase("want_taken_off", "Taken off: {services}.")
REPORT_THIS = phrase("report_this", "Something is wrong with {number}")
REPORT_WHAT = phrase("report_what", "What is wrong with {service}?")
REPORTS = {
    ReportKind.WRONG_NUMBER: phrase("report_wrong_number", "The number is wrong"),
    ReportKind.CLOSED: phrase("report_closed", "It is not there any more"),
    ReportKind.NOT_AS_DESCRIBED: phrase("report_not_as_described", "It is not as described"),
}
REPORT_NOTHING = phrase("report_nothing", "Nothing is wrong")
REPORTED = phrase("reported", "Thank you for telling me. That helps others too.")
REPORTED_LOOK = phrase(
    "reported_look",
    "Thank you for telling me. That helps others too. Shall I look for another service? You can also ask for a person.",
)
CHECK_IN_SUSPENDED = phrase(
    "check_in_suspended",
    "People told me that something is wrong with <tg-spoiler>{service}</tg-spoiler>. Our link workers know of it. If you could "
    "not reach them, it is not your fault.",
)
CHECK_IN_GONE = phrase(
    "check_in_gone",
    "<tg-spoiler>{service}</tg-spoiler> is not in our list of services any more. It may have closed or moved. If you could not "
    "reach them, it is not your fault.",
)
CHECK_IN_FULL = phrase(
    "check_in_full",
    "We have heard that <tg-spoiler>{service}</tg-spoiler> has no room for new people just now. If they could not take you, it "
    "is not your fault.",
)
NO_SERVICES_FOOT = phrase("no_services_foot", "When you want to go on, tap Go on.")
SERVICES_FOOT = phrase(
    "services_foot", "Tap what you want to try, or type its number. Nothing is booked yet. When you are ready, tap Go on."
)
NONE_WANTED = phrase("none_wanted", "That is fine. You need not pick anything. If one seems right later, you can still tap it.")
NONE_TO_WANT = phrase("none_to_want", "There was no service to pick for now. We go on all the same.")
WANTED = phrase("wanted", "You want to try: {services}.")
ASKING_AGAIN_ON = phrase("asking_again_on", "On {day} I will ask how it is going. You can write to me before then.")

COST_FREE = phrase("cost_free", "free")
COST_DONATION = phrase("cost_donation", "what you can give")
COST_DONATION_SAID = phrase("cost_donation_said", "what you can give: {words}")
COST_SLIDING = phrase("cost_sliding", "depends on your income")
COST_BY_INCOME = phrase("cost_by_income", "depends on your income: {words}")
COST_FIXED = phrase("cost_fixed", "there is a fee: {words}")
COST_FEE = phrase("cost_fee", "there is a fee")
COST_INSURANCE = phrase("cost_insurance", "health insurance may pay: {words}")
COST_FREE_TO_SOME = phrase("cost_free_to_some", "free in part, or for some people: {words}")
COST_VARIES = phrase("cost_varies", "it varies")
COST_UNKNOWN = phrase("cost_unknown", "not said")

# The plan
GET_IN_TOUCH = phrase("get_in_touch", "Get in touch with {service}")
PLAN_OFFER = phrase(
    "plan_offer", "People who write down one small step do it more often. Shall we make a small plan? It takes two minutes."
)
PLAN_OFFER_ALONE = phrase(
    "plan_offer_alone",
    "A plan needs no service. It can be one small thing that you do yourself. Shall we make one? It takes two minutes.",
)
PLAN_YES = agreeing("plan_yes", "Yes, make a plan")
PLAN_MAKE = phrase("plan_make", "Make a plan")
PLAN_ADD = phrase("plan_add", "Plan one more thing")
PLAN_LATER = refusing("plan_later", "Not now")
PLAN_LATER_SAID = phrase("plan_later_said", "That is fine. You find the plan under More when you want it.")
PLAN_SHOW_GOAL = phrase("plan_show_goal", "<b>What you hope for:</b> {goal}")
PLAN_GOAL_UNNAMED = phrase("plan_goal_unnamed", "Something that matters")
PLAN_SHOW_STEP = phrase("plan_show_step", "<b>Your step:</b> {step}")
PLAN_SHOW_IF = phrase("plan_show_if", "<b>If</b> {cue}, <b>then:</b> {step}")
DAY_NOTED = phrase("day_noted", "I have noted {day}. If that is wrong, tap Back.")
PLAN_SHOW_DAY = phrase("plan_show_day", "<b>Day:</b> {day}")
PLAN_SHOW_BIGGER = phrase("plan_show_bigger", "<b>Your bigger step:</b> {step}")
PLAN_SHOW_OBSTACLE = phrase("plan_show_obstacle", "<b>But if</b> {obstacle}, <b>then:</b> {way_round}")
PLAN_SHOW_OBSTACLE_ALONE = phrase("plan_show_obstacle_alone", "<b>What may get in the way:</b> {obstacle}")
PLAN_SHOW_IMPORTANCE = phrase("plan_show_importance", "How much it matters: {n} of 10")
PLAN_SHOW_CONFIDENCE = phrase("plan_show_confidence", "How sure you are: {n} of 10")
PLAN_SHOW_STATUS = phrase("plan_show_status", "How it stands: {status}")
PLAN_AGREE_ASK = phrase("plan_agree_ask", "Here is your plan. Is it right for you?")
PLAN_AGREE = agreeing("plan_agree", "Yes, I agree")
PLAN_AGAIN = refusing("plan_again", "Change this")
PLAN_MORE_ASK = phrase("plan_more_ask", "Would you like to plan one more thing?")
PLAN_MORE = agreeing("plan_more", "One more")
PLAN_ENOUGH = refusing("plan_enough", "That is enough")
PLAN_AGREED = phrase("plan_agreed", "It is agreed. This is your plan, and you can change it at any time under More.")
PLAN_ALL_FOR_NOW = phrase("plan_all_for_now", "That is all for now. You can write to me at any time.")
PLAN_PLACES_NEW = phrase(
    "plan_places_new", "There is something new: {services}. The number or the place is another now, and your plan has it."
)
PLAN_PLACE_GONE = phrase("plan_place_gone", "It is not in our list of services any more. It may have closed or moved.")
PLAN_NONE = phrase("plan_none", "You have no plan yet.")
PLAN_NONE_MAKE = phrase("plan_none_make", "You have no plan yet. To make one, tap “{make}”. It takes two minutes.")
PLAN_NONE_FIRST = phrase(
    "plan_none_first", "You have no plan yet. After the questions I show you services. Then we can make a plan."
)
PLAN_BEING_MADE = phrase("plan_being_made", "We are making your plan now. You see it here when you have agreed to it.")
PLAN_CHANGE_GOAL = phrase("plan_change_goal", "Change: {goal}")
PLAN_PROPOSED = phrase("plan_proposed", "{worker}, a link worker, suggests a step for you: {step}. Shall I put it in your plan?")
PLAN_PROPOSED_INSTEAD = phrase("plan_proposed_instead", "It takes the place of your step: {step}.")
WORKERS_STEP = phrase("workers_step", "{words}")
WORKERS_STEP_IN = phrase("workers_step_in", "{words} (in {language})")
PLAN_PROPOSAL_YES = agreeing("plan_proposal_yes", "Yes, put it in")
PLAN_PROPOSAL_NO = refusing("plan_proposal_no", "No, leave my plan")
PLAN_PROPOSAL_LEFT = phrase("plan_proposal_left", "I have left your plan as it is.")
PLAN_TITLE = phrase("plan_title", "My plan")
PLAN_STRENGTHS = phrase("plan_strengths", "What I am good at")
PLAN_GOAL_HEAD = phrase("plan_goal_head", "Goal {number}")
PLAN_ONE_GOAL = phrase("plan_one_goal", "My goal")
PLAN_PLACES = phrase("plan_places", "Places")
PLAN_PLACE = phrase("plan_place", "{name}: {phone}")
PLAN_STEP_DAY = phrase("plan_step_day", "{day}: {step}")
PLAN_ASK_DAY = phrase("plan_ask_day", "I ask how it is going")
PLAN_REVIEW_DAY = phrase("plan_review_day", "We look at this plan together")
PLAN_ASK_DAYS = phrase("plan_ask_days", "I ask how it is going on: {dates}.")
PLAN_REACH = phrase("plan_reach", "To reach us, open our chat in Telegram and tap “{person}”.")
PLAN_DATES = phrase("plan_dates", "Dates")
PLAN_REVIEW_ON = phrase("plan_review_on", "We look at this plan together on {day}.")
PLAN_VERSION = phrase("plan_version", "Version {version}, agreed on {day}. The plan is yours. You can change it at any time.")
PLAN_FILE = phrase("plan_file", "Your plan on one page, to keep or print.")
PLAN_CALENDAR = phrase("plan_calendar", "Your dates, for the calendar on your phone.")
STEP_DAY = phrase("step_day", "My next step")
ASK_DAY = phrase("ask_day", "Message from {scheme}")
STATUS_PLANNED = phrase("status_planned", "planned")
STATUS_IN_PROGRESS = phrase("status_in_progress", "begun")
STATUS_DONE = phrase("status_done", "done")
STATUS_ON_HOLD = phrase("status_on_hold", "waiting")
STATUS_CANCELLED = phrase("status_cancelled", "taken off")
MY_PLAN = phrase("my_plan", "My plan")

# Following up
CHECK_GENERAL = phrase("check_general", "how things are")
CHANGE_HEAD = phrase("change_head", "Thank you. Here is how your answers have changed.")
CHANGE_ITEM = phrase("change_item", "<b>{item}</b>")
CHANGE_FIRST = phrase("change_first", "At first: {bar} {n}")
CHANGE_NOW = phrase("change_now", "Now: {bar} {n}")
CHANGE_ONCE = phrase("change_once", "Asked once: {bar} {n}")
CHANGE_NOT_ALONE = phrase("change_not_alone", "Days differ. One answer alone does not say much.")
MEASURE_THANKS = phrase("measure_thanks", "Thank you for your answers.")
NO_OTHER_SERVICE = phrase("no_other_service", "I found no other service that fits. A link worker can look further with you.")
NUDGE = phrase("nudge", "Hello. I am here when you have a moment. We can go on where we stopped.")
NUDGE_AGAIN = phrase("nudge_again", "Hello again. There is no hurry. We go on when you like.")
NUDGE_LATER = refusing("nudge_later", "Not now")
NUDGE_LATER_SAID = phrase("nudge_later_said", "That is fine. Write to me when you like.")
NUDGES_END = phrase("nudges_end", "Hello. I will not remind you any more. Write to me when you like, and we go on.")
FINISH = phrase("finish", "I need no more support")
FINISH_ASK = phrase("finish_ask", "Shall we end here? I ask two short questions, then I stop writing to you.")
FINISH_YES = agreeing("finish_yes", "Yes, end it")
FINISH_NO = refusing("finish_no", "No, go on")
FAREWELL = phrase(
    "farewell", "Thank you for letting us go a part of the way with you. Your clinic can always make a new link for you."
)
FAREWELL_WORKER = phrase("farewell_worker", "{worker} says that the support can end now.")

# What the clinic is told, as the person sees it first
CLINIC_DRAFT = phrase(
    "clinic_draft",
    "May {clinic} read this about you? To hold a part back, tap its button. If you do nothing, I send it on {day}.",
)
CLINIC_DRAFT_AGAIN = phrase("clinic_draft_again", "It takes the place of what I showed you before.")
CLINIC_STILL_HELD = phrase(
    "clinic_still_held", "You held these back before: {heads}. I hold them back unless you tap their button."
)
CLINIC_PART = phrase("clinic_part", "<b>{head}</b>")
CLINIC_SHORT_PART = phrase("clinic_short_part", "<b>{head}:</b> {line}")
CLINIC_HOLD = phrase("clinic_hold", "Hold back: {head}")
CLINIC_SEND = agreeing("clinic_send", "Send it now")
CLINIC_DROP = refusing("clinic_drop", "Send nothing")
CLINIC_SENT = phrase("clinic_sent", "I have sent the summary of your plan to {clinic}.")
CLINIC_SENT_CLOSING = phrase("clinic_sent_closing", "I have sent the summary of our time together to {clinic}.")
CLINIC_DROPPED = phrase("clinic_dropped", "I do not send this summary to {clinic}.")
CLINIC_NONE = phrase("clinic_none", "There is nothing to send any more.")
CLINIC_HEAD = {
    "actions": phrase("head_actions", "What the clinic is asked to do"),
    "summary": phrase("head_summary", "Summary"),
    "plan": phrase("head_plan", "The plan"),
    "scores": phrase("head_scores", "Scores"),
    "worked": phrase("head_worked", "What worked"),
    "not_worked": phrase("head_not_worked", "What did not work"),
    "risks": phrase("head_risks", "Risks"),
}
ACTIONS_NONE = phrase("actions_none", "Nothing.")
ACTIONS_ASKED = phrase("actions_asked", "Asked before, on {day}: {words}")
ACTIONS_TAKE_OVER = phrase("actions_take_over", "Please take over the care of this person.")
SUMMARY_AS_OF = phrase("summary_as_of", "As things stood on {day}.")
SUMMARY_LANGUAGE = phrase("summary_language", "Language: {language}.")
SUMMARY_NEEDS = phrase("summary_needs", "Wanted help with: {domains}.")
SUMMARY_NO_NEEDS = phrase("summary_no_needs", "Wanted no help at this time.")
SUMMARY_TRIED = phrase("summary_tried", "Services they wanted to try: {services}.")
REFERRED_TO = phrase("referred_to", "Referred to {name}: {state}.")
SIGNPOSTED_TO = phrase("signposted_to", "Given name and contact of: {names}.")
SIGNPOST_OUTCOME = phrase("signpost_outcome", "{name}: they said “{answer}”.")
SUMMARY_CONTACT = phrase("summary_contact", "Talks with a link worker: {n}.")
SUMMARY_CONTACT_IN = phrase("summary_contact_in", "Talks with a link worker: {n}. Language: {language}.")
SUMMARY_ENDED = phrase("summary_ended", "The support ended on {day}. Reason: {reason}.")
SUMMARY_BEST = phrase("summary_best", "What helped or should be different: “{words}”")
SUMMARY_SATISFIED = phrase("summary_satisfied", "What they say of the support: {answer}.")
SCORE_LINE = phrase("score_line", "{item}: first {first}, last {last}")
SCORE_FIRST_LINE = phrase("score_first_line", "{item}: {first}, asked once")
SCORE_RANGE = phrase("score_range", "Each from 0 to 10.")
SCORE_NOT_OFFICIAL = phrase(
    "score_not_official", "Each from 0 to 10. Asked in {language}, in our own translation, which is not official."
)
SCORE_NONE = phrase("score_none", "Not measured.")
PLAN_TOLD_GOAL = phrase("plan_told_goal", "They hope for: “{goal}”")
PLAN_TOLD_STEP = phrase("plan_told_step", "Step: “{step}”")
PLAN_TOLD_STEP_ON = phrase("plan_told_step_on", "Step: “{step}”, on {day}")
PLAN_TOLD_STEP_SUGGESTED = phrase("plan_told_step_suggested", "Step, suggested by a link worker and agreed: {step}")
PLAN_TOLD_STEP_SUGGESTED_ON = phrase(
    "plan_told_step_suggested_on", "Step, suggested by a link worker and agreed: {step}, on {day}"
)
PLAN_TOLD_BIGGER = phrase("plan_told_bigger", "They made it smaller. At first it was: “{step}”")
PLAN_TOLD_CUE = phrase("plan_told_cue", "At this moment: “{cue}”")
PLAN_TOLD_OBSTACLE = phrase("plan_told_obstacle", "What may get in the way: “{obstacle}”. What they do then: “{way_round}”")
PLAN_TOLD_OBSTACLE_ALONE = phrase("plan_told_obstacle_alone", "What may get in the way: “{obstacle}”.")
PLAN_TOLD_IMPORTANCE = phrase("plan_told_importance", "How much it matters to them: {n} of 10")
PLAN_TOLD_CONFIDENCE = phrase("plan_told_confidence", "How sure they are: {n} of 10")
TRIED = phrase("tried", "{day}, {step}: they said “{answer}”")
TRIED_OWN = phrase("tried_own", "{day}, “{step}”: they said “{answer}”")
CLINIC_RISK_TOLD = phrase("clinic_risk.told", "Possible danger was told.")
CLINIC_RISK_TOLD_ON = phrase("clinic_risk.told_on", "Possible danger was told, last on {day}.")
CLINIC_RISK_SEEN = phrase("clinic_risk.seen", "Possible danger was told, last on {day}. A link worker saw it on {seen}.")
CLINIC_RISK_NONE_TOLD = phrase("clinic_risk.none_told", "Asked about danger: none told.")
CLINIC_RISK_NOT_ASKED = phrase("clinic_risk.not_asked", "Not asked about danger outright.")
NONE_NOTED = phrase("none_noted", "Nothing noted.")
ENDED = {
    "finished": phrase("end.finished", "The twelve weeks are over"),
    "goals_met": phrase("end.goals_met", "Goals met"),
    "moved_to_clinic": phrase("end.moved_to_clinic", "Moved to care at the clinic"),
    "declined": phrase("end.declined", "No more support was wanted"),
    "no_reply": phrase("end.no_reply", "No reply"),
    "not_eligible": phrase("end.not_eligible", "Not eligible"),
    "no_service": phrase("end.no_service", "No fitting service"),
}

# What the person may ask of us
MY_DATA = phrase("my_data", "What you know about me")
DATA_HEAD = phrase("data_head", "Here is all I keep about you: one page to read, and the same as data.")
DATA_REFERRALS = phrase("data_referrals", "Places that were asked or named for you")
DATA_PAGE = phrase("data_page", "All I keep about you.")
DATA_JSON = phrase("data_json", "The same, for a computer.")
DATA_TITLE = phrase("data_title", "What {scheme} keeps about me")
DATA_ABOUT = phrase("data_about", "About this chat")
DATA_SINCE = phrase("data_since", "Invited by: {clinic}")
DATA_LANGUAGE = phrase("data_language", "Language: {language}")
DATA_REFERENCE = phrase("data_reference", "Your clinic's own reference for you: {reference}")
DATA_ACCOUNT = phrase("data_account", "Your Telegram account: number {account}. I do not keep your name there.")
DATA_COMING = phrase("data_coming", "What is to come")
DATA_SUMMARY_GOES = phrase("data_summary_goes", "I send the summary to {clinic} on {day}. You can still hold it back.")
DATA_TAKEN_BACK = phrase("data_taken_back", "This was taken back. Nobody at {clinic} had read it.")
DATA_ANSWERS = phrase("data_answers", "What you told me")
DATA_ANSWERED = phrase("data_answered", "{question}: {answer}")
DATA_ON = phrase("data_on", "<b>{day}</b>")
DATA_ON_ABOUT = phrase("data_on_about", "<b>{day}, {about}</b>")
DATA_REASON = phrase("data_reason", "The reason your clinic gave: {reason}")
DATA_CLINIC_TOLD = phrase("data_clinic_told", "What {clinic} was told")
DATA_SERVICES = phrase("data_services", "Services I showed you")
DATA_TRIED = phrase("data_tried", "{service} (you have tried it)")
DATA_WANTED = phrase("data_wanted", "{service} (you want to try it)")
DATA_REPORTED = phrase("data_reported", "{service} (you told me: {what})")
DATA_HANDOFFS = phrase("data_handoffs", "Talks with link workers")
YES = phrase("yes", "yes")
NO = phrase("no", "no")
DATA_READ_BY = phrase("data_read_by", "Who reads it")
DATA_READ_TEAM = phrase("data_read_team", "Our link workers read your answers: {share}.")
DATA_READ_CLINIC = phrase("data_read_clinic", "{clinic} reads what comes of it: {share}.")
DATA_NOT_HERE = phrase(
    "data_not_here",
    "What you wrote to a link worker stands in this chat and at the team. Their own notes are with them: ask them to show you. "
    "What the clinic wrote down is with the clinic.",
)
DATA_KEPT = phrase("data_kept", "When your support has ended, I keep this for {n} days. Then I erase it.")
CONSENT_SHARE_STOP = phrase("consent_share_stop", "Link workers may not read my answers")
CONSENT_SHARE_ALLOW = phrase("consent_share_allow", "Link workers may read my answers")
CONSENT_CLINIC_STOP = phrase("consent_clinic_stop", "Do not tell my clinic")
CONSENT_CLINIC_ALLOW = phrase("consent_clinic_allow", "You may tell my clinic")
CONSENT_CHANGED_SHARE_NO = phrase(
    "consent_changed_share_no",
    "I have taken your answers out of the brief. What I told our link workers of your plan stays in their chat. So does what "
    "you wrote to each other. To remove that too, tap “Erase my data”.",
)
CONSENT_CHANGED_SHARE_YES = phrase("consent_changed_share_yes", "Our link workers may read your answers now.")
CONSENT_CHANGED_CLINIC_NO = phrase(
    "consent_changed_clinic_no",
    "I tell your clinic nothing more, and take back what nobody there has read. What was read, I cannot take back.",
)
CONSENT_CHANGED_CLINIC_YES = phrase("consent_changed_clinic_yes", "Your clinic may hear what comes of it. You read it first.")
SHARE_WITHDRAWN_IN_TOPIC = phrase("share_withdrawn_in_topic", "<i>They no longer share their answers with the team.</i>")
SHARE_GIVEN_IN_TOPIC = phrase("share_given_in_topic", "<i>They share their answers with the team now.</i>")

# A human
HERE_IN_TOUCH = phrase("here_in_touch", "I am only a program. Our link workers read what you write here. They work {duty}.")
HERE_WITH_WORKER = phrase("here_with_worker", "I am only a program. {worker}, a link worker, reads what you write here.")
CANNOT_CONSENT = phrase(
    "cannot_consent",
    "That is fine. I have kept no answers. I have asked a link worker to talk it over with you. They work {duty} and "
    "will write to you here. When you have decided, send /start, and I ask you again.",
)
SILENT_IN_TOPIC = phrase("silent_in_topic", "<i>They have not answered for {days} days. The bot reminds them no more.</i>")
CHECK_INS_UNANSWERED = phrase("check_ins_unanswered", "<i>They have left {n} check-ins unanswered.</i>")
NOT_TO_BE_WRITTEN = phrase("not_to_be_written", "<i>A message from me was due. They asked not to be written to first.</i>")
PLAN_IN_TOPIC = phrase("plan_in_topic", "<i>Their plan as it is now:</i>")
STEP_NO_SUCH_GOAL = phrase("step_no_such_goal", "<i>There is no goal {number} in their plan.</i>")
STEP_ASKED = phrase(
    "step_asked",
    "<i>I ask them. I read no day in your words. With one, such as “on Tuesday”, I ask about it only after that day.</i>",
)
STEP_ASKED_ON = phrase("step_asked_on", "<i>I ask them. The day I read in your words: {day}.</i>")
WORKERS_STEP_LEFT = phrase(
    "workers_step_left",
    "⚠️ <b>They say that this did not happen:</b> {step}. You do this step, or it was your idea. Please write to them.",
)
STEP_NOT_TAKEN = phrase("step_not_taken", "<i>They did not want that step in their plan.</i>")
MEASURED_IN_TOPIC = phrase("measured_in_topic", "<i>They answered the four questions again.</i>")
STILL_AWAITED_IN_TOPIC = phrase(
    "still_awaited_in_topic", "⏰ <b>They still wait for somebody here.</b> When that is done, please close this."
)
SUPPORT_ENDED_IN_TOPIC = phrase("support_ended_in_topic", "<i>The support has ended. Reason: {reason}.</i>")
BRIEF_SENT = phrase(
    "brief_sent",
    "Thank you. I have sent your answers to our link workers. They work {duty}. One of them will write to you here.",
)
BRIEF_SENT_WORKER = phrase(
    "brief_sent_worker",
    "Thank you. I have sent your answers to {worker}, a link worker. They work {duty}. {worker} will write to you here.",
)
NOT_SHARED = phrase("not_shared", "Thank you. I have not sent your answers to anyone. You can ask for a person at any time.")
NOT_SHARED_IN_TOUCH = phrase(
    "not_shared_in_touch",
    "Thank you. I have not sent your answers to our link workers. What you write to them here, they read.",
)
PERSON_ASKED = phrase("person_asked", "I have asked a link worker to talk with you here. They work {duty}.")
GOING_ON = phrase("going_on", "We can go on until then.")
PERSON_ASKED_TEAM = phrase("person_asked_team", "I have told our link workers that you would like to talk. They work {duty}.")
PERSON_ASKED_WORKER = phrase(
    "person_asked_worker",
    "I have told {worker}, a link worker, that you would like to talk. They work {duty}.",
)
SOMEBODY_HAS_IT = phrase("somebody_has_it", "{worker}, a link worker, is there for you now and will write to you here.")
SOMEBODY_IS_HERE = phrase("somebody_is_here", "{worker}, a link worker, is with you now. I will be quiet.")
BOT_IS_QUIET = phrase("bot_is_quiet", "I will be quiet while {worker} writes to you.")
WORKER_SAYS = phrase("worker_says", "<b>{worker}:</b> {words}")
WORKER_WRITES_IN = phrase("worker_writes_in", "{worker} may write to you in {language}. You can write in your own language.")
WRITTEN_IN = phrase("written_in", "({worker} wrote this in {language}.)")
WORKER_SENDS = phrase("worker_sends", "<b>{worker}</b> sends you this:")
MAY_PASS_ON = phrase(
    "may_pass_on",
    "{worker} would like to ask {name} for a place for you. May {worker} tell them about you? {worker} asks you first which "
    "name and number you want to give them.",
)
MAY_PASS_ON_AGAIN = phrase(
    "may_pass_on_again",
    "{worker} would like to ask {name} for a place for you. May {worker} tell them about you? They get the name and number "
    "you gave last time. To give others, write them here.",
)
PASS_ON_YES = agreeing("pass_on_yes", "Yes, please ask them")
PASS_ON_NO = refusing("pass_on_no", "No, please do not")
REFERRED = phrase("referred", "{worker} has asked {name} for a place for you. {worker} will write when they answer.")
REFERRAL_TAKEN_UP = phrase("referral_taken_up", "{name} has said yes to you. {worker} will write to you what comes next.")
REFERRAL_DROPPED = phrase("referral_dropped", "For now, nobody asks {name} for a place for you. You can ask {worker} why.")
SIGNPOST = phrase("signpost", "{worker} thinks this place may help you. You can get in touch with them yourself.")
CLINIC_MAY_ASK = phrase("clinic_may_ask", "{worker} would like {clinic} to read this. May I send it?")
CLINIC_REQUEST_YES = agreeing("clinic_request_yes", "Yes, send it")
CLINIC_REQUEST_NO = refusing("clinic_request_no", "No, do not send it")
CLINIC_REQUEST_SENT = phrase("clinic_request_sent", "I have sent it to {clinic}, with the name of {worker}.")
CLINIC_REQUEST_NOT_SENT = phrase("clinic_request_not_sent", "That is fine. I do not send it to {clinic}.")
CLINIC_ASKED = phrase("clinic_asked", "{worker} has asked {clinic} to act today. They read this: “{words}”")
CLINIC_ASKED_FOR_SAFETY = phrase(
    "clinic_asked_for_safety",
    "{worker} is worried about you and has told {clinic} today. You had not agreed to that. It is only to keep you safe.",
)
BOT_IS_BACK = phrase("bot_is_back", "I am here again. {worker} can still write to you. What you write, {worker} can read.")
WORKER_CANNOT_GO_ON = phrase(
    "worker_cannot_go_on",
    "{worker} cannot go on with this. I have asked our other link workers. They work {duty}.",
)
WORKER_LEFT = phrase("worker_left", "{worker} has ended this talk. You can ask for a person at any time.")
NOBODY_YET = phrase(
    "nobody_yet",
    "I am sorry. Nobody from our team has answered you since {day}. They work {duty}. I have told them again.",
)
PASSED_ON = phrase("passed_on", "I have passed this to our link workers.")
PASSED_ON_WORKER = phrase("passed_on_worker", "I have passed this to {worker}.")
READ_IN_DUTY_HOURS = phrase("read_in_duty_hours", "They read it when they work: {duty}.")
HERE_FOR_YOU = phrase(
    "here_for_you", "I am only a program, and nobody else reads this now. To reach a link worker, tap A person."
)
TOO_YOUNG = phrase(
    "too_young",
    "Thank you for telling me. This chat is for people aged {age} and over. I have asked a link worker to find "
    "the right help for you. They work {duty} and will write to you here. I have kept no answers. If you tapped this by "
    "mistake, tap your age above, or send /start. Then I ask you again.",
)

# Danger
RING_NOW = phrase("ring_now", "If you or somebody else is in danger, ring <b>{number}</b> now.")
TAKEN_SERIOUSLY = phrase("taken_seriously", "Thank you for telling me. I take it seriously.")
CRISIS_LINE = phrase("crisis_line", "You can also ring {name}: <b>{tel}</b> ({hours}).")
CRISIS_DIRECTORY = phrase("crisis_directory", "Here is a list of people who listen: {url}")
TEAM_TOLD = phrase("team_told", "I have told our link workers. They work {duty}, so please do not wait for them.")
SAFE_GO_ON = phrase("safe_go_on", "I am safe, go on")
SAFE_HEARD = phrase("safe_heard", "I am glad that you are safe.")

# A survey
SURVEY_ABOUT = phrase(
    "survey_about",
    "This is an anonymous survey. I ask for no name. Nobody writes to you afterwards. I keep the needs you name, your town or "
    "district, language and age group. They are counted with those of others. Then I forget who answered.",
)
SURVEY_WORKERS_TOLD = phrase(
    "survey_workers_told", "If you tell me of danger, I tell our link workers at once. They can then write to you here."
)
SURVEY_NOBODY_TOLD = phrase(
    "survey_nobody_told", "No link worker reads this survey. If you tell me of danger, I show you whom to ring."
)
SURVEY_NOBODY_READS = phrase("survey_nobody_reads", "No link worker reads this survey, so please ring if you need help.")
SURVEY_NO_SUCH_PLACE = phrase(
    "survey_no_such_place",
    "I do not know that place. Please write your town or district once more. I will take it as you write it.",
)
SURVEY_PLACE = phrase("survey_place", "In which town or district do you live? I keep nothing finer than that.")
SURVEY_NO_PERSON = phrase(
    "survey_no_person",
    "This is an anonymous survey, so nobody can answer you here. To talk with somebody, please ask {clinic}. "
    "Are you in danger? Tap {more}, then {help}.",
)
SURVEY_THANKS = phrase(
    "survey_thanks",
    "Thank you. Your answers are counted. I have forgotten who gave them, and I will not write to you again. "
    "If you need help yourself, please ask {clinic}.",
)
SURVEY_DECLINED = phrase("survey_declined", "That is fine. I keep nothing, and I will not write to you again.")
SURVEY_STOPPED = phrase(
    "survey_stopped", "I have stopped. Nothing was counted. I have forgotten what you told me, and I will not write to you again."
)
SURVEY_STOPPED_IN_TOUCH = phrase(
    "survey_stopped_in_touch",
    "I have stopped. Nothing was counted, and I will not write to you again. Our link workers keep what you wrote about danger.",
)
SURVEY_ADULTS = phrase(
    "survey_adults",
    "Thank you for telling me. This survey is for people aged {age} and over. I keep nothing. If you need help, talk with "
    "somebody you trust, or ask {clinic}. If you are in danger, ring {number}.",
)
SURVEY_IN_TOUCH = phrase(
    "survey_in_touch",
    "Thank you. That was the survey, and I have forgotten your answers. Our link workers still know that you wrote, because you "
    "may be in danger. They can write to you here. They work {duty}.",
)
SURVEY_FOR_OTHERS = phrase(
    "survey_for_others", "This link opens a survey for people who have no support from us. You have it, so nothing has changed."
)
SURVEY_LINK_TEXT = phrase(
    "survey_link.text",
    "{clinic} asks what people here need. This link opens an anonymous survey in Telegram. It asks for no name and takes about "
    "three minutes. You can stop at any time.",
)

# Leaving
STOPPED = phrase("stopped", "I have stopped. I will not write to you any more. Your answers are kept. Send /start to come back.")
STOPPED_UNSEEN = phrase(
    "stopped_unseen",
    "I have stopped. I will not write to you any more. I called our link workers before, so one of them may still write to you. "
    "Your answers are kept. Send /start to come back.",
)
ERASE_ASK = phrase(
    "erase_ask",
    "Shall I erase everything you told me? It goes for good, here and at the team. What your clinic wrote down "
    "itself, I cannot erase.",
)
ERASE_YES = agreeing("erase_yes", "Yes, erase it all")
ERASE_NO = refusing("erase_no", "No, keep it")
ERASE_KEPT = phrase("erase_kept", "I have kept everything.")
ERASED = phrase(
    "erased",
    "It is done. I have erased all I kept about you. Our team's own chat about you goes too. "
    "Copies in this chat are yours: delete the chat to remove them. "
    "Telegram may keep some for a while. You can start again with a new link.",
)
DECLINED = phrase("declined", "That is fine. I keep nothing. If you change your mind, ask your clinic for a new link.")
DECLINED_IN_TOUCH = phrase(
    "declined_in_touch",
    "That is fine. I keep none of your answers. Our link workers still know that you wrote, and will answer here. "
    "To erase that too, tap the button.",
)
CHECKED_IN = phrase("checked_in", "Thank you for telling me.")

# What a patient reads or hears before the chat begins. No health word and no reason: others may see the screen.
# A text message. With an ordinary clinic's name it fits into 160 letters; the link follows on a line of its own.
LINK_TEXT = phrase(
    "link.text",
    "{clinic} made this link for you. It opens a chat in Telegram about what matters to you. Take your time. "
    "You can stop at any time.",
)
LINK_SAY = phrase(
    "link.say",
    "I would like you to meet our link workers. They look for things near you that may help. This opens a chat on your "
    "phone with a few short questions. Shall we open it together now?",
)
LINK_SCAN = phrase("link.scan", "Point your phone's camera at this QR code. It opens Telegram, a free app. Then tap Start.")
LINK_UNTIL = phrase("link.until", "This link is only for you. It works until {day}.")

# The link workers' group
BRIEF_HEAD = phrase("brief_head", "<b>Handoff {number}</b> · {clinic}")
BRIEF_URGENT = phrase("brief_urgent", "🔴 <b>URGENT</b>")
BRIEF_WHY = phrase("brief_why", "<b>Why:</b> {reason}")
BRIEF_SINCE = phrase("brief_since", "<b>Since:</b> {day}, {time}")
BRIEF_NOW = phrase("brief_now", "<b>Now:</b> {state}")
BRIEF_WITH = phrase("brief_with", "<b>With:</b> {worker}, since {day}, {time}")
NOW_WAITING = phrase("now_waiting", "nobody has claimed it")
NOW_CLAIMED = phrase("now_claimed", "claimed, the bot goes on")
NOW_TALKING = phrase("now_talking", "in a talk, the bot is quiet")
NOW_SNOOZED = phrase("now_snoozed", "at rest, the bot goes on")
NOW_CLOSED = phrase("now_closed", "closed")
BRIEF_LAST_WITH = phrase("brief_last_with", "<b>Last handoff with:</b> {worker}")
BRIEF_ENDED = phrase("brief_ended", "<b>The support ended</b> on {day}: {reason}")
BRIEF_STOPPED = phrase("brief_stopped", "<b>They pressed Stop</b> on {day}")
BRIEF_RISK = phrase("brief_risk", "<b>Risk:</b> {risk}")
BRIEF_LANGUAGE = phrase("brief_language", "<b>Language:</b> {language}")
BRIEF_SURVEY = phrase(
    "brief_survey",
    "They came by a link to the anonymous survey. Nobody has referred them, and no record belongs to them.",
)
BRIEF_REFERRED_FOR = phrase("brief_referred_for", "<b>Clinic's reason:</b> {reason}")
BRIEF_CONSENT = phrase("brief_consent", "<b>Sharing with the team:</b> {share}. <b>Telling the clinic:</b> {clinic}")
BRIEF_NEEDS = phrase("brief_needs", "<b>In their answers</b>")
BRIEF_ANSWER = phrase("brief_answer", "{question}: {answer}")
OWN_WORDS = phrase("own_words", "“{words}”")
BRIEF_WANTS_HELP = phrase("brief_wants_help", "wants help")
BRIEF_SCORE = phrase("brief_score", "{question} {answer}")
BRIEF_MEASURE = phrase("brief_measure", "How they are, 0 to 10: {scores}")
BRIEF_MEASURE_ON = phrase("brief_measure_on", "How they were on {day}, 0 to 10: {scores}")
BRIEF_PLAN = phrase("brief_plan", "<b>Their plan</b>")
BRIEF_STEP = phrase("brief_step", "“{goal}”: “{step}”, {status}")
BRIEF_STEP_ON = phrase("brief_step_on", "“{goal}”: “{step}”, {status} for {day}")
BRIEF_SIGNPOSTED = phrase("brief_signposted", "<b>Signposted:</b> {places}")
BRIEF_SIGNPOST_SAID = phrase("brief_signpost_said", "{name} (they said “{answer}”)")
BRIEF_OLDER = phrase("brief_older", "Others: {n}")
BRIEF_NOTES = phrase("brief_notes", "<b>Notes kept for the closing:</b> {n}. To read them: /note")
BRIEF_NO_ANSWERS = phrase("brief_no_answers", "No answers yet.")
BRIEF_SHOWN = phrase("brief_shown", "<b>Shown for {domain}</b>")
BRIEF_OFFER = phrase("brief_offer", "{number}. {name}: {why}")
BRIEF_WANTED = phrase("brief_wanted", "{number}. {name}: {why}. <b>They want to try it.</b>")
BRIEF_TRIED = phrase("brief_tried", "{number}. {name}: {why}. <b>They have tried it.</b>")
BRIEF_FRESH = phrase("brief_fresh", "🟢 checked in {month}")
BRIEF_AGEING = phrase("brief_ageing", "🟠 last checked in {month}")
BRIEF_STALE = phrase("brief_stale", "🔴 last checked in {month}")
BRIEF_NOT_CHECKED = phrase("brief_not_checked", "⚪ not known when it was last checked")
BRIEF_REPORTED = phrase("brief_reported", "{number}. {name}: {why}. <b>They say: {what}.</b>")
BRIEF_ASK_LANGUAGE = phrase("brief_ask_language", "please ask whether they speak {language}")
BRIEF_NONE_SHOWN = phrase("brief_none_shown", "<b>Shown for {domain}:</b> nothing fitted")
BRIEF_NOT_SHOWN = phrase("brief_not_shown", "<b>Nothing shown yet for:</b> {domains}. Please look at this with them.")
BRIEF_HOW = phrase(
    "brief_how",
    "Reply to a message of mine here, or write /r and your words: the person reads it. "
    "Anything else stays in this topic. What I note myself is in italics; other messages are the person's own.",
)
SHARE_YES = phrase("share_yes", "yes")
SHARE_NO = phrase("share_no", "no, answers are not shown")
SHARE_NOT_ASKED = phrase("share_not_asked", "not asked yet")
RISK_TOLD = phrase("risk_told", "possible danger was told")
RISK_TOLD_ON = phrase("risk_told_on", "possible danger was told, last on {day}")
RISK_SEEN = phrase("risk_seen", "possible danger was told, last on {day}, and seen by the team on {seen}")
RISK_NONE_TOLD = phrase("risk_none_told", "asked, none told")
RISK_NOT_ASKED = phrase("risk_not_asked", "not asked")
WHY_REVIEW = phrase("why_review", "finished the questions")
WHY_ASKED_FOR = phrase("why_asked_for", "asked for a person")
WHY_RED_FLAG = phrase("why_red_flag", "wrote words that may mean danger")
WHY_HELP_NOW = phrase("why_help_now", "asked for help now")
WHY_UNSAFE_ANSWER = phrase("why_unsafe_answer", "gave an answer that may mean danger")
WHY_TOO_YOUNG = phrase("why_too_young", "said that they are younger than this scheme serves")
WHY_CANNOT_CONSENT = phrase("why_cannot_consent", "need help to decide whether to go on")
WHY_LOW_CONFIDENCE = phrase("why_low_confidence", "are not sure they can take the next step")
WHY_MISSES = phrase("why_misses", "could not make the bot understand them")
WHY_SILENCE = phrase("why_silence", "have not answered for a while")
WHY_CHECK_IN = phrase("why_check_in", "asked for help at a check-in")
WHY_MEDIA = phrase("why_media", "sent a voice note, a picture or a file")
WHY_UNWRITTEN = phrase("why_unwritten", "must not be written to first, and a check-in was due")
WHY_WROTE = phrase("why_wrote", "wrote when no question was open")
WHY_WROTE_AGAIN = phrase("why_wrote_again", "wrote again after all contact was stopped")
CLAIM = phrase("claim", "Claim")
CLOSE = phrase("close", "Close")
END_SUPPORT = phrase("end_support", "End support")
END_WHY = phrase("end_why", "<b>Why does the support end?</b> The person gets a goodbye.")
END_WHY_QUIETLY = phrase(
    "end_why_quietly", "<b>Why does the support end?</b> They must not be written to first, so I say nothing to them."
)
END_NOTED = phrase("end_noted", "<i>{worker} has ended the support. Reason: {reason}.</i>")
CONTACT_STOPPED = phrase("contact_stopped", "<i>{worker} has stopped all contact: {reason}. I write nothing more to them.</i>")
CONTACT_DIED = phrase("contact.died", "they have died")
CONTACT_ADMITTED = phrase("contact.admitted", "they were admitted")
CONTACT_OTHER = phrase("contact.other", "another reason")
CHOSE_TO_TRY = phrase("chose_to_try", "<i>They want to try: {services}.</i>")
CHOSE_NONE = phrase("chose_none", "<i>They picked no service.</i>")
CHECK_IN_TOLD = phrase("check_in_told", "<i>Check-in, day {days}, {step}:</i>")
ALARM_IN_TOPIC = phrase("alarm_in_topic", "🔴 <b>Possible danger:</b> they {reason}. Please act now.")
SAID_SAFE_IN_TOPIC = phrase("said_safe_in_topic", "<i>They tapped “I am safe”.</i>")
ALARM_IN_TEAM = phrase("alarm_in_team", "🔴 <b>Possible danger</b> in handoff {number}. Open its topic and tap: I have seen it.")
ALARM_UNSEEN = phrase("alarm_unseen", "🔴 <b>Nobody has seen this alarm yet.</b> Please act now.")
ALARM_SEEN = phrase("alarm_seen", "<i>{worker} has seen the alarm.</i>")
WORDS_SEEN = phrase("words_seen", "<i>{worker} has seen this.</i>")
IT_IS_DONE = phrase("it_is_done", "<i>{worker} says that it is done.</i>")
UNANSWERED = phrase(
    "unanswered",
    "⏰ <b>{worker}, they still wait for an answer from you.</b> Please answer them, or tap below when it is done.",
)
PROMISE_DUE = phrase(
    "promise_due",
    "⏰ <b>{worker}, they were promised that you write by now.</b> Please write to them, or tap below when it is done.",
)
SEEN = phrase("seen", "I have seen it")
ANSWERED = phrase("answered", "It is done")
LEAD_NEEDED = phrase("lead_needed", "⏰ <b>For the lead:</b> handoff {number} needs somebody. The team has not answered.")
SNOOZED = phrase("snoozed", "<i>{worker} lets this rest until {day}, {time}. The bot goes on meanwhile.</i>")
AWAKE = phrase("awake", "⏰ <i>The rest is over. {worker}, this is yours again.</i>")
IS_IT_OVER = phrase("is_it_over", "<i>No word for {hours} hours. Do you keep talking, or shall the bot go on?</i>")
KEEP_TALKING = phrase("keep_talking", "Keep talking")
HAND_BACK = phrase("hand_back", "Hand back to the bot")
HANDED_BACK = phrase("handed_back", "<i>The bot goes on now. Reply here whenever you want to talk again.</i>")
GIVEN_BACK = phrase("given_back", "⏰ <b>{worker} has left the group.</b> This waits for somebody else. Please claim it.")
PHRASE_SENT = phrase("phrase_sent", "<i>Sent in {language}:</i> {words}")
PHRASE_ANSWERED = phrase("phrase_answered", "<i>They answered “{question}”:</i> {answer}")
PHRASE_AS_READ = phrase("phrase_as_read", "<i>As they read it:</i> {raw}")
REFERRAL_NOTE = phrase("referral_note", "<b>Referral {number}</b> · {name}: {state}")
REFERRAL_ASKED = phrase("referral_asked", "<i>I have asked the person whether the place may hear of them.</i>")
REFERRAL_AGREED = phrase(
    "referral_agreed",
    "<i>Referral {number}: they agree. Ask them which name and number to give: /say contact. Pass it on, then tap so above.</i>",
)
REFERRAL_AGREED_AGAIN = phrase(
    "referral_agreed_again",
    "<i>Referral {number}: they agree, with the name and number they gave last time. Pass it on, then tap so above.</i>",
)
REFERRAL_NOT_YET = phrase("referral_not_yet", "Not yet: they have not answered.")
REFERRAL_WRITE_NEXT = phrase("referral_write_next", "<i>Referral {number}: please write to them what comes next.</i>")
REFERRAL_WRITE_NO = phrase("referral_write_no", "<i>Referral {number}: they do not know yet. Please write to them.</i>")
REFERRAL_REFUSED = phrase("referral_refused", "<i>Referral {number}: they do not want it.</i>")
REFERRAL_DRAFT = phrase("referral_draft", "draft")
REFERRAL_WAITS = phrase("referral_waits", "waits for their yes")
REFERRAL_CONSENTED = phrase("referral_consented", "they agree, not passed on yet")
REFERRAL_REQUESTED = phrase("referral_requested", "requested")
REFERRAL_ACCEPTED = phrase("referral_accepted", "accepted")
REFERRAL_IN_PROGRESS = phrase("referral_in_progress", "in progress")
REFERRAL_ON_HOLD = phrase("referral_on_hold", "on hold")
REFERRAL_COMPLETED = phrase("referral_completed", "completed")
REFERRAL_REJECTED = phrase("referral_rejected", "rejected")
REFERRAL_FAILED = phrase("referral_failed", "failed")
REFERRAL_CANCELLED = phrase("referral_cancelled", "cancelled")
REFERRAL_IN_ERROR = phrase("referral_in_error", "entered in error")
REFER_REQUEST = phrase("refer_request", "I have passed it on")
REFER_ACCEPTED = phrase("refer_accepted", "They said yes")
REFER_REJECTED = phrase("refer_rejected", "They said no")
REFER_STARTED = phrase("refer_started", "It has begun")
REFER_PAUSED = phrase("refer_paused", "On hold")
REFER_COMPLETED = phrase("refer_completed", "Completed")
REFER_FAILED = phrase("refer_failed", "It did not work out")
REFER_CANCEL = phrase("refer_cancel", "Cancel")
REFER_MISTAKEN = phrase("refer_mistaken", "Entered by mistake")
REFER_WENT = phrase("refer_went", "They went")
REFER_DID_NOT_GO = phrase("refer_did_not_go", "They did not go")
REFER_MET = phrase("refer_met", "Need met")
REFER_PARTLY_MET = phrase("refer_partly_met", "Met in part")
REFER_NOT_MET = phrase("refer_not_met", "Not met")
REFERRAL_LEFT_OPEN = phrase(
    "referral_left_open",
    "⏰ <b>Referral {number}</b> · {name}: {state} since {day}. Is there any news? Please tap what fits.",
)
REFERRAL_LAST_REMINDER = phrase("referral_last_reminder", "<i>I do not remind you of it again.</i>")
ATTENDED = phrase("attended", "went")
NOT_ATTENDED = phrase("not_attended", "did not go")
NEED_MET = phrase("need_met", "need met")
NEED_PARTLY_MET = phrase("need_partly_met", "need met in part")
NEED_NOT_MET = phrase("need_not_met", "need not met")
SIGNPOST_NOTED = phrase("signpost_noted", "<i>Signposted: {name}. The person has name and contact.</i>")
GIVEN_UNCHECKED = phrase(
    "given_unchecked",
    "⚠️ People say that something is wrong with {name}, and nobody has checked it yet. "
    "Please check it before this person relies on it.",
)
NOTE_KEPT = phrase("note_kept", "<i>Kept for the closing. The person does not read it.</i>")
NOTES_HEAD = phrase("notes_head", "<i>Kept for the closing:</i>")
NOTE_LINE = phrase("note_line", "{worker}, {day}: {words}")
LAST_WORDS_HEAD = phrase("last_words_head", "<i>What they said at the end:</i>")
CLINIC_ASKED_NOTED = phrase("clinic_asked_noted", "<i>{clinic} is asked. The person knows.</i>")
CLINIC_ASKED_FOR_SAFETY_NOTED = phrase(
    "clinic_asked_for_safety_noted", "<i>{clinic} is asked, to keep them safe. They had not agreed to it, and know of it.</i>"
)
CLINIC_HAS_READ = phrase("clinic_has_read", "<i>On {day} {clinic} has read what was asked of them on {asked}.</i>")
CLINIC_REQUEST_SHOWN = phrase("clinic_request_shown", "<i>The person reads it first. It goes to {clinic} when they say yes.</i>")
CLINIC_REQUEST_REFUSED = phrase("clinic_request_refused", "<i>They do not want {clinic} to be asked. Nothing was sent.</i>")
CLINIC_NOT_AGREED = phrase(
    "clinic_not_agreed",
    "<i>Nothing was sent. They have not agreed that {clinic} is told. They can allow it: {more}, then “{my_data}”. "
    "When somebody may be in danger, /clinic urgent goes at once.</i>",
)
CLINIC_ROUTINE = phrase("clinic_routine", "Routine: please look into this.")
CLINIC_SOON = phrase("clinic_soon", "Soon: please look into this within days.")
CLINIC_TODAY = phrase("clinic_urgent", "Urgent: please act today.")
CLINIC_ASKED_BY = phrase("clinic_asked_by", "Asked for by {worker}, link worker.")
NEEDS_HELP = phrase("needs_help", "They want help with: {domains}.")
COMES_BACK_IN_TOPIC = phrase(
    "comes_back_in_topic", "<i>No answers were kept. If they want to go on after all, they send /start here.</i>"
)
CAME_BACK_IN_TOPIC = phrase(
    "came_back_in_topic", "<i>They have sent /start, and answer the first questions again. Please see that it is right.</i>"
)
ASKED_IN_TOPIC = phrase("asked_in_topic", "⏰ <b>They want somebody:</b> they {reason}. Please answer here.")
ANSWER_CHANGED_IN_TOPIC = phrase("answer_changed_in_topic", "<i>They changed an answer.</i> {question}: {answer}")
BRIEF_NEW_IN_TOPIC = phrase(
    "brief_new_in_topic",
    "<i>They finished the questions, and read that you will write to them. The pinned brief shows their answers.</i>",
)
URGENT_IN_TEAM = phrase("urgent_in_team", "🔴 <b>Urgent:</b> handoff {number} waits. Open its topic and claim it.")
ALERT_AGAIN = phrase("alert_again", "⏰ Handoff {number} is still unclaimed.")
PERSON_STOPPED = phrase("person_stopped", "<i>They pressed Stop. Please do not write to them here.</i>")
STOPPED_IN_DANGER = phrase(
    "stopped_in_danger", "<i>They pressed Stop. Nobody has seen the alarm yet, so this stays open. The bot writes no more.</i>"
)
PERSON_DECLINED = phrase("person_declined", "<i>They do not want their answers kept. They still wait for you here.</i>")
HANDOFF_CLAIMED = phrase("handoff_claimed", "<i>{worker} has claimed this.</i>")
READS_ANOTHER = phrase(
    "reads_another",
    "<i>They read {language}. What you write reaches them as you wrote it. /say has phrases in {language}.</i>",
)
READS_YOURS = phrase("reads_yours", "<i>They read {language} now, as you do.</i>")
ASKED_OF_THEM = phrase("asked_of_them", "<i>Asked: {question}</i>")
HANDOFF_CLOSED = phrase("handoff_closed", "<i>{worker} has closed this.</i>")
PERSON_ERASED = phrase("person_erased", "Handoff {number}: the person asked to be forgotten. I remove its topic.")
DELETE_BY_HAND = phrase(
    "delete_by_hand",
    "⚠️ Handoff {number} is to be forgotten, and I could not remove its topic. Please delete it by hand.",
)
PERSON_UNREACHABLE = phrase("person_unreachable", "<i>My message did not reach the person. They may have blocked me.</i>")
PERSON_PERHAPS_UNREACHED = phrase(
    "person_perhaps_unreached", "<i>My last message may not have reached the person. Please check with them.</i>"
)
UNREADABLE_IN_TOPIC = phrase(
    "unreadable_in_topic", "<i>They sent something that I could not read. I have told them so. Please ask them about it.</i>"
)
UNREADABLE_IN_TEAM = phrase("unreadable_in_team", "Something that was written here could not be read. Please write it again.")
UNREADABLE_FOR_LEAD = phrase(
    "unreadable_for_lead",
    "⚠️ I could not read something that was sent to me. Please tell whoever runs me: update {number} in the log.",
)
NOT_COPIED = phrase("not_copied", "<i>They sent something that I could not bring here. Please ask them about it.</i>")
PERHAPS_NOT_COPIED = phrase(
    "perhaps_not_copied", "<i>They sent something that may not have arrived here. Please ask them about it.</i>"
)
NOT_BROUGHT = phrase("not_brought", "Sorry, I could not pass on something you sent. Please write it here in words.")
NOT_IN_TEAM = phrase("not_in_team", "⚠️ This may not have arrived in the team's group. Please tell them:")
NOT_IN_TOPIC = phrase("not_in_topic", "⚠️ Something may not have arrived in the topic of handoff {number}. Please look there.")
CHANGED_LATER = phrase("changed_later", "<i>The person changed this to:</i>")

# The desk: answers to link workers and operators
ENROLLED = phrase("enrolled", "Welcome, {worker}. You are enrolled. If you are not in the team's group yet, ask to be added.")
ENROL_LINK_USED = phrase("enrol_link_used", "This enrolment link was used or has run out. Ask the operator for a new one.")
BOUND = phrase(
    "bound",
    "This group now belongs to {scheme}. Everybody in it can read what stands here. Please look who is in it. "
    "This is a test alert. An enrolled worker must tap the button, then the first patient can be invited.",
)
ACKNOWLEDGE = phrase("acknowledge", "I see alerts here")
ACKNOWLEDGED = phrase("acknowledged", "{worker} sees alerts here. Patients can be invited now.")
BIND_WRONG = phrase("bind_wrong", "That code is not valid. Make a new one with: rxbot team bind")
BIND_NEEDS_TOPICS = phrase(
    "bind_needs_topics", "I need two things first: topics switched on in this group, and the right to manage them."
)
DESK_REFUSED = phrase("desk_refused", "Only enrolled link workers can do this.")
REPLY_EMPTY = phrase("reply_empty", "<i>Please write your words behind /r, in the same message.</i>")
REPLY_REFUSED = phrase("reply_refused", "<i>That was not passed on. Only enrolled link workers can write to the person.</i>")
BIND_REPORT = phrase("bind_report", "Somebody tried to take another group over for our team, with a code that is not valid.")
DESK_REPORT = phrase("desk_report", "An account that is not enrolled tried to act here: {name}. Nothing was done.")
TRIES_REST = phrase("tries_rest", "There were too many wrong tries today. Please try again tomorrow.")
STRANGER_HERE = phrase(
    "stranger_here",
    "⚠️ {name} is in this group and is not enrolled. They can read all that stands here. "
    "If they do not belong here, please remove them now.",
)
STRANGER_FOR_LEAD = phrase(
    "stranger_for_lead",
    "⚠️ {name} is in the group {group} and is not enrolled. They can read all that stands there. "
    "Please see that they are removed, or enrolled.",
)
BOT_REMOVED = phrase(
    "bot_removed",
    "⚠️ I was taken out of the group {group}. The team there hears nothing from me now. Please add me again, as an administrator.",
)
BOT_POWERLESS = phrase(
    "bot_powerless",
    "⚠️ I may no longer manage topics in the group {group}. Alarms may not arrive there. Please make me an administrator again.",
)
ALREADY_CLAIMED = phrase("already_claimed", "{worker} has it already.")
ALREADY_CLOSED = phrase("already_closed", "This handoff is closed.")
NOBODY_READS = phrase("nobody_reads", "{worker}, what you wrote reached nobody. Please write it in the topic of the handoff.")
WRITTEN_BY_NOBODY = phrase(
    "written_by_nobody",
    "I cannot see who wrote this, so it reached nobody. Please write as yourself, not as the group.",
)
NOT_PASSED_ON = phrase("not_passed_on", "<i>This handoff is closed, so your words were not passed on.</i>")
EDIT_NOT_PASSED_ON = phrase("edit_not_passed_on", "<i>Your change was not passed on.</i>")
HELP_HEAD = phrase("help_head", "<b>What you can do in this topic</b>")
HELP_R = phrase("help_r", "/r words, or a reply to a message of mine: the person reads it")
HELP_SNOOZE = phrase("help_snooze", "/snooze 3d or /snooze 4h: let this rest")
HELP_BOT = phrase("help_bot", "/bot: hand back to the bot")
HELP_SAY = phrase("help_say", "/say: phrases that the person reads in their own language")
HELP_REFER = phrase(
    "help_refer", "/refer 2 or /refer name: ask a service for a place; a name in quotes is not looked up; /refer alone lists them"
)
HELP_SIGNPOST = phrase("help_signpost", "/signpost 2 or /signpost name and contact: they get in touch themselves")
HELP_OUTCOME = phrase("help_outcome", "/outcome 1 attended, not_attended, need_met, part or not_met: what came of referral 1")
HELP_CAPACITY = phrase(
    "help_capacity", "/capacity 2 (or a name) open, waiting 6, full or assessment: whether there is room, 6 being weeks"
)
CAPACITY_NOTED = phrase("capacity_noted", "<i>Noted for {name}. People see it on its card.</i>")
CAPACITY_WHICH = phrase("capacity_which", "More than one place fits. Write its whole name, or add who runs it:")
CAPACITY_NONE = phrase("capacity_none", "I know no service of that name within {km}.")
HELP_CLINIC = phrase(
    "help_clinic", "/clinic routine, soon or urgent, and words: ask the clinic. Only urgent goes without their yes"
)
HELP_STEP = phrase(
    "help_step", "/step 1 words: suggest a step for goal 1, in place of the one there; it is in the plan when they agree"
)
HELP_NOTE = phrase("help_note", "/note words: kept for the closing, for the team only; /note alone shows them")
REFER_HEAD = phrase("refer_head", "<b>Shown to the person</b>")
REFER_HOW = phrase("refer_how", "Write /refer and a number, or /refer and the name of another place.")
REFER_LINE = phrase("refer_line", "{number}. {name}")
NAMED_WHICH = phrase("named_which", "<b>Which one do you mean?</b>")
NAMED_LINE = phrase("named_line", "{number}. {name} · {organization}")
NAMED_NONE = phrase(
    "named_none",
    "I know no place of that name within {km}. To use the name as you wrote it, put it in quotes: “{words}”",
)
REFER_NONE = phrase("refer_none", "No service was shown yet. Write /refer and the name of the place.")
NO_SUCH_NUMBER = phrase("no_such_number", "There is nothing of this number.")
TOO_LONG_HERE = phrase("too_long_here", "That is too long: {most} letters at most. Nothing was done.")
REFER_ROOM = phrase("refer_room", "⚠️ {name}: {room}")
REFER_TWICE = phrase("refer_twice", "There is an open referral to it already.")
REFER_BELOW = phrase(
    "refer_below",
    "Not referred to {name}: nobody has made sure of this yet: {standards}. You can give its details: /signpost",
)
REFER_CLOSED = phrase("refer_closed", "Not referred: {name} has closed, its provider says.")
REFER_NOT_WANTED = phrase("refer_not_wanted", "{name} does not take referrals. You can give its details: /signpost")
STANDARD = {
    "contact": phrase("standard.contact", "contact with them"),
    "legal_status": phrase("standard.legal_status", "their legal status"),
    "safeguarding": phrase("standard.safeguarding", "safeguarding"),
    "insurance": phrase("standard.insurance", "insurance"),
    "privacy": phrase("standard.privacy", "how they keep data private"),
    "access": phrase("standard.access", "access for everybody"),
    "cost": phrase("standard.cost", "what it costs"),
    "languages": phrase("standard.languages", "the languages they speak"),
    "eligibility": phrase("standard.eligibility", "who may come"),
}
HELP_STOP_CONTACT = phrase("help_stop_contact", "/stop_contact died, admitted or other: nothing more is written to them")
PHRASES_HEAD = phrase("phrases_head", "<b>Write /say and a code</b>")
PHRASE_LINE = phrase("phrase_line", "<code>{code}</code> {text}")
PHRASE_LINE_ANSWERS = phrase("phrase_line_answers", "<code>{code}</code> {text} ({answers})")
NOBODY_TALKS = phrase(
    "nobody_talks", "Nobody is talking now, so the bot already has the conversation. To talk, write /r and your words."
)
NOBODY_HAS_IT = phrase("nobody_has_it", "Nobody has this now. Please claim it first.")
SUPPORT_OVER = phrase("support_over", "The support has ended already. You can close this handoff.")
REFERRAL_DOES_NOT_FIT = phrase("referral_does_not_fit", "That does not fit. Referral {number}: {state}. You can tap: {moves}.")
REFERRAL_IS_OVER = phrase("referral_is_over", "That does not fit. Referral {number}: {state}.")
NOT_TO_BE_ASKED = phrase("not_to_be_asked", "They must not be written to now, so I do not ask them.")
PLACE_GONE = phrase("place_gone", "This place is not in the directory any more. You can write its name in quotes.")
OLD_BUTTON_HERE = phrase("old_button_here", "This button is out of date. /help lists what you can do.")
SNOOZE_HOW = phrase("snooze_how", "Write how long: /snooze 3d for three days, /snooze 4h for four hours.")
SUSPENDED = phrase(
    "suspended",
    "⚠️ <b>{n} people say that something is wrong with {service}.</b> I show it to nobody until somebody has checked it.",
)
SUSPENDED_NUMBERS = phrase("suspended_numbers", "Number in the directory: {numbers}")
SUSPENDED_SAID = phrase("suspended_said", "What they say: {said}")
SUSPENDED_TIMES = phrase("suspended_times", "{what} ({n})")
SUSPENDED_HOW = phrase(
    "suspended_how",
    "Please ring or look it up. If it is right, tap the button. If it is not, tell whoever publishes the directory.",
)
SUSPENDED_ANSWERS = {
    "right": phrase(
        "suspended_right",
        "<b>The provider says that {service} is still right.</b> People met something else, so I still show it to nobody.",
    ),
    "changed": phrase(
        "suspended_changed",
        "<b>The provider says that something has changed at {service}.</b> I still show it to nobody. Whoever looks after the "
        "directory can read what it is.",
    ),
    "closed": phrase("suspended_closed", "<b>The provider says that {service} is closed.</b> I show it to nobody."),
}
CHECKED_IT = phrase("checked_it", "I have checked: it is right")
RESTORED = phrase("restored", "{worker} has checked {service}. I show it again.")
CHECKED_BY = phrase("checked_by", "{worker} has checked {service}.")
OPEN_AGAIN = phrase("open_again", "{worker} says that {service} is open. I show it again.")
OPEN_AGAIN_BY = phrase("open_again_by", "{worker} says that {service} is open.")
HIDDEN = {
    "publisher": phrase("hidden_publisher", "I still show it to nobody: the directory does not offer it any more."),
    "provider": phrase(
        "hidden_provider",
        "I still show it to nobody: its provider says that it is closed. When you know that it is open, tap the button. The "
        "provider can say so too, on its page.",
    ),
    "reports": phrase("hidden_reports", "I still show it to nobody: people say that something is wrong with it."),
}
KNOWN_OPEN = phrase("known_open", "I know: it is open")
SHOWN_ALREADY = phrase("shown_already", "It is shown already.")
NOTED_STILL_HIDDEN = phrase("noted_still_hidden", "That is noted. It is still shown to nobody: see my last message about it.")
DESK_DONE = phrase("desk_done", "Done.")

# The menu of commands, and how the bot describes itself
COMMAND_START = phrase("command_start", "Go on where we stopped")
COMMAND_HELP = phrase("command_help", "I need help now")
COMMAND_PERSON = phrase("command_person", "Talk to a person")
COMMAND_BACK = phrase("command_back", "One question back")
COMMAND_LANGUAGE = phrase("command_language", "Change language")
COMMAND_STOP = phrase("command_stop", "Stop all messages")
COMMAND_FORGET = phrase("command_forget", "Erase what I told you")
ABOUT = phrase(
    "about",
    "I ask what matters to you, show services near you, and bring a link worker. I am not an emergency service.",
)

# Why a service was offered, and what to ask before going: one for each code of directory/reasons.py
WHY = {
    Why.HELPS_WITH: phrase("why.helps_with", "it fits what they chose: “{choice}”"),
    Why.TERM_FITS: phrase("why.term_fits", "it is listed under “{value}”"),
    Why.WORDS_FIT: phrase("why.words_fit", "it says “{value}”"),
    Why.NEAR: phrase("why.near", "it is near"),
    Why.BY_PHONE: phrase("why.by_phone", "it is by phone, no need to travel"),
    Why.ONLINE: phrase("why.online", "it is online, no need to travel"),
    Why.COVERS_AREA: phrase("why.covers_area", "it serves “{value}”"),
    Why.SPEAKS: phrase("why.speaks", "they speak {language}"),
    Why.AGE_FITS: phrase("why.age_fits", "the age is right for it"),
    Why.FREE: phrase("why.free", "it is free"),
    Why.DONATION: phrase("why.donation", "people give what they like"),
    Why.SLIDING: phrase("why.sliding", "the price follows income"),
    Why.WALK_IN: phrase("why.walk_in", "people can just walk in"),
    Why.SELF_REFERRAL: phrase("why.self_referral", "people can ask for it themselves"),
    Why.FOR_CHILDREN: phrase("why.for_children", "it is for families with children"),
    Why.FOR_PREGNANT: phrase("why.for_pregnant", "it is for people who expect a baby"),
    Why.FOR_PAPERS: phrase("why.for_papers", "it is for people with papers to live here"),
    Why.FOR_LOW_INCOME: phrase("why.for_low_income", "it is for people with a low income"),
    Why.FOR_INSURED: phrase("why.for_insured", "it takes health insurance"),
    Why.FOR_UNINSURED: phrase("why.for_uninsured", "it is for people without health insurance"),
    Why.FOR_VETERANS: phrase("why.for_veterans", "it is for people who served in the armed forces"),
    Why.FOR_WOMEN: phrase("why.for_women", "it is for women"),
    Why.FOR_MEN: phrase("why.for_men", "it is for men"),
    Why.STEP_FREE: phrase("why.step_free", "there is a way in without steps"),
    Why.CHECKED_RECENTLY: phrase("why.checked_recently", "it was checked lately"),
}
# What a service may ask to see: one for each code of directory/rules/documents.py
DOCUMENTS = {
    Document.PHOTO_ID: phrase("document.photo_id", "an identity card with a photo"),
    Document.PROOF_OF_ADDRESS: phrase("document.proof_of_address", "a paper that shows where you live"),
    Document.PROOF_OF_INCOME: phrase("document.proof_of_income", "a paper that shows your income"),
    Document.PROOF_OF_AGE: phrase("document.proof_of_age", "a paper that shows your age"),
    Document.SOCIAL_SECURITY: phrase("document.social_security", "your social security or insurance number"),
    Document.BIRTH_CERTIFICATE: phrase("document.birth_certificate", "a birth certificate"),
    Document.IMMIGRATION_PAPERS: phrase("document.immigration_papers", "papers that say how you may stay in the country"),
    Document.INSURANCE_CARD: phrase("document.insurance_card", "your health insurance card"),
    Document.REFERRAL_LETTER: phrase("document.referral_letter", "a letter from somebody who sends you"),
    Document.MEDICAL_PAPERS: phrase("document.medical_papers", "papers from a doctor"),
    Document.SCHOOL_PAPERS: phrase("document.school_papers", "papers from a school"),
    Document.MILITARY_PAPERS: phrase("document.military_papers", "papers from the armed forces"),
    Document.BILL_OR_NOTICE: phrase("document.bill_or_notice", "the bill or the notice it is about"),
    Document.CONSENT: phrase("document.consent", "the signed consent of a parent (for a child)"),
}
ASK = {
    Ask.WHOM: phrase("ask.whom", "whether it is for you"),
    Ask.AGE: phrase("ask.age", "whether your age is right for it"),
    Ask.CHILDREN: phrase("ask.children", "whether it is only for families with children"),
    Ask.PREGNANT: phrase("ask.pregnant", "whether it is only for people who expect a baby"),
    Ask.PAPERS: phrase("ask.papers", "which papers they ask for"),
    Ask.INCOME: phrase("ask.income", "whether it is only for people with a low income"),
    Ask.INSURANCE: phrase("ask.insurance", "whether it depends on health insurance"),
    Ask.VETERAN: phrase("ask.veteran", "whether it is only for people who served in the armed forces"),
    Ask.GENDER: phrase("ask.gender", "whether it is only for women, or only for men"),
    Ask.STEP_FREE: phrase("ask.step_free", "whether there is a way in without steps"),
    Ask.LANGUAGE: phrase("ask.language", "whether they can speak your language"),
    Ask.AREA: phrase("ask.area", "whether they help people from your area"),
    Ask.COST: phrase("ask.cost", "what it costs"),
    Ask.ENTRY: phrase("ask.entry", "how to join"),
    Ask.REFERRAL: phrase("ask.referral", "who can send you to them"),
    Ask.ALERT: phrase("ask.alert", "whether there is room now"),
    Ask.CHECKED: phrase("ask.checked", "whether it is still there"),
}

# The leaflet a clinic prints, in the patient's language, and the code on it. No health word and no reason: others may see it.
LEAFLET_HEAD = phrase("leaflet.head", "A chat about what matters to you")
LEAFLET_ABOUT = phrase(
    "leaflet.about",
    "It asks you a few short questions. Then it shows you groups and services nearby. You can also talk with a link "
    "worker, who is a real person.",
)
LEAFLET_FREE = phrase("leaflet.free", "It costs nothing. You can stop at any time.")
LEAFLET_CAMERA = phrase("leaflet.camera", "With your phone's camera")
LEAFLET_CAMERA_1 = phrase("leaflet.camera_1", "Open the camera and point it at the QR code.")
LEAFLET_CAMERA_2 = phrase("leaflet.camera_2", "Tap the link you see. It opens Telegram, a free app.")
LEAFLET_CAMERA_3 = phrase("leaflet.camera_3", "Tap Start.")
LEAFLET_CODE = phrase("leaflet.code", "Without the camera")
LEAFLET_CODE_1 = phrase("leaflet.code_1", "Open Telegram and search for {bot}.")
LEAFLET_CODE_2 = phrase("leaflet.code_2", "Tap Start.")
LEAFLET_CODE_3 = phrase("leaflet.code_3", "Type this code and send it.")
LEAFLET_ADDRESS = phrase("leaflet.address", "Or open this address on your phone:")
LEAFLET_NO_EMERGENCY = phrase("leaflet.no_emergency", "This is not an emergency service. If you are in danger, ring {number}.")
CODE_UNKNOWN = phrase(
    "code_unknown", "I do not know this code. Please look at each letter again. If it still does not work, ask your clinic."
)
CODE_RESTS = phrase(
    "code_rests", "You have tried many codes today. Please try again tomorrow, or ask your clinic for a new link."
)

# What a clinic reads above and around a message back to it
CLINIC_TITLE = {
    "plan": phrase("clinic.plan_agreed", "A plan was agreed"),
    "closing": phrase("clinic.closing", "The support has ended"),
    "referral_back": phrase("clinic.referral_back", "Referred back to you"),
}
CLINIC_URGENT = phrase("clinic.urgent", "URGENT")
CLINIC_SOON_MARK = phrase("clinic.soon", "Soon")
CLINIC_HELD_BACK = phrase("clinic.held_back", "This part is not shared with you.")
CLINIC_OWN_WORDS = phrase("clinic_own_words", "Their own words are in {language}, as they wrote them.")
CLINIC_LINE_LOST = phrase("clinic.line_lost", "This line comes from an older version and can no longer be shown.")
