"""Reports of what banks may not do (违规融资行为投诉): the reporter sealed, the case with its own clock."""
