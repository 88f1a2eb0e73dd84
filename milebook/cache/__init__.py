"""What is kept between runs to save time: one store on disk and the digest of the installation that its keys contain."""
