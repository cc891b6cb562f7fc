"""Rows and answers as text: tables, JSON, CSV, Markdown, workbooks."""
