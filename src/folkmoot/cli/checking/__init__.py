"""How `folkmoot check` reads, judges and answers. Neither Django nor a data folder is needed for it."""
