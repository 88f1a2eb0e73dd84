"""What differs between Linux, macOS and Windows: files, locks, limits and names. Every other package asks here."""
