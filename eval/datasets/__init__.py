"""Public question sets, made a folder of documents and a gold file. They are read from a path and never shipped."""
