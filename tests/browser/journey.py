"""A reader in a real browser, in either language: steps that are the same on page and embed."""

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from comments.identity import status_page_path
from comments.models import Comment
from moderation import services
from moderation.accounts.models import User
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Seen
from tests.moderation.delivery.mailbox import Mailbox, links, send, unsubscribe_path

TYPED = {"Name": "Оксана", "E-mail": "oksana@example.org"}
NOTIFY = "Tell me by e-mail what is decided about my comment, and when somebody answers."
NO_MORE = "You will get no more e-mails from us, whichever comment they would be about."
REPORTED = "You reported this comment. No moderator has decided about it yet."


class Reader:
    """Says what the pages say, in the language of the journey."""

    def __init__(self, page: Page, language: str, service: str, *, script: bool) -> None:
        self.page, self.language, self.service, self.script = page, language, service, script

    def say(self, english: str) -> str:
        with override(self.language):
            return gettext(english)

    def press(self, english: str, within: Locator | None = None, of: str = "") -> None:
        """Press the button with these words, about the comment of `of`."""
        name = f"{self.say(english)} – {of}" if of else self.say(english)
        (within or self.page).get_by_role("button", name=name).click()

    def follow(self, english: str, of: str = "") -> None:
        name = f"{self.say(english)} – {of}" if of else self.say(english)
        self.page.get_by_role("link", name=name).click()

    def write(self, text: str, *, notify: bool = False) -> Comment:
        """Fill in the form and send it."""
        for label, typed in {"Comment": text, **TYPED}.items():
            self.page.get_by_role("textbox", name=self.say(label)).fill(typed)
        if notify:
            self.page.get_by_label(self.say(NOTIFY)).check()
        self.press("Post Comment")
        expect(self.page.locator("article, blockquote").filter(has_text=text)).to_be_visible()
        return Comment.objects.latest("pk")

    def card(self, comment: Comment) -> Locator:
        return self.page.locator(f"#{comment.anchor}")

    def counted(self, author: str) -> Locator:
        """The button of a comment that this reader, and nobody else, finds useful."""
        name = f"{self.say('Useful')} 1 – {author}"
        return self.page.get_by_role("button", name=name, pressed=True)

    def look_again(self) -> None:
        """Without a script, the reader reloads; with one, the page changes by itself."""
        if not self.script:
            self.page.reload()

    def open_status(self, comment: Comment) -> None:
        path = status_page_path(comment.pk)
        self.page.goto(f"{self.service}/{self.language}/{path.split('/', 2)[2]}")

    def sees_status(self, english: str) -> None:
        expect(self.page.get_by_role("region", name=self.say(english))).to_be_visible()

    def change(self, text: str) -> None:
        """On the status page."""
        self._open("Change the comment and send it again")
        self.page.get_by_role("textbox", name=f"{self.say('Comment')} *").fill(text)
        self.press("Send the changed comment")
        self.sees_status("Being checked")

    def appeal(self, sentence: str) -> None:
        """On the status page."""
        self._open("Ask the moderators to look again")
        self.page.locator("#appeal").get_by_role("textbox").fill(sentence)
        self.press("Send the appeal")
        self.sees_status("Waiting for a moderator")

    def withdraw(self) -> None:
        """On the status page."""
        self._open("Withdraw the comment")
        self.press("Withdraw it for good")
        self.sees_status("Withdrawn")

    def report(self) -> None:
        """On the page with the report's form."""
        self.page.get_by_label(self.say("Spam or advertising")).check()
        self.press("Send the report")

    def confirm_address(self, mailbox: Mailbox) -> None:
        """Follow the link in the e-mail, in another tab."""
        send()
        confirm, _refuse = links(mailbox.last)
        tab = self._in_tab(confirm)
        tab.get_by_role("button", name=self.say("Yes, write to me")).click()
        expect(tab.get_by_role("status")).not_to_be_empty()
        tab.close()

    def unsubscribe(self, mailbox: Mailbox) -> None:
        send()
        tab = self._in_tab(unsubscribe_path(mailbox.letters[-1]))
        tab.get_by_role("button", name=self.say("All of them")).click()
        expect(tab.get_by_role("status")).to_have_text(self.say(NO_MORE))
        tab.close()

    def _open(self, english: str) -> None:
        self.page.locator("summary").filter(has_text=self.say(english)).click()

    def _in_tab(self, path: str) -> Page:
        tab = self.page.context.new_page()
        tab.goto(f"{self.service}{path}")
        return tab


def decided(comment: Comment) -> None:
    """What the worker does with a comment that waits for it."""
    services.moderate(comment_id=comment.pk)


def answered(comment: Comment, answer: str) -> None:
    """A moderator reads the appeal, rejects the comment again and answers."""
    comment.refresh_from_db()
    services.review_all(
        moderator=User.objects.create_superuser("marta"),
        verdict=Verdict(Outcome.REJECT, Reason.SPAM),
        seen={comment.pk: Seen.of(comment)},
        answer=answer,
    )
