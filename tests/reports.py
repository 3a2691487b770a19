"""Delivery reports as mail servers write them, of letters of ours and of others."""

from email.message import EmailMessage

FROM_POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: moderators@harbour.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <20261103110100.4CqX1@mail.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4CqX1.1"

This is a MIME-encapsulated message.

--4CqX1.1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

--4CqX1.1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Tue,  3 Nov 2026 10:01:00 +0000 (UTC)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected

--4CqX1.1
Content-Description: Undelivered Message{headers_word}
Content-Type: {returned}

Return-Path: <moderators@harbour.example>
From: moderators@harbour.example
To: {to}
Subject: About your post
Message-ID: {message_id}

--4CqX1.1--
"""


def bounced(
    message_id: str,
    *,
    to: str = "rowan.pike@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    headers_only: bool = True,
) -> bytes:
    """Return a report that the letter did not arrive, as Postfix writes them."""
    returned = "text/rfc822-headers" if headers_only else "message/rfc822"
    text = FROM_POSTFIX.format(
        message_id=message_id,
        to=to,
        action=action,
        status=status,
        returned=returned,
        headers_word=" Headers" if headers_only else "",
    )
    return text.replace("\n", "\r\n").encode()


def ordinary(words: str = "The next meeting is on Monday.") -> bytes:
    """Return a mail from a person to the organisation."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.org", "moderators@harbour.example", "Meeting"
    mail.set_content(words)
    return mail.as_bytes()
