"""Papers made into files in the reader's language: a page to read and print, dates for a calendar, data to keep."""
