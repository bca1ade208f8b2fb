"""Who may do what: every act of the staff, by the name the audit keeps, and the roles that may. What has no row, nobody may.

The operator has no row: whoever has the command line and the keys may do all that is there.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

TeamRole: TypeAlias = Literal["link_worker", "lead"]
ClinicRole: TypeAlias = Literal["clinician", "reception"]
ProviderRole: TypeAlias = Literal["provider"]
Role: TypeAlias = TeamRole | ClinicRole | ProviderRole

CLINIC_ROLES: tuple[ClinicRole, ...] = ("clinician", "reception")

# A lead may do what a link worker may, and no more: none of it can wait until a lead has come, least of all that somebody has
# died. What leads have besides is that they are told: of what nobody answers, and of who is in a group and should not be.
TEAM: frozenset[Role] = frozenset({"link_worker", "lead"})
IN_THE_GROUP = (
    *("acknowledge_alert", "claim", "see", "reply", "edit", "say", "note", "snooze", "hand_back", "keep", "settle", "close"),
    *("refer", "pick", "move_referral", "outcome", "signpost", "propose_step", "clinic", "end_support", "stop_contact"),
    *("tell_capacity", "checked", "open_again", "help", "unknown", "forged"),
)

# Whoever is at the desk gives links out. What patients said, and what came of it, is for those who treat them; so is what
# a place lacks: it tells of nobody, but is counted from what patients said at every clinic.
CLINIC: frozenset[Role] = frozenset(CLINIC_ROLES)
CLINICIAN: frozenset[Role] = frozenset({"clinician"})
AT_THE_CLINIC = ("see_links", "make_link", "see_link", "print_leaflet", "sign_out")
FOR_CLINICIANS = ("see_what_came_of_it", "read_message", "acknowledge", "see_gaps")

# Whoever was sent the address of a provider's page answers for the services it names, and for no others.
PROVIDER: frozenset[Role] = frozenset({"provider"})
AT_THE_PROVIDER = ("see_services", "answer_for_services", "thank_provider", "stop_letters", "find_stop")

MAY: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        **dict.fromkeys(IN_THE_GROUP, TEAM),
        **dict.fromkeys(AT_THE_CLINIC, CLINIC),
        **dict.fromkeys(FOR_CLINICIANS, CLINICIAN),
        **dict.fromkeys(AT_THE_PROVIDER, PROVIDER),
    }
)


def may(role: str, act: str) -> bool:
    """Say whether somebody in this role may do this."""
    return role in MAY.get(act, frozenset())
