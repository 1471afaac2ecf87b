"""What all tests share: none writes into the store beside the app, only tests of drafts keep any, none is timed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _no_store_beside_the_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}")
        environment.setenv("VSM_DRAFTS", "off")
        yield
