"""The pages of applications (依申请公开)."""
