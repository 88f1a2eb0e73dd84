"""The door of a checkout: `python cli.py build` works without installing anything but the libraries."""

from milebook.commands import main

if __name__ == "__main__":
    main()
