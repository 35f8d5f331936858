"""The booklet of an event: chosen examples as one accessible book, from data alone, the same bytes each time."""
