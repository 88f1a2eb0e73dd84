"""What messages call a photo by its number: a figure if the book prints the number, else a photo."""


def figure_name(number: str) -> str:
    """Of "3.2": "Figure 3.2". Of "3.B", a photo without caption, whose number no book prints: "Photo 3.B"."""
    return f"{'Figure' if number.rpartition('.')[2].isdecimal() else 'Photo'} {number}"
