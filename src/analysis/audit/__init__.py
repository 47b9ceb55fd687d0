"""What a finished file says that it must not: whatever can be read in it is looked through for what is concealed."""
