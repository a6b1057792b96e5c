"""Ask a folder of documents, and get answers whose every quote is checked against its file."""
