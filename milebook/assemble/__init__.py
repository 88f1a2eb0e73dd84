"""From the Index to the Book: read texts and photos, choose and order stories, number chapters and figures."""
