"""Operations for systems that hold a token: drafts, which go the way of every draft."""
