"""How `folkmoot backtest` judges posts once more, in several processes, without keeping what comes of it."""
