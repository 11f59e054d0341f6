"""Workbooks made by hand."""

import zipfile


def xlsx(path, *sheets):
    """A workbook by hand: each sheet a list of rows of numbers, texts and None."""

    def cell(value):
        if value is None:
            return "<c/>"
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w") as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"/>')
        target = f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{relations}">{target}</Relationships>')
        names = "".join(f'<sheet name="Blad{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        book = f'<workbook xmlns="{spreadsheet}" xmlns:r="{office}"><sheets>{names}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        links = "".join(
            f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relations}">{links}</Relationships>')
        for n, rows in zip(numbers, sheets, strict=True):
            lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            data = f'<worksheet xmlns="{spreadsheet}"><sheetData>{lines}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{n}.xml", data)
