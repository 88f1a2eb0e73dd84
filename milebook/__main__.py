"""`python -m milebook`: the same door as the `milebook` command."""

from milebook.commands import main

if __name__ == "__main__":
    main()
