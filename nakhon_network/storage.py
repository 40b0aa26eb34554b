"""Where static files are served from."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed names, also for the modules that a script imports."""

    support_js_module_import_aggregation = True
