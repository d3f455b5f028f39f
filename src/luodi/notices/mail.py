"""Notices by e-mail, through whatever mail server Django's settings name."""

from smtplib import SMTPException

from django.core.mail import EmailMessage

from luodi.notices.addresses import Address

SUBJECT = 120
DETAIL = 160


def post(address: Address, subject: str, words: str, delivery: int) -> str:
    """Send one letter; "" when the mail server took it, else why not as `code|detail`.

    The message id is that of the delivery: should a worker be killed between sending and noting it, mail programs show
    the second copy as the first.
    """
    title = subject if len(subject) <= SUBJECT else f"{subject[: SUBJECT - 1]}…"
    letter = EmailMessage(title, words, to=[address.target], headers={"Message-ID": f"<delivery-{delivery}@luodi>"})
    try:
        letter.send()
    except SMTPException as error:
        return f"mail|{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()[:DETAIL]
    except TimeoutError:
        return "timeout"
    except OSError:
        return "unreachable"
    return ""
