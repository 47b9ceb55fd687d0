"""What may leave the kit: sets of bytes that were looked through, and the one gate that lets them out."""
