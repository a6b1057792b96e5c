"""One module per kind of file: bytes to text, with what the file says about itself."""
