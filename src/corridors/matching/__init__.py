"""Lines of stops, and a network of tracks or roads, to lines on the tracks."""
