"""Made-up returns: a whole country's quarters that look like real ones, with known truths planted in them."""
