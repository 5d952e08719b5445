"""Settings of Django REST Framework, of the OpenAPI document, and for pages of other origins."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["comments.reception.problems.SafeJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "comments.reception.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Comments",
    "DESCRIPTION": "Read an article's published comments, submit comments and follow their status; "
    "with a site key, register articles and moderate. docs/frontend.md explains it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVERS": [{"url": "/", "description": "The service itself"}],
    # By the first part of the path, such as `articles`.
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["comments.reception.schema.first_site_only"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "StatusEnum": "comments.models.Status",
        "OutcomeEnum": "comments.integrators.serializers.OUTCOMES",
        "RecordedOutcomeEnum": "comments.integrators.serializers.RECORDED",
        "ReportOutcomeEnum": "moderation.models.ReportOutcome",
    },
    "COMPONENT_SPLIT_REQUEST": True,
    # It would only repeat the names ("* `clean` - clean"); docs/frontend.md explains them.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
CORS_URLS_REGEX = r"^/api/"
# Headers that pages of other origins may read and send.
CORS_EXPOSE_HEADERS = ["ETag", "Idempotency-Replayed", "Retry-After", "X-Request-ID"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "idempotency-key", "if-none-match", "x-request-id"]
CORS_ALLOW_METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
