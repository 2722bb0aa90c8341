#!/usr/bin/env python3
"""Makes samples/loan-packet.pdf: a cover, three accounts of an invented bank, one of them scanned, and a blank page.

Everything in it is fictional. Needs pdftoppm (poppler-utils) and convert (imagemagick) for the scanned section.
Run from the root of the repository: python3 eng/samples/make-loan-packet.py
"""
import random
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

WIDTH, HEIGHT = 612, 792
FONTS = {"regular": "Helvetica", "bold": "Helvetica-Bold", "mono": "Courier-Bold"}


class Canvas:
    """One page of text and rules; y is measured from the top, in points."""

    def __init__(self):
        self.operators = []

    def text(self, x, y, text, size=10, font="regular"):
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        name = list(FONTS).index(font) + 1
        self.operators.append(f"BT /F{name} {size} Tf 1 0 0 1 {x:.1f} {HEIGHT - y:.1f} Tm ({escaped}) Tj ET")

    def right(self, x, y, text, size=10):
        self.text(x - len(text) * size * 0.6, y, text, size, "mono")

    def rule(self, x0, y0, x1, y1):
        self.operators.append(f"0.6 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def box(self, x, y, width, height):
        self.operators.append(f"0.6 w {x} {HEIGHT - y - height} {width} {height} re S")

    def content(self):
        return "\n".join(self.operators).encode("latin-1")


def pdf(pages):
    """Pages are Canvas objects or JPEG bytes."""
    objects = []

    def add(body):
        objects.append(body)
        return len(objects)

    fonts = [add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()) for name in FONTS.values()]
    font_resources = " ".join(f"/F{i + 1} {number} 0 R" for i, number in enumerate(fonts))
    root = len(fonts) + 3 * len(pages) + 1
    kids = []
    for page in pages:
        if isinstance(page, bytes):
            width, height = jpeg_size(page)
            image = add(f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 "
                        f"/Filter /DCTDecode /Length {len(page)} >>\nstream\n".encode() + page + b"\nendstream")
            stream, resources = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q".encode(), f"/XObject << /Im {image} 0 R >>"
        else:
            add(b"null")
            stream, resources = page.content(), f"/Font << {font_resources} >>"
        packed = zlib.compress(stream, 9)
        content = add(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
        kids.append(add(f"<< /Type /Page /Parent {root} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << {resources} >> /Contents {content} 0 R >>".encode()))
    assert add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()) == root
    catalog = add(f"<< /Type /Catalog /Pages {root} 0 R >>".encode())

    out, offsets = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return bytes(out + f"trailer << /Size {len(objects) + 1} /Root {catalog} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())


def jpeg_size(data):
    at = 2
    while True:
        marker, length = struct.unpack(">HH", data[at:at + 4])
        if 0xFFC0 <= marker <= 0xFFC2:
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width, height
        at += 2 + length


def scanned(pages):
    """The same pages as a worn scanner would deliver them: 200 dpi, grey, skewed, noisy."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "clean.pdf")
        source.write_bytes(pdf(pages))
        subprocess.run(["pdftoppm", "-gray", "-r", "200", source, f"{folder}/page"], check=True)
        for number, image in enumerate(sorted(Path(folder).glob("page-*.pgm"))):
            result = Path(folder, f"{number}.jpg")
            subprocess.run(["/usr/bin/convert", "-seed", "7", image, "-background", "white", "-rotate", ["0.5", "-0.4"][number % 2], "-gravity", "center",
                            "-extent", "1700x2200", "-attenuate", "0.15", "+noise", "Gaussian", "-blur", "0x0.5", "-level", "2%,96%",
                            "-colorspace", "Gray", "-quality", "42", result], check=True)
            yield result.read_bytes()


BANK, STREET = "Tidewater Community Bank", "240 Granary Street, Port Ellery, OR 97310"


def letterhead(page, title):
    page.text(48, 54, BANK, 15, "bold")
    page.text(48, 68, STREET, 8)
    page.text(360, 54, title, 12, "bold")
    page.rule(48, 76, 564, 76)


def cover():
    page = Canvas()
    page.text(180, 150, "RECORDS TRANSFER SHEET", 18, "bold")
    for row, (label, value) in enumerate([("Prepared by", "Branch 014, Port Ellery"), ("Date sent", "03/14/2024"), ("Customer files", "3"),
                                          ("Destination", "Central archive"), ("Sheet", "1 of 1")]):
        page.text(150, 220 + 24 * row, label + ":", 11, "bold")
        page.text(280, 220 + 24 * row, value, 11)
    return page


def signature_card():
    page = Canvas()
    letterhead(page, "Account Agreement")
    page.text(380, 100, "Account Number:", 10, "bold")
    page.text(470, 100, "4410027835")
    page.text(48, 100, "CIF: 553027")
    page.box(48, 116, 516, 86)
    page.text(54, 128, "Account Owner(s) Name and Address", 8, "bold")
    for row, line in enumerate(["Ottilie R. Fairbanks", "Desmond K. Fairbanks", "18 Lantern Court", "Port Ellery, OR 97310"]):
        page.text(54, 143 + 13 * row, line)
    page.rule(330, 116, 330, 202)
    page.text(336, 128, "Home Phone", 8, "bold")
    page.text(336, 143, "(541) 555-0163")
    page.text(336, 165, "E-mail", 8, "bold")
    page.text(336, 180, "ottilie.fairbanks@example.com")
    for x, label, value in [(48, "Type of Account", "Premier Savings"), (190, "Date Opened", "April 18, 2019"), (310, "Initial Deposit", "$3,250.00"),
                            (430, "Opened By", "L. Marchetti")]:
        page.box(x, 214, {48: 142, 190: 120, 310: 120, 430: 134}[x], 40)
        page.text(x + 5, 226, label, 8, "bold")
        page.text(x + 5, 243, value)
    for row, (name, ssn, born, licence) in enumerate([("Ottilie R. Fairbanks", "***-**-4471", "07/02/1968", "F7730914"),
                                                      ("Desmond K. Fairbanks", "***-**-2086", "11/23/1965", "F5519028")]):
        top = 270 + 60 * row
        for x, width, label, value in [(48, 180, f"Signer {row + 1} Name", name), (228, 110, "SSN / TIN", ssn), (338, 110, "Date of Birth", born),
                                       (448, 116, "Driver License", licence)]:
            page.box(x, top, width, 40)
            page.text(x + 5, top + 12, label, 8, "bold")
            page.text(x + 5, top + 29, value)
    page.text(48, 430, "The owners named above ask the bank to open the account and agree to the terms that were handed to them with this form.", 8)
    page.text(48, 470, "Signature", 8)
    page.rule(100, 470, 320, 470)
    return page


def terms():
    page = Canvas()
    page.text(48, 54, "ACCOUNT TERMS", 13, "bold")
    page.text(500, 54, "Page 2 of 2", 9)
    sentences = ["Interest is worked out each day on the balance of that day and is paid in at the end of each month.",
                 "You may take money out at any branch; for more than five thousand dollars in cash, please tell us a day before.",
                 "A statement is sent each quarter, or each month in which money moved by electronic transfer.",
                 "If two or more owners are named, each of them may use the account alone, and each is told of every change to it.",
                 "We close an account that has stood empty for two years, after a letter to the last address that we know.",
                 "Please report a lost card at once; we stop it within the hour and bear what is lost after your call.",
                 "Fees are printed in the price list that hangs in every branch; a new list is sent thirty days before it begins."]
    for row, sentence in enumerate(sentences * 4):
        page.text(48, 84 + 22 * row, f"{row + 1}.  {sentence}", 9)
    return page


def loan_statement():
    page = Canvas()
    letterhead(page, "LOAN STATEMENT")
    for row, (label, value) in enumerate([("Statement Date", "02/29/2024"), ("Loan Number", "88-204417-6"), ("Payment Due Date", "03/15/2024"),
                                          ("Amount Due", "$1,482.36")]):
        page.text(340, 104 + 18 * row, label, 10, "bold")
        page.right(564, 104 + 18 * row, value)
    for row, line in enumerate(["Rosalind T. Vasquez", "77 Millrace Road", "Coldwater, ID 83626"]):
        page.text(60, 122 + 14 * row, line, 11)
    page.text(48, 210, "Loan Information", 12, "bold")
    for row, (left, first, right, second) in enumerate([("Original Loan Amount", "$248,000.00", "Outstanding Principal", "$231,604.18"),
                                                        ("Interest Rate", "5.250%", "Maturity Date", "03/15/2049"),
                                                        ("Date Opened", "03/15/2019", "Loan Type", "Fixed Rate Mortgage")]):
        y = 232 + 20 * row
        page.text(48, y, left)
        page.right(290, y, first)
        page.text(316, y, right)
        page.right(564, y, second, 9)
        page.rule(48, y + 5, 564, y + 5)
    page.text(48, 320, "How your payment is used", 12, "bold")
    for row, (label, value) in enumerate([("Principal", "$469.09"), ("Interest", "$1,013.27"), ("Fees", "$0.00"), ("Total Amount Due", "$1,482.36")]):
        page.text(48, 342 + 18 * row, label)
        page.right(290, 342 + 18 * row, value)
    page.text(48, 700, "Questions? Call (541) 555-0120 on weekdays from eight to six.", 9)
    return page


def loan_history():
    page = Canvas()
    page.text(48, 60, "Payment History", 13, "bold")
    page.text(390, 60, "Loan Number 88-204417-6", 10)
    for x, header in [(48, "Date"), (130, "Description")]:
        page.text(x, 90, header, 10, "bold")
    for x, header in [(330, "Total"), (410, "Principal"), (485, "Interest"), (564, "Balance")]:
        page.right(x, 90, header)
    page.rule(48, 96, 564, 96)
    balance = 231604.18
    for row in range(20):
        year, month = divmod(2024 * 12 + 1 - row, 12)
        interest = round(balance * 0.0525 / 12, 2)
        principal = round(1482.36 - interest, 2)
        y = 114 + 18 * row
        page.text(48, y, f"{month + 1:02}/15/{year}")
        page.text(130, y, ["Payment received", "Automatic payment"][row % 2])
        for x, amount in [(330, 1482.36), (410, principal), (485, interest), (564, balance)]:
            page.right(x, y, f"{amount:,.2f}", 9)
        balance = round(balance + principal, 2)
    return page


def deposit_statement(number, rows, first, count):
    page = Canvas()
    if number == 1:
        letterhead(page, "Statement of Account")
        for row, (label, value) in enumerate([("Account No.", "4410038267"), ("Statement Period", "01/01/2024 - 01/31/2024"), ("Routing / ABA", "038211904")]):
            page.text(330, 104 + 16 * row, label, 10, "bold")
            page.text(425, 104 + 16 * row, value, 10)
        for row, line in enumerate(["Benedikt Aurelio Strand", "5 Harbor Steps, Unit 12", "Port Ellery, OR 97310"]):
            page.text(60, 112 + 14 * row, line, 10)
        page.text(48, 180, "EVERYDAY CHECKING", 12, "bold")
        credits = sum(amount for _, _, amount, _ in ROWS if amount > 0)
        debits = -sum(amount for _, _, amount, _ in ROWS if amount < 0)
        for row, (label, value) in enumerate([("Beginning balance", f"${OPENING:,.2f}"), ("Deposits and credits", f"${credits:,.2f}"),
                                              ("Withdrawals and debits", f"-${debits:,.2f}"), ("Ending balance", f"${ROWS[-1][3]:,.2f}")]):
            page.text(48, 202 + 16 * row, label)
            page.right(300, 202 + 16 * row, value)
        top = 290
    else:
        page.text(48, 50, BANK, 11, "bold")
        page.text(330, 50, "Account No. 4410038267", 10)
        page.text(510, 50, f"Page {number}", 10)
        top = 84
    page.text(48, top, "Date", 10, "bold")
    page.text(110, top, "Description", 10, "bold")
    for x, header in [(390, "Deposits"), (475, "Withdrawals"), (564, "Balance")]:
        page.right(x, top, header)
    page.rule(48, top + 6, 564, top + 6)
    for row, (date, description, amount, balance) in enumerate(rows[first:first + count]):
        y = top + 22 + 15 * row
        page.text(48, y, date)
        page.text(110, y, description)
        page.right(390 if amount > 0 else 475, y, f"{abs(amount):,.2f}", 9)
        page.right(564, y, f"{balance:,.2f}", 9)
    return page


OPENING = 6846.15
random.seed(20240131)
ROWS = []
_balance = OPENING
for _day in sorted(random.choices(range(2, 31), k=44)):
    _credit = random.random() < 0.25
    _amount = round(random.uniform(150, 1900) if _credit else -random.uniform(6, 240), 2)
    _balance = round(_balance + _amount, 2)
    ROWS.append((f"01/{_day:02}", random.choice(["Salary Port Ellery Ferries", "Transfer from savings", "Mobile deposit"] if _credit else
                 ["Greengrocer Quayside", "Card payment Bell & Rope", "Ferry season ticket", "Water works", "Cash machine", "Night pharmacy"]), _amount, _balance))

if __name__ == "__main__":
    pages = [cover(), signature_card(), terms(), *scanned([loan_statement(), loan_history()]),
             deposit_statement(1, ROWS, 0, 26), deposit_statement(2, ROWS, 26, 18), Canvas()]
    Path("samples/loan-packet.pdf").write_bytes(pdf(pages))
    print(f"samples/loan-packet.pdf: {len(pages)} pages, {Path('samples/loan-packet.pdf').stat().st_size} bytes")
