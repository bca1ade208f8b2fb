"""Those who are close to somebody, one or several, as records call them: "families and friends of veterans"."""

CLOSE_ONES = (
    r"(?:famil(?:y|ies)|family members?|spouses?|partners?|husbands?|wife|wives|significant others?|loved ones?|relatives?"
    r"|friends?)"
)
CLOSE_ONES_NEEDED = "famil|spouse|partner|husband|wife|wives|significant|loved|relative|friend"
