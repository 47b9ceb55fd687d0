"""The commands `tartanrug returns ...`: one file for each."""
