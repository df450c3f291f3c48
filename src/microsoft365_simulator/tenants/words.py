"""The other words a directory is full of: departments, titles, places, device models."""

DEPARTMENTS = (
    "Sales", "Engineering", "Finance", "Human Resources", "Legal", "Marketing", "Operations",
    "Customer Support", "Purchasing", "Logistics", "Production", "Quality", "Research",
    "Facility Management", "IT", "Geschäftsführung", "Comptabilité", "経理部", "Отдел кадров",
    "المالية", "R&D <Lab>", 'Project "Aurora"', "Field Service", "Executive Office",
)  # fmt: skip

TITLES = (
    "Account Executive", "Analyst", "Assistant", "Buyer", "Chief Financial Officer", "Consultant",
    "Controller", "Designer", "Director", "Driver", "Engineer", "Head of Unit", "Intern", "Lawyer",
    "Machinist", "Nurse", "Office Manager", "Product Owner", "Recruiter", "Sachbearbeiterin",
    "Senior Engineer", "Software Developer", "Teamleiter/-in", "Technician", "Trainee",
    "Vice President", "Warehouse Clerk", "営業部長", "Ingénieure d'études", "Менеджер",
)  # fmt: skip

# city, state or null, postal code, country, usage location, language, area code
PLACES: tuple[tuple[str, str | None, str, str, str, str, str], ...] = (
    ("Berlin", None, "10115", "Germany", "DE", "de-DE", "+49 30"),
    ("München", "Bayern", "80331", "Germany", "DE", "de-DE", "+49 89"),
    ("Paris", "Île-de-France", "75002", "France", "FR", "fr-FR", "+33 1"),
    ("London", None, "EC2A 4NE", "United Kingdom", "GB", "en-GB", "+44 20"),
    ("Dublin", None, "D02 X285", "Ireland", "IE", "en-IE", "+353 1"),
    ("Zürich", "ZH", "8001", "Switzerland", "CH", "de-CH", "+41 44"),
    ("Seattle", "WA", "98101", "United States", "US", "en-US", "+1 206"),
    ("Austin", "TX", "78701", "United States", "US", "en-US", "+1 512"),
    ("São Paulo", "SP", "01310-100", "Brazil", "BR", "pt-BR", "+55 11"),
    ("東京", "東京都", "100-0005", "Japan", "JP", "ja-JP", "+81 3"),
    ("Warszawa", "Mazowieckie", "00-001", "Poland", "PL", "pl-PL", "+48 22"),
    ("תל אביב", None, "6100000", "Israel", "IL", "he-IL", "+972 3"),
    ("دبي", None, "", "United Arab Emirates", "AE", "ar-AE", "+971 4"),
    ("Київ", None, "01001", "Ukraine", "UA", "uk-UA", "+380 44"),
    ("İstanbul", None, "34000", "Türkiye", "TR", "tr-TR", "+90 212"),
    ("मुंबई", "Maharashtra", "400001", "India", "IN", "hi-IN", "+91 22"),
)

# Values that have broken importers: right-to-left marks, quotes, controls of markup, length.
AWKWARD = (
    'Zoë "Z" O\'Malley\\Smith',
    "\u202eevil.exe\u202c מבחן",
    "👩🏽\u200d💻 Emoji 🏳️\u200d🌈 Name",
    "<script>alert(1)</script>",
    "=HYPERLINK(0)",
    "Tab\tand\u00a0no-break",
    "ﷺ ﷽",
    "\\N",
    "L" + "o" * 250 + "ng",
)

SYSTEMS = (
    ("Windows", "10.0.22631.4317"), ("Windows", "10.0.26100.2033"), ("Windows", "10.0.19045.5011"),
    ("iOS", "18.1"), ("iPadOS", "17.7"), ("Android", "15"), ("MacMDM", "15.1"), ("Linux", "24.04"),
)  # fmt: skip

MODELS = (
    ("Dell Inc.", "Latitude 7440"), ("LENOVO", "21HDCTO1WW"), ("HP", "EliteBook 840 G10"),
    ("Microsoft Corporation", "Surface Pro 9"), ("Apple", "iPhone 15"), ("Apple", "MacBookPro18,3"),
    ("samsung", "SM-S918B"), ("Google", "Pixel 8"),
)  # fmt: skip
