"""The dock that shows what the rules say of the variant."""
