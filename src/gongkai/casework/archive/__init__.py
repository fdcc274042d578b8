"""The file of a case as one package: kept, handed to a court, held against itself."""
