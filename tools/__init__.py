"""Programs that derive committed data; run by ``make``, not by a build."""
