"""Share: publish the analysis under a link, and rule over what was published."""

import streamlit as st

from pages.shared import owner_view, publish_form
from pages.shared.guard import analysis_or_stop

PUBLISH, RULE = "Publish", "What you published"

st.title("Share")
publish, rule = st.tabs([PUBLISH, RULE], default=RULE if owner_view.take_link() else PUBLISH)
with rule:
    owner_view.show()
with publish:
    publish_form.show(analysis_or_stop(publish_form.would_be_here()))
    publish_form.show_view_link()
