"""An authority leaves, or has its data erased."""
