"""Numbers on a page that are no figures: parts of names, definitions, the memoranda's paragraphs, sources.

Each is a whole phrase and never a bare number, so that a figure can't pass for one of them.
"""

DEFINITIONS = (
    r"(?i)\bper 10,000\b",
    r"\baged 0 to 17\b",
    r"(?i)\b(?:within|over|the|last|added up to) 12 months\b",
    r"\bless than 14 months\b",
    r"^12 months to the end of the quarter",
    r"(?:, |: |\(|; )12 months to the end of the quarter",
    r"\b(?:within|in) (?:15|45) (?:working )?days\b",
    r"\bsays (?:15|45) days\b",
    r"\b[Ss]ection 47 enquir(?:y|ies)\b",
    r"\bS47s?\b",
    r"\b(?:within|the) 2 years\b",
    r"(?i)moving in with (?:the|their) adoptive family [(\[]A1[)\]]",
    r"(?i)\b(?:to|with) an adoptive family [(\[]A2[)\]]",
    r"(?i)with their adoptive family \(A3\)",
    r"\b(?:counted in A3|average of A[12])\b",
    r"\bA(?:06 and A09|01|08 and A10|08)\b",
    r"\bdefinition 1\b",
    r"\bposition 1(?= is the |: )",
    r"\b31 March(?! \d)",
)
MARKS = (
    r"\ba count of 1 to 5, or a figure that would give one away\b",
    r"\bask for the figure, for 0, or for a mark\b",
)
SIGNALS = (
    r"\bbetween (?:1 and [56]|2 and 9) in 10 such prompts\b",
    r"\babout 1 in 15 series lies so far off by chance\b",
    r"\b9 times in 10 \(90% interval\)",
)
CHANCE = (
    r"\bThe 95% interval of a figure is made from\b",
    r"^95% interval of the figure, from its own count alone",
    r"\bof the last 4 quarters\b",
    r"\bits figures are of 12 months, and those of neighbouring quarters overlap\b",
    r"\bFigures of 12 months overlap\.$",
)
STAMP = (r"\bContent id [0-9a-f]{16}\.(?: For use until \d{1,2} [A-Z][a-z]+ \d{4}\.)?",)
"""Under the marking."""
MEMORANDA = (
    r"\bregional memorandum 2025-26, 5\.5\.3 (?:i and ii|iv)\b",
    r"\bregional memorandum 2025-26, 5\.2 and 5\.5\.3 iii\b",
    r"\b(?:data sharing )?memorandum of 2019, paragraph 7\b",
    r"\(2019, paragraph (?:8|11|14)\)",
    r"\((?:7|8)\)",
    r"\bAnnex A, common core dataset, 2019\b",
)
SOURCES = (
    r"\bLAIT \(April 2026\)",
    r"\((?:LAIT\), )?April 2026\b",
    r"\bdashboard, April 2026\b",
    r"\bLocal Authority Interactive Tool \(LAIT\), April 2026\b",
    r"\bApril 2021 and May 2025\b",
    r"\bLicence v3\.0\b",
    r"\b2012-13 to 2024-25 \(",
    r"\bmid-2012 to mid-2024\b",
    r"\byears ending March 2013 to 2025\b",
)
FIXED = (*STAMP, *MEMORANDA, *SIGNALS, *CHANCE, *SOURCES, *DEFINITIONS, *MARKS)
