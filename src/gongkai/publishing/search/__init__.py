"""Finding what is public: an index pulled from publications, never the authority."""
