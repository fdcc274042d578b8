"""A letter on paper in the layout of GB/T 9704-2012: a sheet of values, and its writers."""
