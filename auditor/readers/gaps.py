"""The gaps that several readers report in the same words: what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Gap, Place, Stage
from auditor.readers.content import Content
from auditor.wording import Wording


def gap(name: str, zh: str, en: str, *, place: Place | None = None, stage: Stage = "read", quote: str = "") -> Gap:
    """Make a Gap about file `name`; without a `place` it stands for the whole file."""
    return Gap(document=name, stage=stage, reason=Wording(zh, en), place=place or Place(name), quote=quote)


def refused(found: Gap) -> Content:
    """Return the content of a file that could not be read at all: nothing but the reason."""
    return Content(found.document, (), (found,))


def damaged(name: str, kind: str, detail: object) -> Gap:
    """Report a file that the parser of its own format could not open; `kind` names the format, such as XLSX."""
    return gap(
        name,
        f"{kind} 文件已损坏或不完整，无法读取（{detail}）。请用原软件打开并重新保存后再提交。",
        f"The {kind} file is damaged or incomplete and could not be read ({detail}). "
        "Please open it in its own program, save it again and resubmit it.",
    )


def protected(name: str) -> Gap:
    """Report a file that is locked with a password."""
    return gap(
        name,
        "文件设有打开密码，未读取。请在原软件中取消密码、另存后再提交。",
        "The file is protected by a password and was not read. "
        "Please remove the password in its own program, save it and resubmit it.",
    )


def too_large(name: str, most_mib: int) -> Gap:
    """Report a file of more than `most_mib` MiB, which was not opened."""
    return gap(
        name,
        f"文件超过 {most_mib} MiB 的上限，未读取。请拆分后再提交，或调高 file_mib 上限。",
        f"The file is larger than the limit of {most_mib} MiB and was not read. "
        "Please split it, or raise the limit `file_mib`.",
        stage="limit",
    )


def too_many_cells(name: str, count: int, most: int, place: Place) -> Gap:
    """Report a table that was left out because the file's cells, `count` with this table, pass the limit."""
    return gap(
        name,
        f"表格单元格合计 {count} 个（含空白），超过上限 {most} 个，此表未读取。"
        "请删除数据区以外的多余行列，或把文件拆小；确有需要可调高 cells 上限。",
        f"The table brings the file to {count} cells (empty ones included), above the limit of {most}, "
        "and was not read. Please delete rows and columns outside the data, or split the file; the limit `cells` can be raised.",
        place=place,
        stage="limit",
    )


def nothing_read(name: str, pictures: int = 0) -> Gap:
    """Report a file without any text; `pictures` counts the pictures in it."""
    if pictures:
        return gap(
            name,
            f"文件里只有 {pictures} 张图片，没有文字，未能审核。请提交可编辑的原始文件。",
            f"The file holds only {pictures} picture(s) and no text, so nothing was checked. "
            "Please submit the original, editable file.",
        )
    return gap(
        name,
        "文件里没有可读的文字或表格，未能审核。请确认提交的是正确的文件。",
        "The file holds no text and no table, so nothing was checked. Please make sure it is the right file.",
    )


def declares_entities(name: str, kind: str) -> Gap:
    """Report XML that declares a document type: office programs never write one, attacks do."""
    return gap(
        name,
        f"{kind} 文件内含 DTD 或实体声明，正常办公软件不会生成，为安全起见未读取。请用办公软件重新保存后再提交。",
        f"The {kind} file declares a DTD or entities, which office programs never write; for safety it was not read. "
        "Please save it again with an office program and resubmit it.",
    )


def several_tables(name: str, stated: Sequence[str], zh: str, en: str, place: Place, quote: str) -> Gap:
    """Report that the tables of a file state several departments or years, so that none holds for the whole file."""
    listed = "、".join(stated)
    return gap(
        name,
        f"一个文件里有不同{zh}（{listed}）的项目表；项目已逐表读取，但凡取决于{zh}的核对都没有做，请每个{zh}存为一个文件",
        f"the tables of this file state different {en} ({listed}); their projects were read, but nothing that depends "
        f"on them was compared; please save one file for each",
        place=place,
        quote=quote,
    )
