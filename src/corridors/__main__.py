"""``python -m corridors`` runs the command line, also where the script ``corridors`` is not on the path."""

from corridors.cli.main import main

if __name__ == "__main__":
    main(prog_name="corridors")
