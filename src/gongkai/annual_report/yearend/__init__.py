"""The end of the year: who owes a report to whom, by when, and what comes out of all of them."""
