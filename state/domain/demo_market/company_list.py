"""The invented companies: legal name, company number, Party Id, roles, town. None is real."""

from typing import Final

COMPANY_LIST: Final = """\
ALBION POWER LTD               | 01234567 | ALBION   | TS TG    | Oldminster
HEARTHWICK ENERGY LTD          | 90000101 | HEARTHWK | TS       | Hearthwick
LANTERN LANE SUPPLY LTD        | 90000102 | LANTERN  | TS       | Great Marling
COPPERKETTLE POWER LTD         | 90000103 | COPKETTL | TS       | Brassford
MOORHEN HOME ENERGY LTD        | 90000104 | MOORHEN  | TS       | Little Reedham
DAYBREAK STREET ELECTRIC LTD   | 90000105 | DAYBREAK | TS       | Eastmere
TALLOW AND FINCH PLC           | 90000106 | TALLOWF  | TS TN    | Chandlersworth
QUAYSIDE KILOWATT LTD          | 90000107 | QUAYKW   | TS       | Port Merrow
PENNYROYAL POWER PLC           | 90000108 | PENNYROY | TS TG    | Pennyroyal Cross
BRACKENFIELD SUPPLY LTD        | 90000109 | BRACKEN  | TS       | Upper Bracken
CALDER GENERATION LLP          | OC400001 | CALDER   | TG       | Calderbeck
FELLSIDE THERMAL LTD           | 90000201 | FELLSIDE | TG       | Fellgate
GANNET OFFSHORE WIND LTD       | SC900202 | GANNET   | TG       | Gannet Haven
HOLLOWAY MOSS WIND LTD         | SC900203 | HOLLMOSS | TG       | Strathollow
INCHMARROW HYDRO LTD           | SC900204 | INCHMARR | TG       | Inchmarrow
KESTRELSTONE NUCLEAR LTD       | 90000205 | KESTREL  | TG       | Kestrelstone
SALTERNS BIOMASS LTD           | 90000206 | SALTERNS | TG       | Salterns Quay
THRIFTWOOD STORAGE LTD         | 90000207 | THRIFTWD | TG       | Thriftwood
OTTERBURY PEAKERS LTD          | 90000208 | OTTERBRY | TG       | Otterbury
DORMANT ENERGY LTD             | 05555550 | DORMANT  | TG       | Stillwater
STRIKEOFF SOLAR LTD            | 06666660 | STRIKEOF | TG       | Fadingham
TYNE TRADING LTD               | 09999991 | TYNETRAD | TN       | Staithes Landing
CORMORANT COMMODITIES LTD      | 90000301 | CORMRANT | TN       | Old Jetty
SEXTANT POWER TRADING LTD      | 90000302 | SEXTANT  | TN       | Compass Row
MARLSTONE MARKETS LTD          | 90000303 | MARLSTON | TN       | Marlstone
AMBERLEDGER TRADING LTD        | 90000304 | AMBRLEDG | TN       | Ambergate Wharf
FOUR OARS CAPITAL LLP          | OC900305 | FOUROARS | TN       | Rowlock
BITTERN POWER TRADING LTD      | 90000306 | BITTERN  | TN       | Reedsmouth
SLATEHOUSE TRADING LLP         | OC900307 | SLATEHSE | TN       | Slatehouse
HALYARD MARKETS GMBH           | FC900308 | HALYARD  | TN       | Segelhafen
MERIDIAN LINK B.V.             | FC900401 | MERIDIAN | TI       | Zuiderkaai
NORDHAVEN KRAFT A/S            | FC900402 | NORDHAVN | TI       | Nordhaven
CANALBRUG ENERGIE B.V.         | FC900403 | CANALBRG | TI       | Canalbrug
PONTCLAIR NEGOCE S.A.          | FC900404 | PONTCLAR | TI       | Pontclair
LIFFEYSIDE POWER DAC           | FC900405 | LIFFEYSD | TI       | Liffeyside
SCHELDEMOND TRADE N.V.         | FC900406 | SCHELDEM | TI       | Scheldemond
FJORDLYS HANDEL AS             | FC900407 | FJORDLYS | TI       | Fjordlys
DUNELINE POWER GMBH            | FC900408 | DUNELINE | TI       | Dunenstadt
CROSSWATER TRADING LTD         | 90000409 | CROSSWTR | TI TN    | Crosswater
SEABRIDGE MERCHANTS LTD        | 90000410 | SEABRDGE | TI       | Seabridge
NORTHFLEX LTD                  | 07654321 | NRTHFLEX | VP AV    | Northgate Mills
KETTLEPOOL FLEXIBILITY LTD     | 90000501 | KETTLEPL | VP VT    | Kettlepool
EVENTIDE AGGREGATION LTD       | 90000502 | EVENTIDE | VP       | Eventide Bay
SWARMWELL LTD                  | 90000503 | SWARMWEL | VP AV VT | Swarmwell
QUICKTHORN FLEX LTD            | 90000504 | QUICKTHN | VP       | Quickthorn
PEBBLEBANK RESPONSE LTD        | 90000505 | PEBLBANK | VP       | Pebblebank
COLDROOM RESPONSE LTD          | 90000506 | COLDROOM | VP AV    | Frostham
FERNHOLLOW DEMAND LTD          | 90000507 | FERNHOLL | VP       | Fernhollow
LOOMSIDE FLEX LTD              | 90000508 | LOOMSIDE | VP VT    | Loomside
MILLPOND RESPONSE LTD          | 90000509 | MILLPOND | VP       | Millpond Green
SKYLARK NETWORKS LTD           | SC200002 | SKYLARK  | DSO      | Larkhill
WOLDS AND WASH NETWORKS PLC    | 90000601 | WOLDWASH | DSO      | Washbourne
EASTMERE DISTRIBUTION PLC      | 90000602 | EASTMERE | DSO      | Eastmere
CAPITAL RINGMAIN PLC           | 90000603 | RINGMAIN | DSO      | Ringmain Yard
SEVERNWICK DISTRIBUTION PLC    | 90000604 | SEVRNWCK | DSO      | Severnwick
PENNINE GATE NETWORKS PLC      | 90000605 | PENNGATE | DSO      | Stonegate
CHALKDOWN NETWORKS PLC         | 90000606 | CHALKDWN | DSO      | Chalkdown
TAMARBRIDGE DISTRIBUTION PLC   | 90000607 | TAMARBRG | DSO      | Tamarbridge
BROOKLET NETWORKS LTD          | 90000608 | BROOKLET | DSO      | Brooklet
HEDGEROW CONNECTIONS LTD       | 90000609 | HEDGEROW | DSO      | Hedgerow End
NOTIFY AGENTS LTD              | 08888882 | NOTIFY   | EN MV    | Postmaster Row
CLERKENWORTH NOTIFICATIONS LTD | 90000701 | CLERKWTH | EN MV    | Clerkenworth
INKWELL CONTRACT AGENTS LTD    | 90000702 | INKWELL  | EN       | Inkwell Court
TALLYSTICK NOTICES LTD         | 90000703 | TALLYSTK | EN MV    | Tallis Green
QUILLBRIDGE SERVICES LTD       | 90000704 | QUILLBRG | EN       | Quillbridge
GATEHOUSE CLOSURE AGENTS LTD   | 90000705 | GATEHSE  | EN MV    | Gatehouse
LEDGERMAIN NOTIFY LTD          | 90000706 | LEDGRMN  | MV       | Ledger Street
HALFHOUR HOUSE LTD             | 90000707 | HALFHOUR | EN MV    | Clockhouse
POSTERN NOTIFICATIONS LTD      | 90000708 | POSTERN  | EN       | Postern Hill
ABACUS LANE AGENTS LTD         | 90000709 | ABACUSLN | EN MV    | Abacus Lane
MERROW CABLE OPERATIONS LTD    | 90000801 | MERROWCB | IA       | Port Merrow
NORTHERN CROSSING CABLES LTD   | 90000802 | NORTHXNG | IA       | Crossing Point
KEEL BALANCE ADMINISTRATION LTD | 90000803 | KEELBAL  | IE       | Keelby Dock
PENDLEWICK PRICE INDEX LTD     | 90000804 | APXMIDP  | MI       | Pendlewick
SUNDIAL INDEX SERVICES LTD     | 90000805 | N2EXMIDP | MI       | Sundial Square
LODESTAR SYSTEM OPERATOR LTD   | 90000806 | NETSO    | NETSO    | Lodestar House
"""

STATUSES: Final = {"DORMANT": "withdrawn", "STRIKEOF": "qualifying", "BROOKLET": "withdrawing"}
"""Companies that are not simply live."""

OVERSEAS: Final = {
    "HALYARD": "Germany", "MERIDIAN": "Netherlands", "NORDHAVN": "Denmark",
    "CANALBRG": "Netherlands", "PONTCLAR": "France", "LIFFEYSD": "Ireland",
    "SCHELDEM": "Belgium", "FJORDLYS": "Norway", "DUNELINE": "Germany",
}  # fmt: skip
"""Companies at home in another country."""

COUNTRY_CODES: Final = {
    "United Kingdom": "GB", "Germany": "DE", "Netherlands": "NL", "Denmark": "DK",
    "France": "FR", "Ireland": "IE", "Belgium": "BE", "Norway": "NO",
}  # fmt: skip
"""Countries in two letters (ISO 3166)."""

PARTICIPANT_IDS: Final = {
    "ALBION": "ALBN", "HEARTHWK": "HRTH", "LANTERN": "LNTN", "COPKETTL": "CPKT",
    "MOORHEN": "MRHN", "DAYBREAK": "DYBK", "TALLOWF": "TLWF", "QUAYKW": "QYKW",
    "PENNYROY": "PNRY", "BRACKEN": "BRKF", "NRTHFLEX": "NFLX", "KETTLEPL": "KTPL",
    "EVENTIDE": "EVTD", "SWARMWEL": "SWML", "QUICKTHN": "QKTN", "PEBLBANK": "PBBK",
    "COLDROOM": "CDRM", "FERNHOLL": "FNHL", "LOOMSIDE": "LMSD", "MILLPOND": "MLPD",
    "MERIDIAN": "MRDN", "NORDHAVN": "NDHV", "CANALBRG": "CNBG", "PONTCLAR": "PTCL",
    "LIFFEYSD": "LFSD", "SCHELDEM": "SCLD", "FJORDLYS": "FJLS", "DUNELINE": "DNLN",
    "CROSSWTR": "CRWT", "SEABRDGE": "SBDG",
}  # fmt: skip
"""Market Participant Ids: four letters that stand in the names of BM Units."""
