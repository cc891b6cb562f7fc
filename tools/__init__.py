"""Programs that derive committed data. ``make`` runs them, and a build does not."""
