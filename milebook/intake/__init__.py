"""Stories from mail, blogs, documents and forms: read what arrived, plan, and write stories with their index entries."""
