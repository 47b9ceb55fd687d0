"""What is unusual in a series or a group: measured against chance, and never a judgement."""
