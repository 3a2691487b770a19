"""The web process: refuses to serve a database whose guards are gone, and ends with its parent."""

import os

from django.core.wsgi import get_wsgi_application

from folkmoot.config.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
end_with_parent()
application = get_wsgi_application()

from folkmoot.config.readiness import require_ready  # noqa: E402 - it reads models: they are there from here on

require_ready()
