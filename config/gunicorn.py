"""What gunicorn is told besides its command line: `gunicorn -c python:config.gunicorn`."""

from config.settings import LOGGING

logconfig_dict = LOGGING
