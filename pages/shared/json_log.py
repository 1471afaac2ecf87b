"""The server's own log as lines of JSON, where the host asks for it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit.logger as streamlits
from streamlit import App

from vsm.hosting.log_lines import JsonLines, WithoutTokens, wanted


def begin() -> None:
    """Keep tokens out of the access log; and write lines of JSON where `VSM_LOG` asks for them."""
    access = logging.getLogger("uvicorn.access")
    if not any(isinstance(found, WithoutTokens) for found in access.filters):
        access.addFilter(WithoutTokens())
    if wanted():
        logging.captureWarnings(True)
        # Streamlit gives each of its loggers a handler, through this one function, whenever a module asks for it.
        streamlits.setup_formatter = _set_up
        streamlits.get_logger("vsm.requests").setLevel(logging.INFO)
        logging.basicConfig()
        _reformat()


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Write JSON through the handlers, too, that uvicorn made after this app was imported."""
    begin()
    yield


def _set_up(logger: logging.Logger) -> None:
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    for handler in logger.handlers:
        handler.setFormatter(JsonLines())


def _reformat() -> None:
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    for handler in (handler for logger in loggers for handler in logger.handlers):
        handler.setFormatter(JsonLines())
