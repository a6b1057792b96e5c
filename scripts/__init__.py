"""What is run around the program: builders of what ships, benchmarks."""
