"""A letter as the county's finance bureau sends it, and what stands where on its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from gongkai.casework.letter.paper.sheet import (
    Heading,
    Listing,
    Paragraph,
    Picture,
    Sheet,
    Verification,
)

Letter = Callable[..., Sheet]

REMEDY = (
    "如对本答复不服，可以自收到本答复之日起60日内向青禾县人民政府申请行政复议，"
    "也可以自收到本答复之日起6个月内向清江县人民法院提起行政诉讼。"
)


def png(across: int = 300, down: int = 300) -> bytes:
    picture = Image.new("RGBA", (across, down), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((4, 4, across - 5, down - 5), outline="#e00000", width=10)
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="session")
def seal() -> Picture:
    return Picture(png(), 42)


@pytest.fixture(scope="session")
def letter(seal: Picture) -> Letter:
    whole = Sheet(
        letterhead="青禾县财政局",
        issuer="青禾县财政局",
        number="青财公复〔2026〕12号",
        title="青禾县财政局关于政府信息公开申请的答复书",
        addressee="张三",
        blocks=(
            Paragraph("您于2026年3月2日提交的申请收悉，登记号为2026-0031。"),
            Heading("一、处理决定"),
            Paragraph("您申请公开的信息可以公开，现提供："),
            Listing(("预算执行情况表（12页）", "预算执行情况说明（3页）")),
            Heading("（一）提供方式", 2),
            Paragraph("随本答复发送至您填写的邮箱。"),
            Heading("二、救济途径"),
            Paragraph(REMEDY),
            Paragraph(REMEDY),
        ),
        attachments=("预算执行情况表", "预算执行情况说明。"),
        day=date(2026, 3, 27),
        seal=seal,
        contact="联系人：王芳",
        copies=("青禾县司法局",),
        verification=Verification("https://www.qinghe.example/verify/K7QM3RTX", "K7QM-3RTX"),
    )

    def made(**changes: Any) -> Sheet:
        return replace(whole, **changes)

    return made


@pytest.fixture(scope="session")
def bare(letter: Letter) -> Letter:
    """A letter of nothing but what every letter has."""

    def made(**changes: Any) -> Sheet:
        none: dict[str, Any] = {
            "attachments": (),
            "copies": (),
            "contact": "",
            "verification": None,
        }
        return letter(**none | changes)

    return made
