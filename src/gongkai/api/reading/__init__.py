"""Operations that anybody may ask for: what is public."""
