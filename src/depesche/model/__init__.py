"""The vocabulary: frozen values that stages take and give. Imports errors only."""
