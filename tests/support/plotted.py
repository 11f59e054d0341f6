"""Figures that behave as those of matplotlib do, with the SVG that it writes: it is no part of this project."""

SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><rdf/></metadata>
 <defs><style type="text/css">*{{stroke-linejoin: round; stroke-linecap: butt}}</style></defs>
 <g id="figure_1">
  <g id="patch_1"><path d="M 0 0 L {width} 0 L {width} {height} z" style="fill: #ffffff"/></g>
  <g id="axes_1">
   <path d="M 54 16 L 132 16" clip-path="url(#p1)" style="fill: #1f77b4; stroke: none; mix-blend-mode: multiply"/>
   <use xlink:href="#m1" x="54" y="16" style="stroke: #000000; stroke-width: 0.8"/>
   <!-- oordeel -->
   <g id="text_1"><text style="font: 10px 'DejaVu Sans', sans-serif; text-anchor: end" x="50" y="20">oordeel</text></g>
   {more}
  </g>
 </g>
 <defs><path id="m1" d="M 0 0 L 0 3.5"/><clipPath id="p1"><rect x="54" y="16" width="78" height="90"/></clipPath></defs>
</svg>"""


class Box:
    def __init__(self, x1, y1):
        self.x0, self.y0, self.x1, self.y1 = 0.0, 0.0, x1, y1


class Figure:
    """A figure of 6.4 by 4.8 inches; ``text`` is how many inches its text needs."""

    def __init__(self, more="", text=2.0, svg=SVG):
        self.size, self.more, self.text, self.svg = (6.4, 4.8), more, text, svg
        self.saved = []

    def get_size_inches(self):
        return self.size

    def set_size_inches(self, width, height):
        self.size = width, height

    def get_facecolor(self):
        return (1.0, 1.0, 1.0, 1.0)

    def get_tightbbox(self):
        return Box(max(self.text, self.size[0]), self.size[1])

    def savefig(self, file, **options):
        self.saved.append((self.size, options))
        width, height = (f"{72 * side:g}" for side in self.size)
        file.write(self.svg.format(width=width, height=height, more=self.more).encode())


class Axes:
    def __init__(self, figure):
        self.figure = figure


class Grammar:
    """A plot that draws itself as a figure, as plotnine's do."""

    def draw(self):
        return Figure()
