"""Referrals to services: asked for with the person's consent, followed to their end, and told apart from signposts."""
