"""Office files under a password: opened with the one that the user gave, where msoffcrypto-tool is installed."""

from __future__ import annotations

import struct
from pathlib import Path

from auditor.document import Gap
from auditor.readers.gaps import gap


def locked(name: str) -> Gap:
    """Report an office file that is locked, when no password was given."""
    return gap(
        name,
        "文件设有打开密码，未读取。请用 --password 给出密码，或在原软件中取消密码、另存后再提交。",
        "The file is protected by a password and was not read. Please give it with --password, or remove it in the "
        "file's own program, save the file and resubmit it.",
    )


def is_locked(path: Path) -> bool:
    """Tell whether the XLSX, DOCX or XLS file at `path` is under a password; False for anything else."""
    from auditor.readers.office.biff import LockedError, workbook_marks
    from auditor.readers.office.ole import OleError, OleFile

    try:
        with path.open("rb") as file:
            if "EncryptedPackage" in OleFile(file).names():
                return True
        workbook_marks(path)
    except LockedError:
        return True
    except (OleError, struct.error, IndexError):
        return False
    return False


def unlock(path: Path, target: Path, password: str, name: str) -> Gap | None:
    """Write the locked file at `path`, opened with `password`, to `target`; return why that failed, None if it did not."""
    try:
        import msoffcrypto  # type: ignore[import-not-found,import-untyped,unused-ignore]
        from msoffcrypto.exceptions import InvalidKeyError  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return _no_library(name)
    try:
        with path.open("rb") as file, target.open("wb") as out:
            locked_file = msoffcrypto.OfficeFile(file)
            locked_file.load_key(password=password)
            locked_file.decrypt(out)
    except InvalidKeyError:
        return wrong_password(name)
    except OSError:
        raise
    except Exception as error:  # the library lets errors of its parsers through
        return _not_unlocked(name, error)
    return None


def wrong_password(name: str) -> Gap:
    """Report an office file that the given password does not open."""
    return gap(
        name,
        "给出的打开密码不正确，文件未读取。请核对 --password 后再试。",
        "The given password does not open the file, which was not read. Please check --password.",
    )


def _no_library(name: str) -> Gap:
    return gap(
        name,
        "文件设有打开密码；打开它需要另装 msoffcrypto-tool（pip install 'indicator-auditor[password]'），文件未读取。"
        "也可在原软件中取消密码、另存后再提交。",
        "The file is protected by a password; opening it needs msoffcrypto-tool "
        "(pip install 'indicator-auditor[password]'), so it was not read. Or remove the password and resubmit it.",
    )


def _not_unlocked(name: str, error: Exception) -> Gap:
    return gap(
        name,
        f"文件的加密方式不受支持或文件已损坏，未读取（{error}）。请在原软件中取消密码、另存后再提交。",
        f"The file is encrypted in a way that is not supported, or damaged, and was not read ({error}). "
        "Please remove the password in its own program, save it and resubmit it.",
    )
