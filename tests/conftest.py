"""What all tests share: no test writes into the store beside the app, and only tests of drafts keep any."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_store_beside_the_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}")
        environment.setenv("VSM_DRAFTS", "off")
        yield
