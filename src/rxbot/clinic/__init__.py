"""The clinic's door: links for patients, as QR code, leaflet and text message, and the pages where staff make them."""
