"""The demo page over HTTP: one HTML file with its styles and scripts, which may load and reach nothing but this server."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Route

FOLDER = Path(__file__).parent / "page"
# Named here, because what a system thinks of .js differs, and a browser that may not guess then runs nothing.
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FILES = {path.name: path for path in FOLDER.iterdir() if path.suffix in KINDS}
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
HEADERS = {
    "Content-Security-Policy": "; ".join(POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def page_routes() -> list[BaseRoute]:
    """Return the routes of the page itself, to stand beside those of the sandbox."""
    return [Route("/", page), Route("/page/{name}", page)]


async def page(request: Request) -> FileResponse:
    path = FILES.get(request.path_params.get("name", "index.html"))
    if not path:
        raise HTTPException(404)
    return FileResponse(path, media_type=KINDS[path.suffix], headers=HEADERS)
