"""Every page's path, its title, and for whom it is. What they may do there, the services say."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """For whom a page is."""

    ANYONE = "anyone"
    PEOPLE = "people"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Route:
    """One page."""

    path: str
    title: str
    audience: Audience

    @property
    def tab_title(self) -> str:
        """What the browser's tab says."""
        return f"{self.title} · Kinnect" if self.path != "/" else self.title


HOME = Route("/", "Kinnect: an open electricity market", Audience.ANYONE)
OVERVIEW = Route("/insights", "The market now", Audience.ANYONE)
GENERATION = Route("/insights/generation", "Generation by fuel", Audience.ANYONE)
SYSTEM_PRICE = Route("/insights/system-price", "System price", Audience.ANYONE)
PRICE_STACK = Route("/insights/price-stack", "How a price was made", Audience.ANYONE)
SERIES = Route("/insights/series", "The market over time", Audience.ANYONE)
UNITS = Route("/insights/units", "BM Units", Audience.ANYONE)
BALANCING_ACTIONS = Route(
    "/insights/balancing-actions", "Balancing actions by BM Unit", Audience.ANYONE
)
OUTAGES = Route("/insights/outages", "Outages", Audience.ANYONE)
DATA = Route("/insights/data", "Data and API", Audience.ANYONE)
QUERY = Route("/insights/query", "Ask in SQL", Audience.ANYONE)
ALERTS = Route("/insights/alerts", "Alerts", Audience.ANYONE)
STATUS = Route("/insights/status", "Completeness and status", Audience.ANYONE)
MARKET_ENTRY = Route("/market-entry", "Join the market", Audience.ANYONE)
MARKET_ENTRY_SENT = Route("/market-entry/sent", "We have your interest", Audience.ANYONE)
MARKET_ENTRY_TRACK = Route("/market-entry/track", "Track your interest", Audience.ANYONE)
ABOUT = Route("/customer", "About the service", Audience.ANYONE)
START = Route("/customer/start", "Sign up", Audience.ANYONE)
GUIDANCE = Route("/customer/help", "Help", Audience.ANYONE)
ROADMAP = Route("/customer/roadmap", "What's next", Audience.ANYONE)
FEEDBACK = Route("/customer/feedback", "Give feedback", Audience.ANYONE)
USER_GROUP = Route("/customer/user-group", "The user group", Audience.ANYONE)
WHO_CAN_DO_WHAT = Route("/who-can-do-what", "Who can do what", Audience.ANYONE)
SIGN_IN = Route("/sign-in", "Sign in", Audience.ANYONE)
SIGN_IN_AGAIN = Route("/sign-in-again", "Sign in again", Audience.ANYONE)
JOIN = Route("/join", "You are invited", Audience.ANYONE)
DECLARATION = Route("/declaration", "A director's declaration", Audience.ANYONE)
IDENTITY_CHECK = Route("/identity-check", "Prove who you are", Audience.ANYONE)
MAILBOX = Route("/development/mailbox", "Mail on this machine", Audience.ANYONE)
NOT_ALLOWED = Route("/not-allowed", "You cannot open this page", Audience.ANYONE)
NOT_FOUND = Route("/404", "There is no page here", Audience.ANYONE)
CHOOSE_COMPANY = Route("/choose-company", "Choose a company", Audience.PEOPLE)
ACCOUNT = Route("/account", "My account", Audience.PEOPLE)
COMPANY = Route("/account/company", "Company details", Audience.PEOPLE)
CONTACTS = Route("/account/contacts", "Contacts", Audience.PEOPLE)
CONTACT = Route("/account/contact", "Contact", Audience.PEOPLE)
ADDRESSES = Route("/account/addresses", "Addresses", Audience.PEOPLE)
ADDRESS = Route("/account/address", "Address", Audience.PEOPLE)
IDENTIFIERS = Route("/account/identifiers", "Identifiers", Audience.PEOPLE)
IDENTIFIER = Route("/account/identifier", "Identifier", Audience.PEOPLE)
SIGNATORIES = Route("/account/signatories", "Signatories", Audience.PEOPLE)
SIGNATORY = Route("/account/signatory", "Signatory", Audience.PEOPLE)
CERTIFICATE = Route(
    "/account/signatories/certificate", "Confirmation of signatories", Audience.PEOPLE
)
CHARGES = Route("/account/charges", "Charges", Audience.PEOPLE)
DATA_EXPORT = Route("/account/export", "A copy of your data", Audience.PEOPLE)
BANK_ACCOUNTS = Route("/account/bank", "Bank accounts", Audience.PEOPLE)
BANK_ACCOUNT = Route("/account/bank-account", "Bank account", Audience.PEOPLE)
AUDIT_TRAIL = Route("/account/audit", "Audit trail of the company", Audience.PEOPLE)
CHANGES = Route("/account/changes", "Changes", Audience.PEOPLE)
CHANGE = Route("/account/change", "A change", Audience.PEOPLE)
PEOPLE = Route("/account/people", "People and access", Audience.PEOPLE)
INVITE = Route("/account/people/invite", "Invite a colleague", Audience.PEOPLE)
PROGRAMS = Route("/account/programs", "Programs and webhooks", Audience.PEOPLE)
NOTICE_PREFERENCES = Route("/account/notices", "What we tell you", Audience.PEOPLE)
NOTICES = Route("/notices", "Notices", Audience.PEOPLE)
SIGN_INS = Route("/account/sign-ins", "Your sign-ins", Audience.PEOPLE)
ASSETS = Route("/assets", "Assets", Audience.PEOPLE)
SETTLEMENT = Route("/settlement", "Settlement", Audience.PEOPLE)
SETTLEMENT_DAY = Route("/settlement/day", "Charges of a day", Audience.PEOPLE)
SETTLEMENT_IMBALANCE = Route("/settlement/imbalance", "Imbalance of a day", Audience.PEOPLE)
SETTLEMENT_UNITS = Route("/settlement/units", "BM Units of a day", Audience.PEOPLE)
SETTLEMENT_UNIT = Route("/settlement/unit", "A BM Unit's day", Audience.PEOPLE)
SETTLEMENT_COMPARISON = Route("/settlement/compare", "Compare two runs", Audience.PEOPLE)
SETTLEMENT_EXPLANATION = Route("/settlement/explain", "How a figure was made", Audience.PEOPLE)
SETTLEMENT_FILES = Route("/settlement/files", "Download a run", Audience.PEOPLE)
INFORMATION_REQUESTS = Route("/account/information", "Requests for information", Audience.PEOPLE)
INFORMATION_REQUEST = Route(
    "/account/information/request", "A request for information", Audience.PEOPLE
)
MARKET_EXIT = Route("/market-exit", "Leave the market", Audience.PEOPLE)
QUEUES = Route("/staff", "Queues", Audience.STAFF)
INTEREST = Route("/staff/interest", "Expression of interest", Audience.STAFF)
WITHDRAWAL = Route("/staff/withdrawal", "Withdrawal proposal", Audience.STAFF)
INFORMATION = Route("/staff/information", "Request for information", Audience.STAFF)
ASK_FOR_INFORMATION = Route(
    "/staff/ask-for-information", "Ask a company for information", Audience.STAFF
)
BANK_CHECKS = Route("/staff/bank", "Bank accounts to check", Audience.STAFF)
RUNS = Route("/staff/runs", "Settlement runs", Audience.STAFF)
RUN = Route("/staff/runs/run", "Settlement run", Audience.STAFF)
RUN_EXPLANATION = Route("/staff/runs/explain", "How a figure was made", Audience.STAFF)
RUN_COMPARISON = Route("/staff/runs/compare", "Two runs compared", Audience.STAFF)
ALL_PEOPLE = Route("/staff/people", "People of the market", Audience.STAFF)
PERSON = Route("/staff/person", "A person", Audience.STAFF)
COMPANY_ACCESS = Route("/staff/company-access", "Access for a company", Audience.STAFF)
DIRECTOR = Route("/staff/director", "Ask a director", Audience.STAFF)
STAFF_ROLES = Route("/staff/roles", "Staff roles", Audience.STAFF)
VIEW_AS = Route("/staff/view-as", "Look as a company", Audience.STAFF)
PHRASE = Route("/staff/phrase", "Check a caller's phrase", Audience.STAFF)
REFERENCE = Route("/staff/reference", "Reference data", Audience.STAFF)
REFERENCE_VALUE = Route("/staff/reference-value", "Propose a value", Audience.STAFF)
REFERENCE_CHANGE = Route("/staff/reference-change", "A change to a value", Audience.STAFF)
PUBLISHERS = Route("/staff/publishers", "Programs that push rows", Audience.STAFF)
PUBLISHED_DATA = Route("/staff/published-data", "Published data", Audience.STAFF)
CORRECTION = Route("/staff/correction", "Correct rows", Audience.STAFF)
PUBLISHING_SETTING = Route("/staff/publishing-setting", "What is published", Audience.STAFF)
DATA_CHANGE = Route("/staff/data-change", "A change to published data", Audience.STAFF)
CONTENT = Route("/staff/content", "What everyone is told", Audience.STAFF)
CONTENT_ENTRY = Route("/staff/content-entry", "An entry", Audience.STAFF)
FEEDBACK_RECEIVED = Route("/staff/feedback", "Feedback", Audience.STAFF)
FEEDS = Route("/staff/feeds", "Feeds", Audience.STAFF)
FEED = Route("/staff/feed", "A feed", Audience.STAFF)
AUDIT = Route("/staff/audit", "Audit trail", Audience.STAFF)
