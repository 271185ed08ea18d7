"""From LaTeX to trees: tokens, symbols, expressions, statements."""
