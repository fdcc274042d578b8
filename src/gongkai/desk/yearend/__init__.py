"""The end of the year at the desk: figures from the books, their text, and their way up."""
