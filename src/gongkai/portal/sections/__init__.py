"""The five fixed sections of the platform (国办公开办函〔2019〕61号), of an agency and of all."""
