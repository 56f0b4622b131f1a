"""What a page complains of, and what its policy refuses: in every test there is none of it."""

# What a policy refuses is told to the document alone; said in the console it is heard here.
TELL_REFUSED = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


def watch(context, complaints, expected=lambda text: False):
    """Add to a list what any new page of a context throws, logs as wrong or is refused."""
    context.add_init_script(TELL_REFUSED)

    def listen(message):
        # The tests themselves read pixels back; the page never does.
        if message.type not in ("error", "warning") or "willReadFrequently" in message.text:
            return
        if not expected(message.text):
            complaints.append(message.text)

    def attend(page):
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    context.on("page", attend)
