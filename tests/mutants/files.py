"""Files: what is taken, where it lies, who may fetch it, and what of it is sealed."""

from tests.mutants.mutant import Mutant

CORE = "wagtail_contracts/contracts/core/files"
FLOWS = "wagtail_contracts/contracts/flows"
PUBLIC = "wagtail_contracts/signing/public"
PDFS = "tests/unit/contracts/test_file_pdfs.py"
SORTS = "tests/unit/contracts/test_file_sorts.py"
UPLOADS = "tests/security/test_s45_uploads.py"
SCANNER = "tests/security/test_s47_scanner.py"
PRIVATE = "tests/security/test_s48_private_files.py"
PAGE = "tests/public/test_files.py"
MEDIA = "tests/unit/contracts/test_media.py"
SEALED = "tests/flows/contracts/test_exhibits.py"
HOSTILE = f"{PDFS}::test_hostile_files_are_refused_by_name"
AGREE = f"{SORTS}::test_three_that_do_not_agree_are_refused"
BROKEN = f"{SORTS}::test_what_is_no_picture_or_too_large_is_refused"

MUTANTS = [
    Mutant(
        "a file is of an allowed sort",
        f"{CORE}/sorts.py",
        "    if expected not in ALLOWED[sort]:\n",
        "    if not expected:\n",
        (AGREE,),
    ),
    Mutant(
        "a file has a size",
        f"{CORE}/sorts.py",
        "    if len(content) > {CAPTIONS: LARGEST_CAPTIONS, LOGO: LARGEST_LOGO}.get(sort, LARGEST)"
        ":\n",
        "    if False:\n",
        (AGREE,),
    ),
    Mutant(
        "the declared type is that of the name",
        f"{CORE}/sorts.py",
        '    if declared.partition(";")[0].strip().lower() != expected:\n',
        "    if False:\n",
        (AGREE,),
    ),
    Mutant(
        "the content is that of the name",
        f"{CORE}/sorts.py",
        "    if not _begins(expected, content):\n",
        "    if False:\n",
        (AGREE,),
    ),
    Mutant(
        "a picture has so many pixels",
        f"{CORE}/images.py",
        "    if image.width * image.height > MOST_PIXELS:",
        "    if False:",
        (BROKEN,),
    ),
    Mutant(
        "nothing but pixels is kept of a picture",
        f"{CORE}/images.py",
        "    bare.save(out, form, quality=QUALITY)\n",
        "    kept.save(out, form, quality=QUALITY, **image.info)\n",
        (f"{SORTS}::test_places_and_texts_go_and_the_turn_is_kept",),
    ),
    Mutant(
        "a PDF is neither more nor less than one",
        f"{CORE}/pdfs.py",
        '    if not content.startswith(b"%PDF-") or not END.search(content[-1024:]):\n',
        "    if False:\n",
        (HOSTILE,),
    ),
    Mutant(
        "a PDF is inert",
        f"{CORE}/pdfs.py",
        '    if found:\n        raise FileRefused("live"',
        '    if False:\n        raise FileRefused("live"',
        (HOSTILE,),
    ),
    Mutant(
        "a PDF is not encrypted",
        f"{CORE}/pdfs.py",
        "    if reader.encrypted:\n",
        "    if False:\n",
        (HOSTILE,),
    ),
    Mutant(
        "a link of a PDF leads to the web, a mail or a telephone",
        f"{CORE}/pdfs.py",
        '    if str(found.get("/S")) == "/URI" and',
        '    if str(found.get("/S")) == "/URX" and',
        (HOSTILE,),
    ),
    Mutant(
        "a PDF takes no content from elsewhere",
        f"{CORE}/pdfs.py",
        "    if isinstance(found, generic.StreamObject):\n",
        "    if False:\n",
        (HOSTILE,),
    ),
    Mutant(
        "a PDF says the same on the screen and on paper",
        f"{CORE}/pdfs.py",
        "    if _differs_on_paper(found):\n",
        "    if False:\n",
        (HOSTILE,),
    ),
    Mutant(
        "a PDF has so many pages",
        f"{CORE}/pdfs.py",
        "    if not 0 < number <= MOST_PAGES:\n",
        "    if not 0 < number:\n",
        (HOSTILE,),
    ),
    Mutant(
        "a PDF has the pages that it claims",
        f"{CORE}/pdfs.py",
        '    if _leaves(reader.root["/Pages"]) != number:',
        "    if False:",
        (f"{PDFS}::test_a_file_that_claims_other_pages_than_it_has_is_refused",),
    ),
    Mutant(
        "what lies on a page of a PDF is seen",
        f"{CORE}/pages.py",
        "            page = _whole(document, number - 1)\n",
        "            page = document[number - 1]\n",
        (f"{PDFS}::test_what_lies_on_a_page_is_read_and_seen_as_what_stands_in_it",),
    ),
    Mutant(
        "a request that is too large is not read",
        "wagtail_contracts/contracts/admin/files.py",
        "        if not length.isdecimal() or int(length) > sorts.LARGEST + BESIDES:\n",
        "        if False:\n",
        (f"{UPLOADS}::test_a_request_that_is_too_large_is_not_read",),
    ),
    Mutant(
        "an upload comes from our own pages",
        "wagtail_contracts/contracts/admin/files.py",
        "        guarded: Any = csrf_protect(super().dispatch)\n",
        "        guarded: Any = super().dispatch\n",
        (f"{UPLOADS}::test_what_another_site_sends_is_refused",),
    ),
    Mutant(
        "a file that is too large is not judged",
        f"{FLOWS}/filing.py",
        "    if (upload.size or 0) > sorts.LARGEST:\n",
        "    if False:\n",
        (f"{UPLOADS}::test_a_file_that_is_too_large_is_not_kept",),
    ),
    Mutant(
        "a file is judged under limits",
        f"{FLOWS}/filing.py",
        "    job = worker.shared(JOB, LIMITS, (typefaces.BUNDLED,))\n",
        "    job = worker.shared(JOB, worker.Limits(), (typefaces.BUNDLED,))\n",
        (f"{UPLOADS}::test_a_bomb_ends_the_child_alone",),
    ),
    Mutant(
        "an infected file is not kept",
        f"{FLOWS}/filing.py",
        "    if (scan := _scanned(content)) == StoredFile.Scan.INFECTED:\n",
        "    if (scan := _scanned(content)) is None:\n",
        (f"{SCANNER}::test_an_infected_file_is_not_kept",),
    ),
    Mutant(
        "a file that no scanner has judged is not shown",
        f"{FLOWS}/filing.py",
        "    if file.scan not in (StoredFile.Scan.NONE, StoredFile.Scan.CLEAN):\n",
        "    if False:\n",
        (f"{SCANNER}::test_a_file_waits_for_a_scanner_and_is_not_shown",),
    ),
    Mutant(
        "a file that no scanner has judged is not sent",
        f"{FLOWS}/exhibiting.py",
        "known.filter(digest__in=names).usable()",
        "known.filter(digest__in=names)",
        (f"{SCANNER}::test_a_file_waits_for_a_scanner_and_is_not_shown",),
    ),
    Mutant(
        "staff fetch what they may see",
        "wagtail_contracts/contracts/admin/files.py",
        "StoredFile.objects.known_to(user).filter(digest=digest)",
        "StoredFile.objects.filter(digest=digest)",
        (f"{PRIVATE}::test_an_upload_is_its_authors_until_a_text_names_it",),
    ),
    Mutant(
        "who edits templates sees the files of templates",
        "wagtail_contracts/contracts/models/files.py",
        "Q(uses__workspace__in=edited, uses__in_templates=True)",
        "Q(uses__workspace__in=edited)",
        (f"{PRIVATE}::test_who_edits_the_templates_sees_their_files_and_no_contracts",),
    ),
    Mutant(
        "a sensitive file that was filled in is fetched by whoever may see it there",
        "wagtail_contracts/contracts/models/files.py",
        "Q(uses__isnull=False, exhibits__version__contract__in=contracts)",
        "Q(exhibits__version__contract__in=contracts)",
        (
            "tests/admin/test_given_files.py"
            "::test_a_sensitive_file_needs_the_right_and_fetching_it_is_told",
        ),
    ),
    Mutant(
        "a block names a file that its author may see",
        "wagtail_contracts/contracts/models/files.py",
        "found = self.known_to(user).filter(uuid=id)",
        "found = self.filter(uuid=id)",
        (f"{PRIVATE}::test_a_foreign_id_is_no_file",),
    ),
    Mutant(
        "a page that is rendered when it is forgotten for whom tells of no file",
        "wagtail_contracts/contracts/models/files.py",
        "        if user is None or not isinstance(id, str) or not IDENTITY.fullmatch(id):\n"
        "            return None\n"
        "        found = self.known_to(user)",
        "        if not isinstance(id, str) or not IDENTITY.fullmatch(id):\n"
        "            return None\n"
        "        found = (self.known_to(user) if user else self)",
        (f"{PRIVATE}::test_a_foreign_id_is_no_file",),
    ),
    Mutant(
        "a block names a file of its sort",
        "wagtail_contracts/contracts/blocks/files.py",
        '        return found if found and found["sort"] == self.sort else UNKNOWN\n',
        "        return found\n",
        (f"{PRIVATE}::test_a_foreign_id_is_no_file",),
    ),
    Mutant(
        "what a version names is kept",
        "wagtail_contracts/contracts/apps.py",
        "        append_only.keep(self, *map(append_only.rule_of, grown), stays)\n",
        "        append_only.keep(self, *map(append_only.rule_of, grown))\n",
        (f"{PRIVATE}::test_what_a_version_names_is_kept",),
    ),
    Mutant(
        "a participant fetches what the newest version names",
        f"{PUBLIC}/files.py",
        "StoredFile.objects.filter(exhibits__version=self.version, digest=digest)",
        "StoredFile.objects.filter(digest=digest)",
        (f"{PAGE}::test_nobody_else_finds_a_file",),
    ),
    Mutant(
        "a file is offered and never a page",
        "wagtail_contracts/contracts/rendering/serving.py",
        '    response["Content-Security-Policy"] = POLICY\n',
        "",
        (f"{PAGE}::test_a_file_is_offered_and_never_a_page",),
    ),
    Mutant(
        "a frame may come where a video stands, and nowhere else",
        f"{PUBLIC}/headers.py",
        '    return f"{POLICY}; frame-src {frames}" if frames else POLICY\n',
        '    return f"{POLICY}; frame-src https:"\n',
        (f"{PAGE}::test_a_page_without_a_video_elsewhere_allows_no_frame",),
    ),
    Mutant(
        "taking an exhibit along is recorded",
        f"{PUBLIC}/files.py",
        "        signing.take_along(self.contract, file, link=self.link, by=self.by)\n",
        "",
        (f"{PAGE}::test_an_exhibit_is_taken_along_by_post_and_recorded",),
    ),
    Mutant(
        "the files of a contract fit into its sealed file",
        "wagtail_contracts/contracts/core/readiness.py",
        "    if sum(sizes[digest] for digest in inside) > LARGEST_INSIDE:\n",
        "    if False:\n",
        (f"{MEDIA}::test_what_is_too_large_together_or_missing_is_not_ready",),
    ),
    Mutant(
        "the files of a contract have a size together",
        "wagtail_contracts/contracts/core/readiness.py",
        "    if sum(sizes.values()) > LARGEST:\n",
        "    if False:\n",
        (f"{MEDIA}::test_what_is_too_large_together_or_missing_is_not_ready",),
    ),
    Mutant(
        "the evidence lists the files",
        "wagtail_contracts/signing/rendering/paper.py",
        "    inside = [(name, None, content) for name, content in files.inside]\n",
        "    inside = []\n",
        (f"{SEALED}::test_an_exhibit_goes_from_the_template_into_the_sealed_file",),
    ),
    Mutant(
        "only a GET asks for a part of a file",
        "wagtail_contracts/contracts/rendering/serving.py",
        'request.headers.get("Range", "") if request.method == "GET" else ""',
        'request.headers.get("Range", "")',
        (
            "tests/admin/test_files.py::test_head_is_answered_like_get_without_the_body",
            "tests/public/test_files.py::test_head_is_answered_like_get_without_the_body",
        ),
    ),
    Mutant(
        "a poster comes from no address that leads inside",
        "wagtail_contracts/contracts/backends/embeds.py",
        " or any(plain in net for net in INSIDE)",
        "",
        ("tests/unit/contracts/test_embeds.py::test_a_poster_comes_from_a_public_address",),
    ),
]
