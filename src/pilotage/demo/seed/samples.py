"""About 60 customers in every state, as a table."""

from dataclasses import dataclass
from enum import StrEnum


class Story(StrEnum):
    """What has happened to a sample customer."""

    PRODUCTION = "production"
    EXPIRED_PRODUCTION = "expired_production"
    TRIAL = "trial"
    EXTENDED_TRIAL = "extended_trial"
    SUSPENDED = "suspended"
    DIRECT = "direct"
    INVITED = "invited"
    MAIL_REFUSED = "mail_refused"
    OPENED = "opened"
    DECLINED = "declined"
    GUEST = "guest"
    LINK_EXPIRED = "link_expired"
    CANCELED = "canceled"
    IMPORTING = "importing"
    THROTTLED = "throttled"
    PARTIAL = "partial"
    IMPORT_FAILED = "import_failed"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample customer. `age` is days since it was added, `left` days until production ends."""

    name: str
    domain: str
    story: Story
    sku: str = "essentials"
    add_ons: tuple[str, ...] = ()
    users: int = 60
    age: int = 5
    left: int = 200
    partner: str = "harbour"


S = Story
_LICENCES, _TEAMS, _SIGN_INS = ("licence-advisor",), ("teams-governance",), ("sign-in-analytics",)
_TWO = ("sign-in-analytics", "teams-governance")
SAMPLES = (
    Sample("Alpine Ski House", "alpineskihouse.example", S.PRODUCTION, "enterprise", _TWO, 180, 220, 261),
    Sample("Bellows College", "bellowscollege.example", S.PRODUCTION, "education", _SIGN_INS, 410, 300, 402),
    Sample("Blue Yonder Airlines", "blueyonder.example", S.PRODUCTION, "enterprise", ("audit-export",), 350, 190, 95),
    Sample("Boulder Innovations", "boulder.example", S.PRODUCTION, "essentials", (), 45, 120, 18),
    Sample("City Power & Light", "citypower.example", S.PRODUCTION, "enterprise", _LICENCES, 260, 400, 310),
    Sample("Coho Vineyard", "cohovineyard.example", S.PRODUCTION, "essentials", (), 28, 95, 6),
    Sample("Consolidated Messenger", "messenger.example", S.PRODUCTION, "enterprise", _TWO, 150, 260, 150),
    Sample("Fabrikam Residences", "fabrikamres.example", S.TRIAL, "essentials", (), 38, 3),
    Sample("Contoso Pharmaceuticals", "contosopharma.example", S.TRIAL, "enterprise", (), 96, 10),
    Sample("First Up Consultants", "firstup.example", S.DIRECT, "essentials", (), 54, 150, 88),
    Sample("Fourth Coffee", "fourthcoffee.example", S.TRIAL, "essentials", (), 17, 18),
    Sample("Graphic Design Institute", "graphicdesign.example", S.PRODUCTION, "education", _TEAMS, 233, 210, 190),
    Sample("Humongous Insurance", "humongous.example", S.DIRECT, "enterprise", ("licence-advisor", "audit-export"), 520, 500, 333),
    Sample("Lamna Healthcare", "lamna.example", S.EXTENDED_TRIAL, "enterprise", _SIGN_INS, 140, 15),
    Sample("Liberty's Delightful Sinful Bakery & Cafe", "libertysbakery.example", S.PRODUCTION, "essentials", (), 22, 80, 23),
    Sample("Lucerne Publishing", "lucerne.example", S.SUSPENDED, "essentials", (), 48, 240, 120),
    Sample("Margie's Travel", "margies.example", S.PRODUCTION, "essentials", _TEAMS, 131, 330, 301),
    Sample("Munson's Pickles", "munsons.example", S.TRIAL, "essentials", (), 33, 1),
    Sample("Nod Publishers", "nodpublishers.example", S.PRODUCTION, "enterprise", (), 75, 140, 210),
    Sample("Northwind Foods", "northwindfoods.example", S.EXPIRED_PRODUCTION, "enterprise", (), 66, 380, -9),
    Sample("Olivia Wilson Architects", "oliviawilson.example", S.TRIAL, "essentials", _LICENCES, 19, 7),
    Sample("Parnell Aerospace", "parnell.example", S.PRODUCTION, "enterprise", _TWO, 300, 420, 540),
    Sample("Princeton Group", "princeton.example", S.PRODUCTION, "enterprise", _LICENCES, 88, 160, 44),
    Sample("Relecloud Hosting", "relecloudhosting.example", S.EXTENDED_TRIAL, "enterprise", (), 112, 27),
    Sample("Southridge Video", "southridge.example", S.PRODUCTION, "essentials", (), 41, 180, 170),
    Sample("Spijkerboor Fietsen", "spijkerboor.example", S.TRIAL, "essentials", (), 12, 12),
    Sample("Trey Research", "treyresearch.example", S.PRODUCTION, "enterprise", ("audit-export",), 205, 290, 265),
    Sample("Vigo Céramique", "vigoceramique.example", S.PRODUCTION, "essentials", _TEAMS, 57, 70, 290),
    Sample("Wingtip Toys", "wingtip.example", S.SUSPENDED, "enterprise", (), 84, 310, 77),
    Sample("Woodgrove Bank", "woodgrove.example", S.PRODUCTION, "enterprise", _TWO, 460, 350, 380),
    Sample("World Wide Importers", "worldwideimporters.example", S.EXPIRED_PRODUCTION, "essentials", (), 71, 370, -2),
    Sample("Zava Outdoor", "zava.example", S.TRIAL, "enterprise", _SIGN_INS, 64, 9),
    Sample("Åkerlund Bygg", "akerlund.example", S.PRODUCTION, "essentials", (), 25, 60, 130),
    Sample("北風商事", "kitakaze.example", S.PRODUCTION, "enterprise", (), 92, 110, 240),
    Sample("Best For You Organics", "bestforyou.example", S.TRIAL, "essentials", (), 21, 16),
    Sample("Adatum Logistics", "adatum.example", S.PRODUCTION, "essentials", (), 80, 130, 160),
    Sample("Litware Labs", "litware.example", S.EXTENDED_TRIAL, "enterprise", _TWO, 130, 40),
    Sample("School of Fine Art", "fineartschool.example", S.THROTTLED, "education", _TEAMS, 900, 1),
    Sample("Northwind Traders", "northwind.example", S.IMPORTING, "enterprise", _TWO, 4_000, 2),
    Sample("Tailspin Toys", "tailspin.example", S.IMPORTING, "essentials", (), 2_500, 1),
    Sample("Proseware", "proseware.example", S.OPENED, "enterprise", (), 50, 2),
    Sample("Relecloud", "relecloud.example", S.INVITED, "enterprise", _LICENCES, 50, 1),
    Sample("VanArsdel", "vanarsdel.example", S.LINK_EXPIRED, "essentials", (), 50, 16),
    Sample("Adventure Works Cycles", "adventureworks.example", S.INVITED, "essentials", (), 50, 0),
    Sample("Fincher Architects", "fincher.example", S.INVITED, "essentials", (), 50, 4),
    Sample("Terra Firm Surveyors", "terrafirm.example", S.OPENED, "essentials", _LICENCES, 50, 3),
    Sample("Refractory Steelworks", "refractory.example", S.DECLINED, "enterprise", (), 50, 5),
    Sample("Contoso Suites", "contososuites.example", S.GUEST, "enterprise", (), 50, 2),
    Sample("Wide World Motors", "wwmotors.example", S.MAIL_REFUSED, "essentials", (), 50, 1),
    Sample("Tasmanian Traders", "tasmaniantraders.example", S.PARTIAL, "enterprise", (), 75, 6),
    Sample("Thirsty Bear Brewing", "thirstybear.example", S.IMPORT_FAILED, "essentials", (), 40, 3),
    Sample("Phone Company Nord", "phonecompany.example", S.CANCELED, "essentials", (), 50, 20),
    Sample("Fjord Seafood", "fjordseafood.example", S.PRODUCTION, "essentials", (), 55, 200, 140, "lighthouse"),
    Sample("Polar Optik", "polaroptik.example", S.PRODUCTION, "enterprise", _TWO, 120, 180, 250, "lighthouse"),
    Sample("Vinterstad Kommun", "vinterstad.example", S.TRIAL, "education", (), 240, 4, 0, "lighthouse"),
    Sample("Granit & Glas", "granitglas.example", S.TRIAL, "essentials", (), 18, 13, 0, "lighthouse"),
    Sample("Sjöberg Marin", "sjobergmarin.example", S.INVITED, "essentials", (), 50, 1, 0, "lighthouse"),
    Sample("Havsbris Rederi", "havsbris.example", S.OPENED, "enterprise", (), 50, 2, 0, "lighthouse"),
    Sample("Kvarnby Skola", "kvarnby.example", S.SUSPENDED, "education", (), 160, 90, 60, "lighthouse"),
    Sample("Tallåsen Bruk", "tallasen.example", S.EXPIRED_PRODUCTION, "essentials", (), 30, 372, -20, "lighthouse"),
)  # fmt: skip
