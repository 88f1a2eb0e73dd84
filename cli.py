"""milebook from a checkout: `python cli.py build` works without installing anything but the libraries."""

from milebook.__main__ import main

if __name__ == "__main__":
    main()
