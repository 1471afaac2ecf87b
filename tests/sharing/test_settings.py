"""What the environment says of publishing, and what it may not say."""

from __future__ import annotations

import pytest

from vsm.sharing.settings import SharingSettings


def test_settings_are_read_and_wrong_ones_said() -> None:
    given = {
        "VSM_STORE_URL": "sqlite:////x/y.sqlite",
        "VSM_PUBLISHING": "off",
        "VSM_NEVER_EXPIRE": "ON",
        "VSM_BASE_URL": "https://vsm.example/app/",
    }
    settings = SharingSettings.from_environment(given)
    assert settings == SharingSettings(
        store="sqlite:////x/y.sqlite", publishing=False, base_url="https://vsm.example/app", never_expires=True
    )
    assert SharingSettings.from_environment({}).publishing
    assert not SharingSettings.from_environment({}).never_expires
    with pytest.raises(Exception, match="VSM_PUBLISHING is “yes”, but must be on or off"):
        SharingSettings.from_environment({"VSM_PUBLISHING": "yes"})
