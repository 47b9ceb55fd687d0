"""What is unusual for an authority beside its own pattern and the region's, with a stated rate of false prompts."""
