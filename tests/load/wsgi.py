"""The site as gunicorn serves it under load, with its static files, which the browsers ask for.

It gives way to the browsers and to those who act: in earnest they have machines of their own.
"""

import os

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

NICE = 3

os.setpriority(os.PRIO_PROCESS, 0, NICE)
application = StaticFilesHandler(get_wsgi_application())
