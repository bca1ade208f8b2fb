"""Tell browsers to keep our pages to themselves: no other site's frames or scripts, no referrer, no copies.

After the list of OWASP's Secure Headers Project.
"""

from secure import (
    CacheControl,
    ContentSecurityPolicy,
    CrossOriginEmbedderPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
    XPermittedCrossDomainPolicies,
)

YEAR = 365 * 24 * 3600  # seconds


def safe_headers(https: bool) -> Secure:
    """Give the headers of every answer. Framing by our own pages is allowed: the demo shows the clinic beside the phone."""
    ours = ContentSecurityPolicy().default_src("'self'").base_uri("'none'").object_src("'none'").form_action("'self'")
    return Secure(
        csp=ours.frame_ancestors("'self'"),
        xfo=XFrameOptions().sameorigin(),
        xcto=XContentTypeOptions().nosniff(),
        referrer=ReferrerPolicy().no_referrer(),
        permissions=PermissionsPolicy().camera().microphone().geolocation().payment().usb().display_capture(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        coep=CrossOriginEmbedderPolicy().require_corp(),
        corp=CrossOriginResourcePolicy().same_origin(),
        xpcdp=XPermittedCrossDomainPolicies().none(),
        cache=CacheControl().no_store(),
        hsts=StrictTransportSecurity().max_age(YEAR) if https else None,  # of our own host; its neighbours are not ours
    )


def open_headers(https: bool) -> Secure:
    """Give the headers of answers that are for everybody, from whichever page they are asked for: data, and nothing to run."""
    return Secure(
        csp=ContentSecurityPolicy().default_src("'none'").frame_ancestors("'none'"),
        xcto=XContentTypeOptions().nosniff(),
        referrer=ReferrerPolicy().no_referrer(),
        corp=CrossOriginResourcePolicy().cross_origin(),
        cache=CacheControl().no_cache(),
        hsts=StrictTransportSecurity().max_age(YEAR) if https else None,
    )
