"""The statistics room: drafts, their checks, what is published and withdrawn; and the pages of the public for staff."""
