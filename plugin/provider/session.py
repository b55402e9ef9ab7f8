"""What all providers share while the plugin is loaded."""

from __future__ import annotations

from .failures import FailureBoard
from .recent_views import RecentViews
from .view_reader import ViewReader

READER = ViewReader(RecentViews())
FAILURES = FailureBoard()
