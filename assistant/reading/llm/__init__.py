"""The reader with a language model: retrieved passages to prompt to model to an answer that the program checks."""
