"""What waits for the person who has logged in, over all tasks: the first page of the desk."""
