"""Files that are no files, that lead elsewhere, that cannot be read, or whose names are against the reader."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from kinds import Kind, one_file, planted
from sound_pages import DUMP, TITLE, html

THEME = "Files and names"
LONGEST_PATH = 4096  # bytes; source: PATH_MAX of Linux
SECRET = "Zorgblatt keeps the key of the treasury under the third stone."


def _sound(folder: Path, name: str = "sound.txt") -> None:
    (folder / name).write_text(DUMP)


def _beside(name: str, about: str, plant: Callable[[Path], object], *ends: str, **options: object) -> Kind:
    """Plant something beside a sound dump, which it must not cost."""

    def both(folder: Path) -> None:
        _sound(folder)
        plant(folder)

    return planted(f"file-{name}", about, both, "article", *ends, **options)


def _outside(folder: Path) -> Path:
    """Write a secret beside the folder that is read."""
    secret = folder.parent / "secret.txt"
    secret.write_text(f"{TITLE}\n\n" + f"{SECRET}\n" * 20)
    return secret


def _named(name: str, about: str, file: str | bytes) -> Kind:
    def plant(folder: Path) -> None:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(file)))).write_text(DUMP)

    return planted(f"name-{name}", about, plant, "article")


def _loop(folder: Path, length: int) -> None:
    for number in range(length):
        (folder / f"loop{number}.txt").symlink_to(f"loop{(number + 1) % length}.txt")


def _chain(folder: Path, length: int) -> None:
    """Lay links that lead to one another and at last to the sound file."""
    (folder / "link0.txt").symlink_to("sound.txt")
    for number in range(1, length):
        (folder / f"link{number}.txt").symlink_to(f"link{number - 1}.txt")


def _deep(folder: Path) -> None:
    place = folder.joinpath(*["d"] * 100)
    place.mkdir(parents=True)
    _sound(place)


def _past_the_longest_path(folder: Path) -> None:
    """Make folders, and in one of them a file, so deep that their paths are longer than the system takes at once."""
    before, length = os.open(folder, os.O_RDONLY), len(str(folder))
    for _ in range(25):
        if length + 251 >= LONGEST_PATH > length + 50:
            os.close(os.open("a" * 250, os.O_CREAT | os.O_WRONLY, dir_fd=before))
        os.mkdir("d" * 200, dir_fd=before)
        length += 201
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=before)
        os.close(before)
        before = inner
    os.close(before)


def _sparse(folder: Path, name: str, size: int) -> None:
    with (folder / name).open("wb") as stream:
        stream.truncate(size)


def _socket(folder: Path) -> None:
    """Make a socket; its path would be too long for the system, so it is named from inside the folder."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("socket.txt")
    finally:
        os.fchdir(before)
        os.close(before)


def _closed(folder: Path, name: str, is_folder: bool) -> None:
    path = folder / name
    if is_folder:
        path.mkdir()
        _sound(path, "inner.txt")
    else:
        path.write_text(DUMP)
    path.chmod(0)


def _twice(first: str, second: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        _sound(folder, first)
        (folder / second).write_text(DUMP.replace("Thursday", "Friday"))

    return plant


KINDS = [
    _beside("link-out", "a symbolic link to a file outside", lambda f: (f / "a.txt").symlink_to(_outside(f)),
              "link-outside", never=(SECRET,)),
    _beside("link-out-by-steps", "a symbolic link that leads out by `..`",
            lambda f: (_outside(f), (f / "a.txt").symlink_to("../secret.txt")), "link-outside", never=(SECRET,)),
    _beside("link-to-a-system-file", "a symbolic link to a file of the machine",
              lambda f: (f / "a.txt").symlink_to("/etc/passwd"), "link-outside", never=("root:",)),
    _beside("link-to-memory", "a symbolic link to a file without end", lambda f: (f / "a.txt").symlink_to("/dev/zero"),
              "link-outside"),
    _beside("link-to-itself", "a symbolic link to itself", lambda f: _loop(f, 1), "not-a-file"),
    _beside("link-loop", "two symbolic links that lead to one another", lambda f: _loop(f, 2), "not-a-file",
              "not-a-file"),
    _beside("link-chain", "50 symbolic links in a row, more than the system follows",
            lambda f: _chain(f, 50), *["duplicate-page"] * 40, *["not-a-file"] * 10),
    _beside("link-to-nothing", "a symbolic link to a file that there is not",
              lambda f: (f / "a.txt").symlink_to("nothing.txt"), "not-a-file"),
    _beside("link-to-the-folder", "a symbolic link to the folder itself", lambda f: (f / "again").symlink_to(f),
              "not-a-file"),
    _beside("link-to-the-parent", "a symbolic link to the folder above", lambda f: (f / "above").symlink_to(".."),
              "link-outside"),
    _beside("link-to-the-root", "a symbolic link to the root of the machine", lambda f: (f / "root").symlink_to("/"),
              "link-outside"),
    _beside("link-inside", "a symbolic link to another page of the folder",
              lambda f: (f / "a.txt").symlink_to("sound.txt"), "duplicate-page"),
    _beside("hard-link", "a hard link to another page of the folder", lambda f: os.link(f / "sound.txt", f / "a.txt"),
              "duplicate-page"),
    _beside("pipe", "a pipe that nobody writes to", lambda f: os.mkfifo(f / "pipe.txt"), "not-a-file"),
    _beside("socket", "a socket", _socket, "not-a-file"),
    _beside("device", "a device without end",
              lambda f: os.mknod(f / "zero.txt", 0o600 | stat.S_IFCHR, os.makedev(1, 5)), "not-a-file",
                  needs_root=True),
    _beside("closed", "a file that nobody may read", lambda f: _closed(f, "a.txt", False), "unreadable-file",
              needs_root=False),
    _beside("closed-folder", "a folder that nobody may read", lambda f: _closed(f, "a", True), "unreadable-folder",
              needs_root=False),
    _beside("sparse", "a page of three thousand million bytes that takes no room on the disk",
              lambda f: _sparse(f, "a.html", 3_000_000_000), "too-large"),
    _beside("sparse-records", "records of three thousand million bytes",
              lambda f: _sparse(f, "a.jsonl", 3_000_000_000), "too-large"),
    _beside("sparse-archive", "a web archive of a million million bytes", lambda f: _sparse(f, "a.warc", 10**12),
              "broken-warc"),
    _beside("folder-named-as-a-page", "a folder that is named page.html", lambda f: (f / "page.html").mkdir()),
    _beside("deep-folder", "a page under 100 folders", _deep, "duplicate-page"),
    _beside("folder-too-deep", "folders and a file whose paths are longer than the system takes",
              _past_the_longest_path, "not-a-file", "unreadable-folder"),
    _beside("many-empty", "1,000 empty files", lambda f: [(f / f"{n}.txt").touch() for n in range(1_000)],
              *["empty-file"] * 1_000),
    _beside("of-a-tool", "what file managers leave in folders",
            lambda f: [(f / name).write_bytes(b"\0\1Bud1" * 50) for name in (".DS_Store", "Thumbs.db", "._page.html")],
                *["binary-file"] * 3),
    _named("of-255-bytes", "a name of 255 bytes, the longest", "a" * 251 + ".txt"),
    _named("with-newline", "a name with a line break and commands to a terminal", "a\nb\x1b[2J\r.txt"),
    _named("not-utf-8", "a name that is no UTF-8", b"a\xff\xfe\x80.txt"),
    _named("with-dots", "a name with `..` in it", "..a..b...txt"),
    _named("with-a-dash", "a name that looks like an option", "--out=x.txt"),
    _named("with-percent", "a name with signs of addresses in it", "%2e%2e%2fa%00?b#c&d.txt"),
    _named("with-quotation-marks", "a name with quotation marks and commands", "'\"; rm -rf $(a) `b` | *.txt"),
    _named("turned-around", "a name that hides its end by turned writing", "a\u202etxt.lmth.txt"),
    _named("of-no-width", "a name of characters that cannot be seen", "\u200b\u2060\ufeff.txt"),
    _named("hidden", "a hidden file", ".hidden.txt"),
    _named("of-a-suffix", "a file whose whole name is a suffix", ".html.txt"),
    _named("without-suffix", "a name without suffix", "page"),
    _named("in-capitals", "a suffix in capitals", "PAGE.TXT"),
    _named("of-spaces", "a name of spaces", "  .txt "),
    _named("as-the-table", "a name that a table has", "articles.parquet.txt"),
    _named("with-backslashes", "a name that is a path elsewhere", "..\\..\\C:a.txt"),
    planted("name-in-two-forms", "two names that differ in their Unicode form only",
              _twice("caf\u00e9.txt", "cafe\u0301.txt"), "article", "article"),
    planted("name-in-two-cases", "two names that differ in capitals only", _twice("page.txt", "Page.txt"), "article",
              "article"),
    planted("name-that-clashes", "two names that are the same once written as an address",
              _twice("a%20b.txt", "a b.txt"), "article", "article"),
    planted("name-with-a-record-number", "a name that looks like the second record of another",
              _twice("a.txt", "a.txt#1"), "article", "article"),
    planted("nothing-at-all", "a folder with nothing in it", lambda folder: None),
    one_file("name-that-lies", "a page of HTML that is named .txt.html.txt", "page.txt.html.txt", html, "no-article"),
]  # fmt: skip
