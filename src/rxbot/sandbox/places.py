"""Sending what is neither words nor a file: a place, a place with a name, somebody's number."""

from rxbot.sandbox import refusals as no
from rxbot.sandbox.refusals import Declined, Refusal, require
from rxbot.sandbox.sending import Where, send
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json


def send_location(
    telegram: Telegram,
    *,
    chat_id: int,
    latitude: float | None = None,
    longitude: float | None = None,
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    return telegram.wired(send(telegram, where, content={"location": location_of(latitude, longitude)}))


def send_venue(
    telegram: Telegram,
    *,
    chat_id: int,
    latitude: float | None = None,
    longitude: float | None = None,
    title: str = "",
    address: str = "",
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    """Send a place with its name; a bot is told of the place twice, on its own and in the venue."""
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    location = location_of(latitude, longitude, no.VENUE_LOCATION_WRONG)
    venue = {"location": location, "title": title, "address": address}
    return telegram.wired(send(telegram, where, content={"location": location, "venue": venue}))


def send_contact(
    telegram: Telegram,
    *,
    chat_id: int,
    phone_number: str = "",
    first_name: str = "",
    last_name: str = "",
    message_thread_id: int = 0,
    reply_parameters: Json | None = None,
    reply_markup: Json | None = None,
    protect_content: bool = False,
) -> Json:
    require(phone_number, no.PHONE_EMPTY)
    require(first_name, no.FIRST_NAME_EMPTY)
    where = Where(chat_id, message_thread_id, reply_parameters, reply_markup, protect_content)
    contact = {"phone_number": phone_number, "first_name": first_name} | ({"last_name": last_name} if last_name else {})
    return telegram.wired(send(telegram, where, content={"contact": contact}))


def location_of(latitude: float | None, longitude: float | None, otherwise: Refusal = no.LOCATION_WRONG) -> Json:
    """Name a place on this earth; what is no number at all is no place either."""
    if latitude is None or longitude is None:
        raise Declined(no.LATITUDE_EMPTY if latitude is None else no.LONGITUDE_EMPTY)
    require(abs(latitude) <= 90 and abs(longitude) <= 180, otherwise)
    return {"latitude": latitude, "longitude": longitude}
