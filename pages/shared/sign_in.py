"""Who is there: the page that asks people to sign in where the host wants it, and what the person who did may do."""

from __future__ import annotations

import streamlit as st

from pages.shared.text import escape
from vsm.hosting.access import Access, LinksOpenTo, User


def user() -> User | None:
    """Return what the provider said of the person of this session; `None` where nobody has signed in."""
    return st.user.to_dict() if Access.from_environment().sign_in and st.user.is_logged_in else None


def holder() -> str:
    """Return a text that stands for the person who has signed in, and for nobody else; empty where nobody has."""
    said = user() or {}
    return f"{said.get('iss')} {said.get('sub')}" if said else ""


def may_upload() -> bool:
    """Tell whether the person of this session may bring data of their own."""
    return Access.from_environment().may_upload(user())


def may_publish() -> bool:
    """Tell whether the person of this session may publish, where the host publishes at all."""
    return Access.from_environment().may_publish(user())


def links_open_to_all() -> bool:
    """Tell whether whoever has the link of a publication may open it, signed in or not."""
    return Access.from_environment().links is LinksOpenTo.ALL


def needed() -> bool:
    """Tell whether this session may not see the app, or not yet."""
    return not Access.from_environment().may_enter(user())


def show() -> None:
    """Show the page that stands in place of all others: one button, or why there is nothing more to see."""
    st.title("Value stream", anchor=False)
    if user() is None:
        st.markdown("This app finds where work waits. Its host asks you to sign in first.")
        st.button("Sign in", type="primary", on_click=st.login)
    else:
        st.markdown(f"You are signed in as {_name()}, and the host of this app lets others in. Ask them to add you.")
        st.button("Sign out", on_click=st.logout)


def show_who() -> None:
    """Say below the menu who is signed in, with the way out."""
    if user() is not None:
        with st.sidebar:
            st.caption(f"Signed in as {_name()}")
            st.button("Sign out", on_click=st.logout)


def say_no_upload() -> None:
    """Say in place of the ways to bring data that this person may not."""
    st.markdown("The host of this app lets others bring data. You can look around with a sample.")


def _name() -> str:
    said = user() or {}
    return escape(str(said.get("email") or said.get("name") or "somebody whom the provider does not name"))
