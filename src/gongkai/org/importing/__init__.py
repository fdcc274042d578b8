"""A workbook of agencies, units and people → what it would change, row by row.

`read` gives the sheets of a file, `entries` what their rows say, `plan` holds that against what
is there. Nothing here writes; `gongkai.administration.importing` carries a plan out.
"""
