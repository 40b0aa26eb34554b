"""QR codes as SVG: black on white in light and dark, on screen and on paper."""

from __future__ import annotations

import io
from base64 import b64encode

import qrcode
from qrcode.image.svg import SvgPathFillImage


def qr_svg(text: str) -> str:
    """The picture itself."""
    picture = qrcode.make(text, image_factory=SvgPathFillImage, box_size=12, border=3)
    buffer = io.BytesIO()
    picture.save(buffer)
    return buffer.getvalue().decode()


def qr_picture(text: str) -> str:
    """The picture as a `data:` address."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(text).encode()).decode()
