"""Django's settings; whatever differs between machines comes from `environment`."""

from pathlib import Path

from luodi.accounts.policy import policy
from luodi.config import environment

HERE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret_key()
DEBUG = environment.debug()
ALLOWED_HOSTS = environment.allowed_hosts()
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "luodi.journal",
    "luodi.accounts",
    "luodi.finding",
    "luodi.notices",
    "luodi.workcalendar",
    "luodi.zones",
    "luodi.projects",
    "luodi.land",
    "luodi.ledgers",
    "luodi.leads",
    "luodi.plans",
    "luodi.debts",
    "luodi.cases",
    "luodi.factors",
    "luodi.dealings",
    "luodi.entry",
    "luodi.taskforces",
    "luodi.supervision",
    "luodi.papers",
    "luodi.indicators",
    "luodi.exchange.sheets",
    "luodi.desk",
    "luodi.api",
]
AUTH_USER_MODEL = "accounts.Person"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luodi.config.policy.ContentSecurityPolicy",
    "luodi.config.json_door.JsonDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luodi.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luodi.config.who.WhoActs",
    "luodi.config.refusals.SpokenRefusals",
]
ROOT_URLCONF = "luodi.config.urls"
WSGI_APPLICATION = "luodi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "desk" / "templates", HERE / "portal" / "templates"],
        "OPTIONS": {"environment": "luodi.config.templates.environment", "autoescape": True},
    },
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CACHES = {
    # In the database: what limits attempts must count for all processes, on every machine that serves.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "luodi.accounts.adapters.People"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Wrong passwords of one person are counted by accounts/locking.py, on the record; these limits are per machine.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies()
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "luodi"
SOCIALACCOUNT_ADAPTER = "luodi.accounts.adapters.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = environment.single_sign_on()
SINGLE_SIGN_ON = environment.single_sign_on_name()  # "" where there is none
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead to another host (config/policy.py), a link may
SOCIALACCOUNT_STORE_TOKENS = False
SEALING_KEY = environment.sealing_key()
DEMO = environment.demo()
SEAL_KEYS = environment.seal_keys()
STORE = environment.store_folder()
TEMPLATES_FOLDER = environment.templates_folder()
EXCHANGE_URL = environment.exchange_url()
API_RATE = environment.api_rate()
WEBHOOK_HOSTS = environment.webhook_hosts()
SESSION_ENGINE = "luodi.accounts.sessions"
SESSION_COOKIE_NAME = "luodi_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = environment.https()
SESSION_COOKIE_AGE = int(policy().session.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LUODI_ORIGIN = environment.origin()
LUODI_ROBOT_HOSTS = environment.robot_hosts()
DEFAULT_FROM_EMAIL = environment.mail_from()
globals().update(environment.mail())

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "luodi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = environment.https()
LANGUAGE_COOKIE_SECURE = environment.https()
CSRF_FAILURE_VIEW = "luodi.desk.errors.forbidden"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
