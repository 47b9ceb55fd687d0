"""What may be shown of a small count, and of a group whose members are concealed."""
