"""The version of the kernel side; a test holds it to package.json."""

VERSION = "0.1.0"
