"""`python -m kinnect_app`."""

from kinnect_app.cli import main

if __name__ == "__main__":  # the server's worker imports this module again
    main()
