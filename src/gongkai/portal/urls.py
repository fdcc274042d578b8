"""The public pages.

Pages of what is published are kept by the page cache, which packs them itself; the others are
packed here, because no public page holds a secret that its length could betray. What one applicant
alone may see, under /apply/ and /track/, is neither kept nor packed.
"""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.gzip import gzip_page

from gongkai.portal import (
    comparing,
    dropping,
    home,
    published,
    registers,
    searching,
    site,
    withdrawals,
)
from gongkai.portal.apply import (
    amending,
    attaching,
    blank,
    filling,
    sending,
    tracking,
    verifying,
)
from gongkai.portal.documents import attachments, downloads, page
from gongkai.portal.machines import datasets, feeds, sitemaps
from gongkai.portal.preferences import preferences
from gongkai.portal.sections import agencies, catalogue, fixed

app_name = "portal"

documents = [
    path("<number:pk>/", page.document, name="document"),
    path("<number:pk>/revisions/<number:number>/", page.revision, name="document_revision"),
    path("<number:pk>/document.<slug:suffix>", downloads.file, name="document_file"),
    path("<number:pk>/share.<slug:suffix>", downloads.picture, name="document_picture"),
    path(
        "<number:pk>/attachments/<number:place>/<str:name>",
        attachments.attachment,
        name="document_attachment",
    ),
    path(
        "<number:pk>/revisions/<number:number>/attachments/<number:place>/<str:name>",
        attachments.attachment,
        name="revision_attachment",
    ),
]

sections = [
    path("sections/guide/", fixed.guide, name="guide"),
    path("sections/rules/", fixed.rules, name="rules"),
    path("sections/catalogue/", catalogue.catalogue, name="catalogue"),
    path("sections/reports/", fixed.annual_reports, name="annual_reports"),
    path("sections/apply/", fixed.apply, name="apply"),
    path("sections/apply/form.<slug:suffix>", blank.form, name="apply_form"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies.csv", agencies.agencies_table, name="agencies_table"),
    path("agencies/<slug:code>/", agencies.agency, name="agency"),
    path("agencies/<slug:code>/guide/", fixed.guide, name="agency_guide"),
    path("agencies/<slug:code>/rules/", fixed.rules, name="agency_rules"),
    path("agencies/<slug:code>/catalogue/", catalogue.catalogue, name="agency_catalogue"),
    path("agencies/<slug:code>/reports/", fixed.annual_reports, name="agency_reports"),
    path("agencies/<slug:code>/apply/", fixed.apply, name="agency_apply"),
    path("agencies/<slug:code>/apply/form.<slug:suffix>", blank.form, name="agency_apply_form"),
]

applying = [
    path("apply/", filling.start, name="apply_start"),
    path("apply/agency/", filling.agency, name="apply_agency"),
    path("apply/published/", filling.published, name="apply_published"),
    path("apply/files/", attaching.files, name="apply_files"),
    path("apply/check/", sending.check, name="apply_check"),
    path("apply/receipt/", sending.receipt, name="apply_receipt"),
    path("apply/receipt/receipt.pdf", sending.receipt_file, name="apply_receipt_file"),
    path("apply/<slug:page>/", filling.step, name="apply_step"),
    path("track/", tracking.track, name="track"),
    path("track/case/", tracking.case, name="track_case"),
    path("track/correct/", tracking.correct, name="track_correct"),
    path("track/contact/", amending.contact, name="track_contact"),
    path("track/withdraw/", tracking.withdraw, name="track_withdraw"),
    path("track/letters/<number:pk>/", tracking.letter, name="track_letter"),
    path("track/files/<number:pk>/", tracking.provided, name="track_provided"),
    path("track/leave/", tracking.leave, name="track_leave"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<slug:code>/", verifying.verify, name="verify_code"),
]

reports = [
    path("reading/", dropping.download, name="reading"),
    path("reports/", gzip_page(published.reports), name="reports"),
    path("reports/read/", gzip_page(dropping.drop), name="read"),
    path("reports/compare/", gzip_page(comparing.compare), name="compare"),
    path("reports/compare/compare.xlsx", comparing.workbook, name="compare_workbook"),
    path("reports/<slug:code>/<number:year>/", gzip_page(published.report), name="report"),
    path(
        "reports/<slug:code>/<number:year>/revisions/<number:number>/",
        gzip_page(published.report),
        name="revision",
    ),
    path(
        "reports/<slug:code>/<number:year>/revisions/<number:number>/report.<slug:suffix>",
        published.file,
        name="file",
    ),
]

machines = [
    path("feed.atom", feeds.site, name="feed"),
    path("agencies/<slug:code>/feed.atom", feeds.agency, name="agency_feed"),
    path("sections/catalogue/<str:code>.atom", feeds.item, name="item_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemaps/<number:number>.xml", sitemaps.documents, name="sitemap"),
    path("catalogue.jsonld", datasets.catalogue, name="datasets"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", gzip_page(searching.page), name="search"),
    path("search/suggestions/", searching.suggestions, name="suggestions"),
    path("register/", registers.register, name="register"),
    path("register/register.csv", registers.register_table, name="register_table"),
    path("withdrawals/", withdrawals.withdrawals, name="withdrawals"),
    path("withdrawals/withdrawals.csv", withdrawals.withdrawals_table, name="withdrawals_table"),
    path("preferences/", preferences, name="preferences"),
    path("documents/", include(documents)),
    *sections,
    *applying,
    *reports,
    *machines,
]
