"""Reads the generated cases in a directory with python-dotenv and configparser, and prints what they mean.

Output: one line per fact, tab-separated, texts as the hexadecimal digits of their UTF-8.
"""

import configparser
import logging
import os
import sys
from pathlib import Path

from dotenv import dotenv_values, load_dotenv
from dotenv.main import DotEnv


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.count = 0

    def emit(self, record):
        self.count += 1


def out(*fields):
    print("\t".join(fields))


def hexed(text):
    return text.encode("utf-8").hex() if text is not None else "none"


def read_environment(directory):
    lines = (directory / "environment").read_text("utf-8").split("\n")
    return dict(line.split("=", 1) for line in lines if line)


def env_case(path, environment):
    name = path.stem
    os.environ.clear()
    os.environ.update(environment)
    warnings = Lines()
    logger = logging.getLogger("dotenv.main")
    logger.propagate = False
    logger.handlers = [warnings]
    values = DotEnv(path, override=False, encoding="utf-8").dict()
    out(name, "invalid", str(warnings.count))
    for key, value in values.items():
        out(name, "environment-first", hexed(key), hexed(value))
    for key, value in dotenv_values(path, interpolate=True).items():
        out(name, "file-first", hexed(key), hexed(value))
    if any("=" in key for key in values):
        return
    load_dotenv(path, override=False)
    for key in ["A", "B", "C", "K1", "PASSWORD", "NOWHERE"]:
        out(name, "loaded", hexed(key), hexed(os.environ.get(key)))


def ini_case(path):
    name = path.stem
    config = configparser.ConfigParser()
    try:
        config.read(path, "utf-8")
    except configparser.Error:
        out(name, "refused")
        return
    for section in {"redis", "postgres", "Redis", "DEFAULT", *config.sections()}:
        options = {"uri", "URI", "user", "password", "nowhere"}
        if section in config:
            options.update(config[section])
        for option in options:
            try:
                value = hexed(config.get(section, option, fallback=None))
            except configparser.InterpolationError:
                value = "refused"
            out(name, "option", hexed(section), hexed(option), value)


def main():
    directory = Path(sys.argv[1])
    environment = read_environment(directory)
    for path in sorted(directory.glob("*.env")):
        env_case(path, environment)
    for path in sorted(directory.glob("*.ini")):
        ini_case(path)


main()
