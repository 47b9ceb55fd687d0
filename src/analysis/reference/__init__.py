"""What is known before any return arrives: authorities, neighbours, populations, published figures, the registry."""
