"""The invented power stations: site, name, fuel, units, megawatts each, GSP Group, owner."""

from typing import Final, NamedTuple


class Station(NamedTuple):
    """A site of one or more like units, connected to the transmission system."""

    site: str
    name: str
    fuel_code: str
    unit_count: int
    unit_capacity_mw: int
    gsp_group: str
    owner: str


STATIONS: Final = tuple(
    Station(*row)
    for row in (
        ("ARKLB", "Arkleby Marsh", "CCGT", 4, 720, "_M", "CALDER"),
        ("CALDB", "Calder Bank", "CCGT", 3, 610, "_M", "CALDER"),
        ("COLNG", "Colliers Ings", "CCGT", 3, 850, "_B", "CALDER"),
        ("DUNMO", "Dunmouth", "CCGT", 2, 590, "_N", "CALDER"),
        ("FENWH", "Fenwharf", "CCGT", 3, 680, "_A", "FELLSIDE"),
        ("HYTHN", "Hythe Reach", "CCGT", 3, 640, "_J", "FELLSIDE"),
        ("MERST", "Merestone", "CCGT", 3, 760, "_D", "FELLSIDE"),
        ("PAGLY", "Pagley Fields", "CCGT", 3, 560, "_E", "FELLSIDE"),
        ("ROOKQ", "Rookhope Quay", "CCGT", 3, 700, "_F", "ALBION"),
        ("SALTM", "Saltmere", "CCGT", 3, 650, "_K", "ALBION"),
        ("TOLLR", "Tollgate Reach", "CCGT", 3, 630, "_C", "PENNYROY"),
        ("WITHB", "Withernby", "CCGT", 3, 670, "_H", "PENNYROY"),
        ("KESTA", "Kestrelstone A", "NUCLEAR", 2, 620, "_L", "KESTREL"),
        ("KESTB", "Kestrelstone B", "NUCLEAR", 1, 1190, "_A", "KESTREL"),
        ("HARRO", "Harrow Ness", "NUCLEAR", 2, 640, "_G", "KESTREL"),
        ("GRIMS", "Grimshaw Point", "NUCLEAR", 2, 610, "_F", "KESTREL"),
        ("SALTR", "Salterns", "BIOMASS", 4, 640, "_M", "SALTERNS"),
        ("LYNHV", "Lynhaven", "BIOMASS", 2, 310, "_F", "PENNYROY"),
        ("GANFA", "Gannet Fields A", "WIND", 4, 560, "_M", "GANNET"),
        ("GANFB", "Gannet Fields B", "WIND", 4, 610, "_M", "GANNET"),
        ("GANSO", "Gannet South", "WIND", 3, 480, "_J", "GANNET"),
        ("GANEA", "Gannet East", "WIND", 4, 520, "_A", "GANNET"),
        ("MERBK", "Mermaid Bank", "WIND", 3, 430, "_D", "GANNET"),
        ("SKERR", "Skerry Vaugh", "WIND", 4, 470, "_P", "GANNET"),
        ("FIRTH", "Outer Selkie", "WIND", 4, 450, "_P", "GANNET"),
        ("HOLLM", "Holloway Moss", "WIND", 3, 290, "_N", "HOLLMOSS"),
        ("BENAR", "Ben Arradh", "WIND", 3, 220, "_P", "HOLLMOSS"),
        ("CAIRN", "Cairn Drummoch", "WIND", 3, 180, "_P", "HOLLMOSS"),
        ("LAMER", "Lamerstane", "WIND", 3, 250, "_N", "HOLLMOSS"),
        ("CWMBR", "Cwm Brithdir", "WIND", 2, 150, "_K", "HOLLMOSS"),
        ("WITHE", "Withen Edge", "WIND", 2, 130, "_G", "ALBION"),
        ("INCHM", "Inchmarrow", "NPSHYD", 4, 150, "_P", "INCHMARR"),
        ("GLENA", "Glen Arkill", "NPSHYD", 4, 120, "_P", "INCHMARR"),
        ("LLYNW", "Llyn Wennol", "PS", 4, 330, "_D", "INCHMARR"),
        ("CORRI", "Corrie Dubh", "PS", 3, 280, "_P", "INCHMARR"),
        ("MOELF", "Moel Fechan", "PS", 2, 240, "_D", "INCHMARR"),
        ("OTTEA", "Otterbury A", "OCGT", 2, 140, "_B", "OTTERBRY"),
        ("OTTEB", "Otterbury B", "OCGT", 2, 120, "_H", "OTTERBRY"),
        ("COWLK", "Cowlark Island", "OCGT", 2, 110, "_C", "OTTERBRY"),
        ("STANK", "Stankhill", "OIL", 1, 90, "_L", "OTTERBRY"),
        ("THRIF", "Thriftwood", "OTHER", 2, 100, "_E", "THRIFTWD"),
        ("PILEY", "Pile Yard", "OTHER", 2, 50, "_M", "THRIFTWD"),
        ("COWBY", "Cowby Lane", "OTHER", 2, 50, "_G", "THRIFTWD"),
        ("RICHM", "Richmere", "OTHER", 2, 57, "_J", "THRIFTWD"),
        ("CAPNH", "Capenhay", "OTHER", 1, 100, "_D", "THRIFTWD"),
        ("BLKHL", "Black Hillock", "OTHER", 2, 100, "_P", "THRIFTWD"),
    )
)


class Interconnector(NamedTuple):
    """A cable to another country, and where it lands."""

    fuel_code: str
    name: str
    letters: str
    capacity_mw: int
    gsp_group: str


INTERCONNECTORS: Final = tuple(
    Interconnector(*row)
    for row in (
        ("INTFR", "France", "FR", 2000, "_J"),
        ("INTIFA2", "France 2", "F2", 1000, "_H"),
        ("INTELEC", "France 3", "EL", 1000, "_J"),
        ("INTNED", "Netherlands", "NE", 1000, "_J"),
        ("INTNEM", "Belgium", "NM", 1000, "_J"),
        ("INTNSL", "Norway", "NS", 1400, "_F"),
        ("INTVKL", "Denmark", "VK", 1400, "_B"),
        ("INTIRL", "Northern Ireland", "MO", 500, "_N"),
        ("INTEW", "Ireland", "EW", 500, "_D"),
        ("INTGRNL", "Ireland 2", "GL", 500, "_K"),
    )
)
