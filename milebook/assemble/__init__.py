"""Make the Book from the Index: read texts and photos, choose and order stories, number chapters and figures."""
