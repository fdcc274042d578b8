"""What a file calls its properties and parts, in words an officer uses.

Traces keep the names of the file, by which a verdict knows them again; pages show these words.
"""

from __future__ import annotations

import re

Words = tuple[str, str]

PROPERTIES: dict[str, Words] = {
    "creator": ("作者", "Author"),
    "author": ("作者", "Author"),
    "artist": ("作者", "Author"),
    "lastmodifiedby": ("最后修改人", "Last modified by"),
    "last modified by": ("最后修改人", "Last modified by"),
    "username": ("用户名", "User name"),
    "description": ("备注", "Remarks"),
    "comments": ("备注", "Remarks"),
    "comment": ("备注", "Remarks"),
    "abstract": ("摘要", "Abstract"),
    "subject": ("主题", "Subject"),
    "title": ("标题", "Title"),
    "keywords": ("关键词", "Keywords"),
    "keyword": ("关键词", "Keywords"),
    "category": ("类别", "Category"),
    "contentstatus": ("内容状态", "Status"),
    "identifier": ("标识", "Identifier"),
    "version": ("版本", "Version"),
    "revision": ("修订次数", "Times revised"),
    "manager": ("经理", "Manager"),
    "company": ("单位", "Company"),
    "template": ("模板", "Template"),
    "hyperlinkbase": ("超链接基础", "Hyperlink base"),
    "totaltime": ("编辑时间（分钟）", "Minutes of editing"),
    "producer": ("制作软件", "Made with"),
    "rights": ("版权", "Copyright"),
    "copyright": ("版权", "Copyright"),
    "credit": ("署名", "Credit"),
    "cover": ("封面", "Cover"),
}
PARTS: tuple[tuple[str, Words], ...] = (
    (r"docProps/thumbnail\.\w+", ("缩略图", "thumbnail")),
    (r"docProps/\w+\.xml", ("文档属性", "document properties")),
    (r"(?:word|xl|ppt)/(?:threadedC|c)omments\w*(?:/\w+)?\.xml", ("批注", "comments")),
    (r"(?:word|xl|ppt)/(?:persons?/)?people\w*\.xml", ("审阅者名单", "list of reviewers")),
    (r"word/document\.xml", ("正文", "text")),
    (r"word/header(\d*)\.xml", ("页眉", "header")),
    (r"word/footer(\d*)\.xml", ("页脚", "footer")),
    (r"word/footnotes\.xml", ("脚注", "footnotes")),
    (r"word/endnotes\.xml", ("尾注", "endnotes")),
    (r"word/settings\.xml", ("文档设置", "settings of the document")),
    (r"xl/workbook\.xml", ("工作簿", "workbook")),
    (r"xl/worksheets/sheet(\d+)\.xml", ("工作表", "sheet")),
    (r"ppt/slides/slide(\d+)\.xml", ("幻灯片", "slide")),
    (r"ppt/notesSlides/\w+\.xml", ("演讲者备注", "speaker notes")),
    (r"(?:word|xl|ppt)/media/[^\s/]+?(\d*)\.\w+", ("图片", "picture")),
    (r"customXml/\S+", ("自定义数据", "custom data")),
    (r"(?:word|xl|ppt)/embeddings/\S+", ("嵌入的文件", "embedded file")),
)
_NAMED = re.compile(
    r"(?P<many>\+\d+: )?(?:XMP )?(?P<name>[A-Za-z][A-Za-z ]*): (?P<value>.*)", re.DOTALL
)


def spoken(excerpt: str, language: str = "zh") -> str:
    """The excerpt of a trace, the name of its property or part in "zh" or "en"."""
    found = _NAMED.fullmatch(excerpt)
    words = PROPERTIES.get(found["name"].lower()) if found else None
    if found is None or words is None:
        return spoken_place(excerpt, language)
    name, colon = (words[0], "：") if language.startswith("zh") else (words[1], ": ")
    return f"{found['many'] or ''}{name}{colon}{found['value']}"


def spoken_place(place: str, language: str = "zh") -> str:
    """A place within a file, the parts of the package in "zh" or "en"."""
    chinese = language.startswith("zh")
    for pattern, words in PARTS:
        name = words[0 if chinese else 1]

        def written(found: re.Match[str], name: str = name) -> str:
            number = next(filter(None, found.groups()), "")
            return f"{name} {number}" if number else name

        place = re.sub(pattern, written, place)
    return re.sub(r"^(图片|picture) (?=\1)", "", place)
