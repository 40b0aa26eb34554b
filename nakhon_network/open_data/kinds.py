"""Every kind of open data, in the order the page lists them."""

from __future__ import annotations

from nakhon_network.open_data.areas import AREAS
from nakhon_network.open_data.kind import Kind
from nakhon_network.open_data.meetings import MEETINGS, RESOLUTIONS
from nakhon_network.open_data.organizations import ORGANIZATIONS
from nakhon_network.open_data.posts import POSTS
from nakhon_network.open_data.rounds import ROUNDS

KINDS: dict[str, Kind] = {one.name: one for one in (AREAS, ORGANIZATIONS, POSTS, MEETINGS, RESOLUTIONS, ROUNDS)}
