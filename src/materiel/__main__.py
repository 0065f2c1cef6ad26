"""Run materiel as `python -m materiel`."""

from materiel.cli.main import main

if __name__ == "__main__":
    main()
