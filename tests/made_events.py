"""Events made for the tests of the exports: a gift, an order, a visit, and hostile text."""

from materiel.model.claim import Item, Party, Place, Transfer, Value, Visit
from materiel.model.event import Contradiction, Event, Report, Said, Stage
from materiel.model.finding import Finding, Screened

HOSTILE = '=HYPERLINK("http://x","<b>a</b>; b")\nline two \\ \u202egnp.exe \x1b[31m\U000e0041'


def party(name: str, country: str | None = None) -> Party:
    return Party(text=name, name=name, country=country)


def event(key: str, told: Transfer | Visit, *reports: Report, contradictions: tuple[Contradiction, ...] = ()) -> Event:
    """An event of these reports, in the order given; its values and stages are those of the claim told."""
    everywhere = tuple(range(len(reports)))
    roots = tuple(dict.fromkeys(report.root for report in reports))
    stage = Stage(
        status=told.status,
        stance=told.stance,
        date=told.date,
        reported=reports[0].published,
        reports=everywhere,
        roots=roots,
    )
    return Event(
        id=key,
        told=told,
        values={"status": (Said(value=told.status, reports=everywhere, roots=roots),)},
        contradictions=contradictions,
        history=(stage,),
        reports=reports,
        outlets=tuple(dict.fromkeys(report.outlet for report in reports)),
        roots=roots,
    )


def report(article: str, root: str, claim: Transfer | Visit, published: str = "2023-09-18") -> Report:
    return Report(article=article, number=0, outlet="example.com", published=published, root=root, claim=claim)


def drones(count: int, giver: Party, date: str | None = "2023-09-17") -> Transfer:
    five = Item(text="drones", item_class="uav.loitering", quantity=count, qualifier="exact")
    one = Item(text="drone", item_class="uav.reconnaissance", designation="Geran-25", quantity=1, qualifier="exact")
    vest = Item(text="vest", item_class="protective.bodyarmour")
    return Transfer(
        supplier=(giver,),
        recipient=(party("Kim Jong Un", "KP"),),
        items=(five, one, vest) if count == 5 else (five,),
        status="delivered",
        stance="stated",
        mode="gift",
        date=date,
        sources=("TASS",),
        places=(Place(text="Vladivostok", name="Vladivostok", country="RU"),),
    )


def gift() -> Screened:
    """Five drones from a governor, which another root has as six from the president."""
    governor, putin = party("Governor of Primorsky Krai", "RU"), party("Vladimir Putin", "RU")
    said = (
        Said(value="Governor of Primorsky Krai", reports=(0,), roots=("TASS",)),
        Said(value="Vladimir Putin", reports=(1,), roots=("Yonhap",)),
    )
    reports = (
        report("a1", "TASS", drones(5, governor)),
        report("a2", "Yonhap", drones(6, putin)),
        report("a3", "TASS", drones(5, governor, "2023-09")),
    )
    finding = Finding(
        embargo="UN-KP",
        title="UN arms embargo on North Korea",
        issuer="UN",
        target="North Korea",
        force="mandatory",
        verdict="matches",
        instrument="S/RES/1718 (2006)",
        paragraph="8",
        why=("the recipient is in North Korea",),
        words="UN Security Council resolution 1718 (2006), paragraph 8, forbids this.",
    )
    told = event("gift", drones(5, governor), *reports, contradictions=(Contradiction(cell="supplier", values=said),))
    return Screened(event=told, findings=(finding,))


def jets(status: str, quantity: int | None, date: str | None, value: Value | None = None) -> Transfer:
    jet = Item(text="JF-17", item_class="aircraft.fighter", designation="JF-17", quantity=quantity, qualifier="exact")
    return Transfer(
        supplier=(party("Pakistan", "PK"), party("China", "CN")),
        recipient=(party("Azerbaijan", "AZ"),),
        items=(jet,),
        status=status,  # type: ignore[arg-type]
        stance="stated",
        date=date,
        value=value,
        mode="sale",
    )


def order() -> Screened:
    """Twenty-four jets ordered, four of them delivered."""
    signed = jets("agreed", 24, "2024-02", Value(amount=1_600_000_000, currency="USD"))
    come = jets("delivered", 4, "2024-09-25")
    reports = (report("b1", "ISPR", signed), report("b2", "APA", come), report("b3", "APA", jets("delivered", 4, None)))
    told = jets("under_way", 24, "2024-09-25", Value(amount=1_600_000_000, currency="USD"))
    return Screened(event=event("order", told, *reports))


def visit(host: str | None = "RU") -> Screened:
    told = Visit(
        visitor=(party("Kim Jong Un", "KP"),),
        host=(party("Russia", host),),
        days=6,
        status="delivered",
        stance="stated",
        date="2023-09-12/2023-09-17",
    )
    return Screened(event=event("visit", told, report("c1", "KCNA", told)))


def hostile() -> Screened:
    """A transfer between parties whose names try to break every form; they have no country."""
    told = Transfer(
        supplier=(party(HOSTILE), party("-b")),
        recipient=(party("'=c"), party("@NATO", "NATO")),
        items=(Item(text=HOSTILE, item_class="weapon", designation="+1;2", quantity=0.5, unit="tonne"),),
        status="halted",
        stance="alleged",
        sources=(HOSTILE,),
    )
    return Screened(event=event(f"{HOSTILE}#1", told, report(HOSTILE, HOSTILE, told, "")))


def all_events() -> list[Screened]:
    return [gift(), order(), visit(), hostile()]
