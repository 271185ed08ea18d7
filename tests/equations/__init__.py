"""Read the LaTeX equations of Markdown pages, execute them, and say which are false."""
