"""What people write about the returns, loaded and checked: accepted answers, corrections, dates, targets."""
