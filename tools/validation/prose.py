"""Numbers, tables and lists as text."""

METHODS = {"model": "the model", "without peers": "the model without peers",
           "covariates": "covariates alone", "peers": "peers alone", "rates": "rates",
           "no change": "no change"}


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines) + "\n"


def number(value, digits=3):
    """Fixed digits; empty for what is not there. No minus before zero."""
    if value is None:
        return ""
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if not any(c in "123456789" for c in text) else text


def signed(value, digits=1):
    """With its sign, also where the digits shown are zeros."""
    return "0" if value == 0 else f"{value:+.{digits}f}"


def percent(value, digits=1):
    return "" if value is None else f"{number(100 * value, digits)} %"


def count(value):
    return "" if value is None else f"{value:,}"


def bound(value):
    """An end of an interval of skill [%]; beyond -999 only that."""
    if value is None:
        return "?"
    return "below -999" if value < -9.99 else signed(100 * value, 0)


def skill(one):
    """`+12.3 % (+4 to +20)`; empty where it is not defined."""
    if not one or one.get("value") is None:
        return ""
    value = "below -999 %" if one["value"] < -9.99 else f"{signed(100 * one['value'])} %"
    if one.get("low") is None and one.get("high") is None:
        return value
    return f"{value} ({bound(one.get('low'))} to {bound(one.get('high'))})"


def listed(words):
    """`a, b and c`"""
    words = [str(word) for word in words]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plural(n, one, many=None):
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def method(name):
    return METHODS.get(name, name)


def in_cell(text):
    """Text that may hold what would end a cell."""
    return " ".join(str(text).replace("|", "\\|").split())


def paragraph(text, width=100):
    """Sentences as lines of at most `width`."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line]) + "\n\n"
