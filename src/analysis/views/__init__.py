"""What each reader may see: one frozen, typed view for each variant, and the words on the page."""
